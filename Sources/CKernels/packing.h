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
typedef uint16_t block_halves __attribute__((vector_size(32), aligned(2), may_alias));

/// The bfloat16 nearest to each of 16 numbers, as bfloat16_bits: an instruction set's way, known where it is inlined.
typedef void (*narrowing)(const float *x, uint16_t *y);

GLOSS_INLINE void narrow_16(const float *x, uint16_t *y) {
    for (size_t i = 0; i < 16; i++) y[i] = (uint16_t)bfloat16_bits(x[i]);
}

/// Sixteen numbers each → 16 pairs of bfloat16, `first` in the lower halves; those of `kept` alone.
GLOSS_INLINE void pair_16(const narrowing narrow, const float *first, const float *second, uint32_t kept, uint32_t *y) {
    block_halves low, high;
    narrow(first, (uint16_t *)&low);
    narrow(second, (uint16_t *)&high);
    *(block_row *)y = (__builtin_convertvector(low, block_row) | __builtin_convertvector(high, block_row) << 16) & kept;
}

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
GLOSS_INLINE void pack_block(size_t panel, const size_t depth, const narrowing narrow, const float *b,
                             size_t column_stride, uint32_t *target) {
    block_row row[16];
    for (size_t q = 0; q < 16; q++) {
        const float *column = b + q * column_stride;
        if (depth == 1) {
            memcpy(&row[q], column, sizeof(block_row));
        } else {
            uint16_t halves[32];
            narrow(column, halves);
            narrow(column + 16, halves + 16);
            memcpy(&row[q], halves, sizeof(block_row));
        }
    }
    transpose(row);
    for (size_t s = 0; s < 16; s++) memcpy(target + s * panel, &row[s], sizeof(block_row));
}

