#include <stdlib.h>

#include <unicode/ubrk.h>
#include <unicode/ustring.h>
#include <unicode/utypes.h>

#include "icu_words.h"

typedef struct {
    int32_t start, end, status;
} segment;

struct icu_words {
    UBreakIterator *iterator;
    UChar *units;
    int32_t count;
    segment *segments;
};

icu_words *icu_words_open(const char *locale, const uint8_t *utf8, int32_t length) {
    UErrorCode code = U_ZERO_ERROR;
    icu_words *words = calloc(1, sizeof *words);
    if (words == NULL) return NULL;
    words->units = malloc(sizeof(UChar) * ((size_t)length + 1));
    words->segments = malloc(sizeof(segment) * ((size_t)length + 1));
    if (words->units == NULL || words->segments == NULL) code = U_MEMORY_ALLOCATION_ERROR;
    u_strFromUTF8(words->units, length + 1, &words->count, (const char *)utf8, length, &code);
    words->iterator = ubrk_open(UBRK_WORD, locale, NULL, 0, &code);
    if (U_SUCCESS(code)) return words;
    icu_words_close(words);
    return NULL;
}

int64_t icu_words_find(icu_words *words) {
    UErrorCode code = U_ZERO_ERROR;
    int64_t found = 0;
    int32_t start = 0, end;
    ubrk_setText(words->iterator, words->units, words->count, &code);
    while (U_SUCCESS(code) && (end = ubrk_next(words->iterator)) != UBRK_DONE) {
        words->segments[found++] = (segment){start, end, ubrk_getRuleStatus(words->iterator)};
        start = end;
    }
    return found;
}

void icu_words_close(icu_words *words) {
    if (words->iterator != NULL) ubrk_close(words->iterator);
    free(words->units);
    free(words->segments);
    free(words);
}
