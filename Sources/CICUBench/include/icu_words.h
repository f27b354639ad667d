// ICU's word boundaries by ICU alone, for gloss-bench: the loop that ICU's own documentation shows, over UTF-16, which
// ICU reads faster than UTF-8. Like CICU's, this header includes no <unicode/*.h>.
#ifndef GLOSS_ICU_WORDS_H
#define GLOSS_ICU_WORDS_H

#include <stdint.h>

/// A text in UTF-16 with a break iterator over it and room for its segments.
typedef struct icu_words icu_words;

/// Converts a text; NULL on failure.
icu_words *icu_words_open(const char *locale, const uint8_t *utf8, int32_t length);

/// Writes start, end and status of each segment; returns how many there are.
int64_t icu_words_find(icu_words *words);

void icu_words_close(icu_words *words);

#endif
