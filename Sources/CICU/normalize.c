#include <stdlib.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>
#include <unicode/utypes.h>

#include "cicu.h"

// Folding can triple the length of a code unit, composition can triple it again (UAX #15, table of expansion factors:
// NFC x3, NFKC x18 in UTF-16), so growing buffers are asked for their need and tried once more.
typedef struct {
    UChar *units;
    int32_t count, capacity;
} buffer;

static bool reserve(buffer *target, int32_t capacity) {
    if (capacity <= target->capacity) return true;
    UChar *grown = realloc(target->units, sizeof(UChar) * (size_t)capacity);
    if (grown == NULL) return false;
    target->units = grown;
    target->capacity = capacity;
    return true;
}

static void normalize(const UNormalizer2 *normalizer, const buffer *from, buffer *to, UErrorCode *code) {
    for (int attempt = 0; attempt < 2 && U_SUCCESS(*code); attempt++) {
        to->count = unorm2_normalize(normalizer, from->units, from->count, to->units, to->capacity, code);
        if (*code != U_BUFFER_OVERFLOW_ERROR) return;
        *code = reserve(to, to->count) ? U_ZERO_ERROR : U_MEMORY_ALLOCATION_ERROR;
    }
}

static uint32_t fold_options(cicu_fold fold) {
    return fold == CICU_FOLD_TURKIC ? U_FOLD_CASE_EXCLUDE_SPECIAL_I : U_FOLD_CASE_DEFAULT;
}

static void fold_case(cicu_fold fold, const buffer *from, buffer *to, UErrorCode *code) {
    for (int attempt = 0; attempt < 2 && U_SUCCESS(*code); attempt++) {
        to->count = u_strFoldCase(to->units, to->capacity, from->units, from->count, fold_options(fold), code);
        if (*code != U_BUFFER_OVERFLOW_ERROR) return;
        *code = reserve(to, to->count) ? U_ZERO_ERROR : U_MEMORY_ALLOCATION_ERROR;
    }
}

// Puts runs of combining marks into canonical order by counting. ICU inserts each mark at its place, which takes
// quadratic time on a long run; on an ordered run it takes linear time.
static void order_marks(buffer *text, buffer *spare, UErrorCode *code) {
    if (!reserve(spare, text->count)) {
        *code = U_MEMORY_ALLOCATION_ERROR;
        return;
    }
    int32_t start = 0;
    while (start < text->count) {
        int32_t counts[256] = {0}, places[256], end = start, next = start;
        UChar32 scalar;
        while (next < text->count) {
            U16_NEXT(text->units, next, text->count, scalar);
            uint8_t class = u_getCombiningClass(scalar);
            if (class == 0) break;
            counts[class] += next - end;
            end = next;
        }
        if (end > start) {
            int32_t place = start;
            for (int class = 0; class < 256; class++) {
                places[class] = place;
                place += counts[class];
            }
            for (int32_t from = start; from < end;) {
                int32_t first = from;
                U16_NEXT(text->units, from, end, scalar);
                uint8_t class = u_getCombiningClass(scalar);
                while (first < from) spare->units[places[class]++] = text->units[first++];
            }
            u_memcpy(text->units + start, spare->units + start, end - start);
        }
        start = next > end ? next : end;
    }
}

static int64_t write_utf8(const buffer *from, uint8_t *out, int64_t capacity, UErrorCode *code) {
    int32_t written = 0;
    int32_t room = capacity > INT32_MAX ? INT32_MAX : (int32_t)capacity;
    u_strToUTF8((char *)out, room, &written, from->units, from->count, code);
    if (*code == U_BUFFER_OVERFLOW_ERROR || *code == U_STRING_NOT_TERMINATED_WARNING) *code = U_ZERO_ERROR;
    return written;
}

