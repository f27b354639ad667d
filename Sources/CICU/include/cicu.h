// ICU for Swift: segmentation, normalization and case folding over UTF-8, with opaque handles and plain integers.
//
// This header includes no <unicode/*.h>: Foundation carries a clang module of its own with another version of ICU, and
// clang refuses a Swift module that sees both. ICU renames its functions by macro, so they are called from C alone.
#ifndef GLOSS_CICU_H
#define GLOSS_CICU_H

#include <stdbool.h>
#include <stdint.h>

/// A break iterator with its text. Used by one thread at a time.
typedef struct cicu_segmenter cicu_segmenter;

typedef enum { CICU_WORD = 0, CICU_SENTENCE = 1, CICU_GRAPHEME = 2 } cicu_kind;

/// A segment in UTF-8 bytes; `status` is the tag of the rule that matched.
typedef struct {
    int32_t start, end, status;
} cicu_span;

typedef enum { CICU_NFC = 0, CICU_NFKC = 1 } cicu_form;

/// How case is folded: not, as everywhere, or as Turkish does, where İ goes with i and I with ı.
typedef enum { CICU_FOLD_NONE = 0, CICU_FOLD_PLAIN = 1, CICU_FOLD_TURKIC = 2 } cicu_fold;

/// Opens ICU's own rules for a locale. NULL on failure, with ICU's code in `error`.
cicu_segmenter *cicu_open(cicu_kind kind, const char *locale, int32_t *error);

/// Compiles rules (UTF-8). On failure NULL, with ICU's code in `error` and the rules' `line` and `column`, from 1.
cicu_segmenter *cicu_open_rules(const char *rules, int32_t length, int32_t *line, int32_t *column, int32_t *error);

/// A second iterator over the same rules; cheaper than opening or compiling again.
cicu_segmenter *cicu_clone(const cicu_segmenter *segmenter, int32_t *error);

void cicu_close(cicu_segmenter *segmenter);

/// Starts over on a text, which is referred to, not copied, until the next call or the close.
bool cicu_set_text(cicu_segmenter *segmenter, const uint8_t *utf8, int64_t length, int32_t *error);

/// Fills up to `capacity` segments, in order; 0 at the end of the text.
int32_t cicu_next(cicu_segmenter *segmenter, cicu_span *spans, int32_t capacity);

/// The first byte at or after `start` that does not belong to a blank: white space, a control character or a
/// default-ignorable code point. `end` if all are blank. The bytes are valid UTF-8.
int64_t cicu_skip_blanks(const uint8_t *utf8, int64_t start, int64_t end);

/// Normalizes, and with `fold` case-folds, the text from `start` up to the next boundary before which nothing can
/// interact with what follows. Sets `next` to that boundary. Returns the bytes written, or, when they exceed
/// `capacity`, the bytes needed; below 0 for a failure, with ICU's code in `error`.
int64_t cicu_normalize_segment(
    cicu_form form, cicu_fold fold, const uint8_t *utf8, int64_t start, int64_t length, int64_t *next, uint8_t *out,
    int64_t capacity, int32_t *error);

/// As above without normalization: folds one code point.
int64_t cicu_fold_scalar(
    cicu_fold fold, const uint8_t *utf8, int64_t start, int64_t length, int64_t *next, uint8_t *out, int64_t capacity,
    int32_t *error);

/// The first segment boundary at or after `start` from which normalizing may change something; `end` if nothing does.
/// `start` is a boundary.
int64_t cicu_skip_normal(cicu_form form, cicu_fold fold, const uint8_t *utf8, int64_t start, int64_t end);

/// Whether ICU has data for a locale's language, "en" or "zh-Hant" say.
bool cicu_knows_language(const char *locale);

/// Whether a locale's language is the one of this canonical code: "EN-us" and "eng" are "en".
bool cicu_is_language(const char *locale, const char *code);

const char *cicu_error_name(int32_t error);
const char *cicu_version(void);

#endif