/// Packs one vector of columns: `count` source columns from `b`, the rest zero. scales and sums are of these columns.
GLOSS_INLINE void pack_vector(const size_t lanes, const size_t panel, const size_t depth, const narrowing narrow,
                              const float *b, size_t row_stride, size_t column_stride, size_t k, size_t count,
                              void *target, float *scales, int32_t *sums) {
    const size_t steps = (k + depth - 1) / depth;
    for (size_t q = count; depth == 4 && q < lanes; q++) scales[q] = 0, sums[q] = 0;
    size_t i = 0;
    for (; lanes == 16 && depth < 4 && row_stride == 1 && count == lanes && depth * (i + 16) <= k; i += 16) {
        pack_block(panel, depth, narrow, b + depth * i, column_stride, (uint32_t *)target + i * panel);
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

/// Packs the first vectors of a panel's columns, contiguous in each row of b from `source` on: row by row, so that a row's
/// lines are read together, and the next rows' on their way, which are too far apart for the processor to foresee.
GLOSS_INLINE void pack_rows(const size_t lanes, const size_t panel, const size_t depth, const narrowing narrow,
                            const float *const *source, const size_t vectors, size_t row_stride, size_t k,
                            uint32_t *target) {
    enum { AHEAD = 16 };
    for (size_t i = 0; i < k; i += depth, target += panel) {
        const size_t ahead = i + AHEAD + depth <= k ? AHEAD : 0;
        const size_t second = i + 1 < k ? (i + 1) * row_stride : i * row_stride;
        const uint32_t kept = i + 1 < k ? 0xFFFFFFFF : 0xFFFF;
        for (size_t v = 0; v < vectors; v++) {
            const float *row = source[v] + i * row_stride;
            uint32_t *words = target + v * lanes;
            for (size_t d = 0; d < depth; d++) __builtin_prefetch(row + (ahead + d) * row_stride);
            if (depth == 1) {
                memcpy(words, row, lanes * sizeof(float));
            } else if (lanes == 16) {
                pair_16(narrow, row, source[v] + second, kept, words);
            } else {
                for (size_t q = 0; q < lanes; q++) {
                    words[q] = (bfloat16_bits(row[q]) | bfloat16_bits(source[v][second + q]) << 16) & kept;
                }
            }
        }
    }
}

/// Packs b into panels: for each step of k, the panel's columns side by side.
GLOSS_INLINE void pack_panels(const struct gloss_packed *packed, const size_t lanes, const size_t panel,
                              const size_t depth, const narrowing narrow, const float *b, size_t row_stride,
                              size_t column_stride) {
    const size_t columns = tile_columns(packed, lanes), steps = (packed->k + depth - 1) / depth;
    for (size_t first = 0; first < columns; first += panel) {
        uint32_t *target = (uint32_t *)packed->values + first * steps;
        const float *source[4];
        // Whole vectors come first.
        size_t counts[4], whole = 0, done = 0;
        for (size_t v = 0; v < panel / lanes; v++) {
            const size_t j = first + v * lanes, column = j < columns ? source_column(packed, lanes, j) : packed->n;
            size_t count = 0;
            while (count < lanes && j + count < columns && source_column(packed, lanes, j + count) < packed->n) count++;
            source[v] = b + (count ? column * column_stride : 0);
            counts[v] = count;
            whole += count == lanes;
        }
        if (depth < 4 && column_stride == 1) {
            pack_rows(lanes, panel, depth, narrow, source, whole, row_stride, packed->k, target);
            done = whole;
        }
        for (size_t v = done; v < panel / lanes; v++) {
            pack_vector(lanes, panel, depth, narrow, source[v], row_stride, column_stride, packed->k, counts[v],
                        target + v * lanes, depth == 4 ? packed->scales + first + v * lanes : NULL,
                        depth == 4 ? packed->sums + first + v * lanes : NULL);
        }
    }
}

/// A row of k numbers → its operands of bfloat16, the last one padded with zero.
GLOSS_INLINE void convert_row_bfloat16(const narrowing narrow, size_t k, const float *restrict x, uint16_t *restrict y) {
    size_t i = 0;
    for (; i + 16 <= k; i += 16) narrow(x + i, y + i);
    for (; i < k; i++) y[i] = (uint16_t)bfloat16_bits(x[i]);
    if (k % 2) y[k] = 0;
}

/// The row's greatest magnitude becomes 127; zero stands at 128. Returns the scale.
GLOSS_INLINE float convert_row_int8(size_t k, const float *restrict x, uint8_t *restrict y) {
    float part[16] = {0};
    size_t i = 0;
    for (; i + 16 <= k; i += 16) {
        for (int q = 0; q < 16; q++) {
            const float value = magnitude(x[i + q]);
            part[q] = value > part[q] ? value : part[q];
        }
    }
    float greatest = 0;
    for (; i < k; i++) greatest = magnitude(x[i]) > greatest ? magnitude(x[i]) : greatest;
    for (int q = 0; q < 16; q++) greatest = part[q] > greatest ? part[q] : greatest;
    const float inverse = greatest > 0 ? 127 / greatest : 0;
    for (i = 0; i < k; i++) y[i] = (uint8_t)(nearest(x[i] * inverse) + 128);
    for (; i % 4; i++) y[i] = 128;
    return greatest / 127;
}

/// Rows x [rows, k] → operands, and of 8-bit integers their scales [rows].
GLOSS_INLINE void convert_rows(const size_t depth, const narrowing narrow, const float *x, size_t ldx, size_t rows,
                               size_t k, void *operands, float *scales) {
    const size_t stride = (k + depth - 1) / depth;
    for (size_t r = 0; r < rows; r++) {
        uint32_t *row = (uint32_t *)operands + r * stride;
        if (depth == 2) {
            convert_row_bfloat16(narrow, k, x + r * ldx, (uint16_t *)row);
        } else {
            scales[r] = convert_row_int8(k, x + r * ldx, (uint8_t *)row);
        }
    }
}

/// Numbers beneath each other become a row of pairs of bfloat16: the transposed left operand of tiles.
GLOSS_INLINE void pair_rows(const narrowing narrow, size_t count, const float *restrict first,
                            const float *restrict second, uint32_t *restrict y) {
    size_t i = 0;
    for (; i + 16 <= count; i += 16) pair_16(narrow, first + i, second + i, 0xFFFFFFFF, y + i);
    for (; i < count; i++) y[i] = bfloat16_bits(first[i]) | bfloat16_bits(second[i]) << 16;
}
