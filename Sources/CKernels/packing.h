// Elements and operands: float32 as it is, bfloat16 in pairs, 8-bit integers in fours along k.
#pragma once
#include "tiles.h"
#include <string.h>

/// The bfloat16 nearest to x, ties to even; NaN stays NaN.
GLOSS_INLINE uint32_t bfloat16_bits(float x) {
    uint32_t bits;
    memcpy(&bits, &x, 4);
    const uint32_t rounded = (bits + 0x7FFF + (bits >> 16 & 1)) >> 16;
    return x == x ? rounded : (bits >> 16 | 0x40);
}

/// The integer nearest to x, ties to even, for |x| < 2²²: what the rounding constant leaves in the low bits.
GLOSS_INLINE int32_t nearest(float x) {
    const float shifted = x + 12582912.0f;  // 1.5 · 2²³
    int32_t bits;
    memcpy(&bits, &shifted, 4);
    return bits - 0x4B400000;
}

GLOSS_INLINE float magnitude(float x) {
    uint32_t bits;
    memcpy(&bits, &x, 4);
    bits &= 0x7FFFFFFF;
    memcpy(&x, &bits, 4);
    return x;
}

/// A row of a block that is transposed in registers.
typedef uint32_t block_row __attribute__((vector_size(64), aligned(4), may_alias));

/// Transposes 16 rows of 16 words: the off-diagonal halves of all squares of 16, 8, 4 and 2 words change places.
GLOSS_INLINE void transpose(block_row *row) {
#define LOW(j, d) ((j) & (d) ? 16 + (j) - (d) : (j))
#define HIGH(j, d) ((j) & (d) ? 16 + (j) : (j) + (d))
#define ALL(SIDE, d)                                                                                                   \
    SIDE(0, d), SIDE(1, d), SIDE(2, d), SIDE(3, d), SIDE(4, d), SIDE(5, d), SIDE(6, d), SIDE(7, d), SIDE(8, d),        \
        SIDE(9, d), SIDE(10, d), SIDE(11, d), SIDE(12, d), SIDE(13, d), SIDE(14, d), SIDE(15, d)
#define EXCHANGE(d)                                                                                                    \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < 16; i++) {                                                  \
        if (i & (d)) continue;                                                                                         \
        const block_row upper = row[i], lower = row[i + (d)];                                                          \
        row[i] = __builtin_shufflevector(upper, lower, ALL(LOW, d));                                                   \
        row[i + (d)] = __builtin_shufflevector(upper, lower, ALL(HIGH, d));                                            \
    }
    EXCHANGE(8)
    EXCHANGE(4)
    EXCHANGE(2)
    EXCHANGE(1)
#undef EXCHANGE
#undef ALL
#undef HIGH
#undef LOW
}

/// 16 steps of 16 columns that are contiguous along k, from b on.
GLOSS_INLINE void pack_block(size_t panel, const size_t depth, const float *b, size_t column_stride, uint32_t *target) {
    block_row row[16];
    for (size_t q = 0; q < 16; q++) {
        const float *column = b + q * column_stride;
        if (depth == 1) {
            memcpy(&row[q], column, sizeof(block_row));
        } else {
            uint16_t halves[32];
            for (size_t i = 0; i < 32; i++) halves[i] = (uint16_t)bfloat16_bits(column[i]);
            memcpy(&row[q], halves, sizeof(block_row));
        }
    }
    transpose(row);
    for (size_t s = 0; s < 16; s++) memcpy(target + s * panel, &row[s], sizeof(block_row));
}

