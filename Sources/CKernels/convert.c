// Rows of float32 → operands of the tiles.
#include "packing.h"

GLOSS_INLINE void convert_row_bfloat16(size_t k, const float *restrict x, uint16_t *restrict y) {
    for (size_t i = 0; i < k; i++) y[i] = (uint16_t)bfloat16_bits(x[i]);
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

GLOSS_INLINE void convert_body(enum gloss_element element, const float *x, size_t ldx, size_t rows, size_t k,
                               void *operands, float *scales) {
    const size_t stride = element == GLOSS_BFLOAT16 ? (k + 1) / 2 : (k + 3) / 4;
    for (size_t r = 0; r < rows; r++) {
        uint32_t *row = (uint32_t *)operands + r * stride;
        if (element == GLOSS_BFLOAT16) {
            convert_row_bfloat16(k, x + r * ldx, (uint16_t *)row);
        } else {
            scales[r] = convert_row_int8(k, x + r * ldx, (uint8_t *)row);
        }
    }
}
GLOSS_EACH_ISA(void, convert,
               (enum gloss_element element, const float *x, size_t ldx, size_t rows, size_t k, void *operands,
                float *scales),
               (element, x, ldx, rows, k, operands, scales))

GLOSS_INLINE void restore_body(const struct gloss_packed *packed, size_t columns, const float *scales, float *c,
                               size_t ldc, size_t m) {
    for (size_t r = 0; r < m; r++) {
        for (size_t j = 0; j < columns; j++) {
            int32_t sum;
            memcpy(&sum, c + r * ldc + j, 4);
            c[r * ldc + j] = (float)(sum - 128 * packed->sums[j]) * (scales[r] * packed->scales[j]);
        }
    }
}
GLOSS_EACH_ISA(void, restore,
               (const struct gloss_packed *packed, size_t columns, const float *scales, float *c, size_t ldc,
                size_t m),
               (packed, columns, scales, c, ldc, m))

/// The transposed left operand of a tile: two rows of a become a row of pairs.
GLOSS_INLINE void pair_rows_body(size_t count, const float *restrict first, const float *restrict second,
                                 uint32_t *restrict y) {
    for (size_t i = 0; i < count; i++) {
        y[i] = bfloat16_bits(first[i]) | (second ? bfloat16_bits(second[i]) << 16 : 0);
    }
}
GLOSS_EACH_ISA(void, pair_rows, (size_t count, const float *first, const float *second, uint32_t *y),
               (count, first, second, y))
