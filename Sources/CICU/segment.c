#include <stdlib.h>
#include <string.h>

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>
#include <unicode/utypes.h>

#include "cicu.h"

struct cicu_segmenter {
    UBreakIterator *iterator;
    UText text;
    int32_t position;
};

static cicu_segmenter *wrap(UBreakIterator *iterator, UErrorCode code, int32_t *error) {
    *error = U_FAILURE(code) ? (int32_t)code : 0;
    if (U_FAILURE(code)) return NULL;
    cicu_segmenter *segmenter = calloc(1, sizeof *segmenter);
    if (segmenter == NULL) {
        ubrk_close(iterator);
        *error = (int32_t)U_MEMORY_ALLOCATION_ERROR;
        return NULL;
    }
    segmenter->iterator = iterator;
    segmenter->text = (UText)UTEXT_INITIALIZER;
    return segmenter;
}

cicu_segmenter *cicu_open(cicu_kind kind, const char *locale, int32_t *error) {
    UErrorCode code = U_ZERO_ERROR;
    UBreakIteratorType type = kind == CICU_SENTENCE ? UBRK_SENTENCE : kind == CICU_GRAPHEME ? UBRK_CHARACTER : UBRK_WORD;
    UBreakIterator *iterator = ubrk_open(type, locale, NULL, 0, &code);
    return wrap(iterator, code, error);
}

cicu_segmenter *cicu_open_rules(const char *rules, int32_t length, int32_t *line, int32_t *column, int32_t *error) {
    UErrorCode code = U_ZERO_ERROR;
    UParseError place = {0};
    UChar *wide = malloc(sizeof(UChar) * ((size_t)length + 1));
    int32_t count = 0;
    if (wide == NULL) {
        *error = (int32_t)U_MEMORY_ALLOCATION_ERROR;
        return NULL;
    }
    u_strFromUTF8(wide, length + 1, &count, rules, length, &code);
    UBreakIterator *iterator = U_SUCCESS(code) ? ubrk_openRules(wide, count, NULL, 0, &place, &code) : NULL;
    free(wide);
    *line = place.line;
    *column = place.offset;
    return wrap(iterator, code, error);
}

cicu_segmenter *cicu_clone(const cicu_segmenter *segmenter, int32_t *error) {
    UErrorCode code = U_ZERO_ERROR;
    UBreakIterator *iterator = ubrk_clone(segmenter->iterator, &code);
    return wrap(iterator, code, error);
}

void cicu_close(cicu_segmenter *segmenter) {
    if (segmenter == NULL) return;
    ubrk_close(segmenter->iterator);
    utext_close(&segmenter->text);
    free(segmenter);
}

bool cicu_set_text(cicu_segmenter *segmenter, const uint8_t *utf8, int64_t length, int32_t *error) {
    UErrorCode code = U_ZERO_ERROR;
    utext_openUTF8(&segmenter->text, (const char *)utf8, length, &code);
    ubrk_setUText(segmenter->iterator, &segmenter->text, &code);
    *error = U_FAILURE(code) ? (int32_t)code : 0;
    if (U_FAILURE(code)) return false;
    segmenter->position = ubrk_first(segmenter->iterator);
    return true;
}

int32_t cicu_next(cicu_segmenter *segmenter, cicu_span *spans, int32_t capacity) {
    int32_t count = 0, end;
    while (count < capacity && (end = ubrk_next(segmenter->iterator)) != UBRK_DONE) {
        spans[count].start = segmenter->position;
        spans[count].end = end;
        spans[count].status = ubrk_getRuleStatus(segmenter->iterator);
        segmenter->position = end;
        count++;
    }
    return count;
}

static bool is_blank(UChar32 scalar) {
    return u_isUWhiteSpace(scalar) || u_charType(scalar) == U_CONTROL_CHAR
        || u_hasBinaryProperty(scalar, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

int64_t cicu_skip_blanks(const uint8_t *utf8, int64_t start, int64_t end) {
    int64_t next = start;
    while (start < end) {
        UChar32 scalar;
        U8_NEXT_UNSAFE(utf8, next, scalar);
        if (!is_blank(scalar)) return start;
        start = next;
    }
    return end;
}


bool cicu_knows_language(const char *locale) {
    UErrorCode code = U_ZERO_ERROR;
    char wanted[ULOC_LANG_CAPACITY], known[ULOC_LANG_CAPACITY];
    uloc_getLanguage(locale, wanted, sizeof wanted, &code);
    if (U_FAILURE(code) || wanted[0] == 0) return false;
    for (int32_t index = 0; index < uloc_countAvailable(); index++) {
        UErrorCode each = U_ZERO_ERROR;
        uloc_getLanguage(uloc_getAvailable(index), known, sizeof known, &each);
        if (U_SUCCESS(each) && strcmp(wanted, known) == 0) return true;
    }
    return false;
}

bool cicu_is_language(const char *locale, const char *code) {
    UErrorCode error = U_ZERO_ERROR;
    char language[ULOC_LANG_CAPACITY];
    uloc_getLanguage(locale, language, sizeof language, &error);
    return U_SUCCESS(error) && strcmp(language, code) == 0;
}

const char *cicu_error_name(int32_t error) { return u_errorName((UErrorCode)error); }

const char *cicu_version(void) { return U_ICU_VERSION; }