/// Packs one vector of columns: `count` source columns from `b`, the rest zero. scales and sums are of these columns.
GLOSS_INLINE void pack_vector(const size_t lanes, const size_t panel, const size_t depth, const float *b,
                              size_t row_stride, size_t column_stride, size_t k, size_t count, void *target,
                              float *scales, int32_t *sums) {
    const size_t steps = (k + depth - 1) / depth;
    for (size_t q = count; depth == 4 && q < lanes; q++) scales[q] = 0, sums[q] = 0;
    if (depth == 1 && column_stride == 1 && count == lanes) {
        for (size_t i = 0; i < k; i++) memcpy((float *)target + i * panel, b + i * row_stride, lanes * sizeof(float));
        return;
    }
    if (depth == 2 && column_stride == 1 && count == lanes) {
        for (size_t i = 0; i < steps; i++) {
            const float *first = b + 2 * i * row_stride, *second = first + row_stride;
            uint32_t *words = (uint32_t *)target + i * panel;
            const uint32_t kept = 2 * i + 1 < k ? 0xFFFF0000 : 0;
            if (!kept) second = first;
            for (size_t q = 0; q < lanes; q++) {
                words[q] = bfloat16_bits(first[q]) | (bfloat16_bits(second[q]) << 16 & kept);
            }
        }
        return;
    }
    size_t i = 0;
    for (; lanes == 16 && depth < 4 && row_stride == 1 && count == lanes && depth * (i + 16) <= k; i += 16) {
        pack_block(panel, depth, b + depth * i, column_stride, (uint32_t *)target + i * panel);
    }
    // Sixteen steps at a time, so that the lines that are written stay in the first-level cache.
    for (; depth < 4 && i < steps; i += 16) {
        const size_t end = steps - i < 16 ? steps : i + 16;
        for (size_t q = 0; q < lanes; q++) {
            const float *column = b + q * column_stride;
            for (size_t s = i; s < end; s++) {
                const float first = q < count ? column[depth * s * row_stride] : 0;
                if (depth == 1) {
                    ((float *)target)[s * panel + q] = first;
                } else {
                    const float second = q < count && 2 * s + 1 < k ? column[(2 * s + 1) * row_stride] : 0;
                    ((uint32_t *)target)[s * panel + q] = bfloat16_bits(first) | bfloat16_bits(second) << 16;
                }
            }
        }
    }
    for (size_t q = 0; depth == 4 && q < lanes; q++) {
        const float *column = b + q * column_stride;
        float greatest = 0;
        for (size_t i = 0; q < count && i < k; i++) {
            const float value = magnitude(column[i * row_stride]);
            greatest = value > greatest ? value : greatest;
        }
        const float inverse = greatest > 0 ? 127 / greatest : 0;
        int32_t sum = 0;
        for (size_t i = 0; i < steps; i++) {
            uint32_t word = 0;
            for (size_t d = 0; d < 4 && q < count && 4 * i + d < k; d++) {
                const int32_t value = nearest(column[(4 * i + d) * row_stride] * inverse);
                sum += value;
                word |= ((uint32_t)value & 255) << (8 * d);
            }
            ((uint32_t *)target)[i * panel + q] = word;
        }
        if (q < count) scales[q] = greatest / 127, sums[q] = sum;
    }
}

/// Packs b into panels: for each step of k, the panel's columns side by side.
GLOSS_INLINE void pack_panels(const struct gloss_packed *packed, const size_t lanes, const size_t panel,
                              const size_t depth, const float *b, size_t row_stride, size_t column_stride) {
    const size_t columns = tile_columns(packed, lanes), steps = (packed->k + depth - 1) / depth;
    for (size_t j = 0; j < (columns + panel - 1) / panel * panel; j += lanes) {
        const size_t source = j < columns ? source_column(packed, lanes, j) : packed->n;
        size_t count = 0;
        while (count < lanes && j + count < columns && source_column(packed, lanes, j + count) < packed->n) count++;
        pack_vector(lanes, panel, depth, b + (count ? source * column_stride : 0), row_stride, column_stride, packed->k,
                    count, (uint32_t *)packed->values + j / panel * panel * steps + j % panel,
                    depth == 4 ? packed->scales + j : NULL, depth == 4 ? packed->sums + j : NULL);
    }
}