int64_t cicu_normalize_segment(
    cicu_form form, cicu_fold fold, const uint8_t *utf8, int64_t start, int64_t length, int64_t *next, uint8_t *out,
    int64_t capacity, int32_t *error) {
    enum { LONG_RUN = 64, ON_STACK = 96 };
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *normalizer =
        form == CICU_NFKC ? unorm2_getNFKCInstance(&code) : unorm2_getNFCInstance(&code);
    int64_t end = start, following = start;
    while (U_SUCCESS(code) && following < length) {
        UChar32 scalar;
        U8_NEXT_UNSAFE(utf8, following, scalar);
        if (end > start && unorm2_hasBoundaryBefore(normalizer, scalar)) break;
        end = following;
    }
    *next = end;
    buffer source = {0}, target = {0}, folded = {0};
    int64_t written = -1;
    int32_t room = end - start < ON_STACK ? ON_STACK : (int32_t)(end - start);
    if (!reserve(&source, room) || !reserve(&target, room)) code = U_MEMORY_ALLOCATION_ERROR;
    u_strFromUTF8(source.units, source.capacity, &source.count, (const char *)utf8 + start, (int32_t)(end - start), &code);
    if (U_SUCCESS(code) && source.count > LONG_RUN) order_marks(&source, &target, &code);
    normalize(normalizer, &source, &target, &code);
    if (U_SUCCESS(code) && fold) {
        fold_case(fold, &target, &folded, &code);
        if (U_SUCCESS(code) && folded.count > LONG_RUN) order_marks(&folded, &source, &code);
        normalize(normalizer, &folded, &target, &code);
    }
    if (U_SUCCESS(code)) written = write_utf8(&target, out, capacity, &code);
    free(source.units);
    free(target.units);
    free(folded.units);
    *error = U_FAILURE(code) ? (int32_t)code : 0;
    return U_FAILURE(code) ? -1 : written;
}

int64_t cicu_fold_scalar(
    cicu_fold fold, const uint8_t *utf8, int64_t start, int64_t length, int64_t *next, uint8_t *out, int64_t capacity,
    int32_t *error) {
    UErrorCode code = U_ZERO_ERROR;
    UChar units[2], folded[8];
    UChar32 scalar;
    int32_t count = 0;
    *next = start;
    U8_NEXT_UNSAFE(utf8, *next, scalar);
    (void)length;
    U16_APPEND_UNSAFE(units, count, scalar);
    buffer result = {.units = folded, .count = 0, .capacity = 8};
    result.count = u_strFoldCase(folded, 8, units, count, fold_options(fold), &code);
    if (code == U_STRING_NOT_TERMINATED_WARNING) code = U_ZERO_ERROR;
    int64_t written = U_SUCCESS(code) ? write_utf8(&result, out, capacity, &code) : -1;
    *error = U_FAILURE(code) ? (int32_t)code : 0;
    return U_FAILURE(code) ? -1 : written;
}

int64_t cicu_skip_normal(cicu_form form, cicu_fold fold, const uint8_t *utf8, int64_t start, int64_t end) {
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *normalizer =
        form == CICU_NFKC ? unorm2_getNFKCInstance(&code) : unorm2_getNFCInstance(&code);
    UProperty check = form == CICU_NFKC ? UCHAR_NFKC_QUICK_CHECK : UCHAR_NFC_QUICK_CHECK;
    int64_t segment = start, next = start;
    if (U_FAILURE(code)) return start;
    while (next < end) {
        UChar32 scalar;
        int64_t here = next;
        U8_NEXT_UNSAFE(utf8, next, scalar);
        bool first = here == start || scalar < 0x300 || unorm2_hasBoundaryBefore(normalizer, scalar);
        if (!first) return segment;
        segment = here;
        if (scalar < 0x80 ? fold && scalar >= 'A' && scalar <= 'Z'
                          : u_getIntPropertyValue(scalar, check) != UNORM_YES
                                || (fold && u_hasBinaryProperty(scalar, UCHAR_CHANGES_WHEN_CASEFOLDED)))
            return segment;
    }
    return end;
}
