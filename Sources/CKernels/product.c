// Matrix products: packing and blocking for the caches.
#include "tiles.h"
#include <stdlib.h>
#include <string.h>

// A block of a (rows × steps of k) and a panel's steps stay in the second-level cache together.
enum { BLOCK_ROWS = 192, BLOCK_STEPS = 512 };

size_t gloss_multiply_adds(enum gloss_element element, size_t rounds) {
    return tiles_of(element)->multiply_adds(rounds);
}

size_t gloss_operands(enum gloss_element element, size_t k) {
    const size_t depth = tiles_of(element)->depth;
    return (k + depth - 1) / depth;
}

size_t gloss_packed_columns(const struct gloss_packed *packed) {
    return tile_columns(packed, tiles_of(packed->element)->lanes);
}

size_t gloss_padded_columns(const struct gloss_packed *packed) {
    const size_t panel = tiles_of(packed->element)->panel;
    return (gloss_packed_columns(packed) + panel - 1) / panel * panel;
}

size_t gloss_packed_bytes(const struct gloss_packed *packed) {
    return gloss_padded_columns(packed) * gloss_operands(packed->element, packed->k) * 4;
}

size_t gloss_packed_scales(const struct gloss_packed *packed) {
    return packed->element == GLOSS_INT8 ? gloss_padded_columns(packed) : 0;
}

void gloss_convert(enum gloss_element element, const float *x, size_t ldx, size_t rows, size_t k, void *operands,
                   float *scales) {
    tiles_of(element)->convert(x, ldx, rows, k, operands, scales);
}

void gloss_pack(const struct gloss_packed *packed, const float *b, size_t ldb, bool transposed) {
    tiles_of(packed->element)->pack(packed, b, transposed ? 1 : ldb, transposed ? ldb : 1);
}

void gloss_unpack(const struct gloss_packed *packed, float *b) {
    const struct tiles *t = tiles_of(packed->element);
    const size_t columns = tile_columns(packed, t->lanes), k = packed->k, n = packed->n;
    for (size_t j = 0; j < columns; j++) {
        const size_t source = source_column(packed, t->lanes, j);
        if (source == n) continue;
        const float *column = (const float *)packed->values + j / t->panel * t->panel * k + j % t->panel;
        for (size_t i = 0; i < k; i++) b[i * n + source] = column[i * t->panel];
    }
}

static void clear(float *c, size_t ldc, size_t m, size_t n) {
    for (size_t i = 0; i < m; i++) memset(c + i * ldc, 0, n * sizeof(float));
}

static void *allocated(size_t bytes) {
    void *memory = malloc(bytes ? bytes : 1);
    if (!memory) abort();
    return memory;
}

/// Integer sums c [m, columns], in place, → float32: less 128 · the columns' sums, times both scales.
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

void gloss_product_packed(const void *a, size_t stride, const float *scales, const struct gloss_packed *packed, float *c,
                          size_t ldc, size_t m, bool accumulate) {
    const struct tiles *t = tiles_of(packed->element);
    const size_t k = gloss_operands(packed->element, packed->k), n = gloss_packed_columns(packed);
    if (k == 0 && !accumulate) clear(c, ldc, m, n);
    if (k == 0 || m == 0 || n == 0) return;
    // Few rows fit the cache as they are, as converted ones do, and the matrix is read once, from its start to its end.
    const size_t depth = m <= t->rows || packed->element != GLOSS_FLOAT32 ? k : BLOCK_STEPS;
    for (size_t step = 0; step < k; step += depth) {
        const size_t steps = k - step < depth ? k - step : depth;
        for (size_t i = 0; i < m; i += BLOCK_ROWS) {
            const size_t rows = m - i < BLOCK_ROWS ? m - i : BLOCK_ROWS;
            t->block((const uint32_t *)a + i * stride + step, stride, 1, t->rows * stride,
                     (const uint32_t *)packed->values + step * t->panel, k * t->panel, c + i * ldc, ldc, rows, n, steps,
                     accumulate || step > 0);
            if (packed->element == GLOSS_INT8) gloss_restore(packed, n, scales + i, c + i * ldc, ldc, rows);
        }
    }
}

/// Columns of a [k, m], m ≤ BLOCK_ROWS, become rows of operands: copied once, tile by tile, so that a tile reads one stream.
static void pack_left(enum gloss_element element, const float *a, size_t lda, size_t k, size_t m, uint32_t *left) {
    static const float zeros[BLOCK_ROWS];
    const struct tiles *t = tiles_of(element);
    const size_t steps = gloss_operands(element, k);
    uint32_t pairs[BLOCK_ROWS];
    for (size_t s = 0; s < steps; s++) {
        const uint32_t *row = (const uint32_t *)(a + s * lda);
        if (element == GLOSS_BFLOAT16) {
            const float *first = a + 2 * s * lda;
            t->pair(m, first, 2 * s + 1 < k ? first + lda : zeros, pairs);
            row = pairs;
        }
        uint32_t *target = left + s * t->rows;
        size_t r = 0;
        // Full tiles first: a copy of a known size needs no call.
        for (; t->rows == 6 && r + 6 <= m; r += 6) memcpy(target + r * steps, row + r, 6 * sizeof(uint32_t));
        for (; r < m; r += t->rows) {
            memcpy(target + r * steps, row + r, (m - r < t->rows ? m - r : t->rows) * sizeof(uint32_t));
        }
    }
}

/// c [m, n] = (accumulate ? c : 0) + op(a) · panels, for a block of k ≤ BLOCK_STEPS; panels stand panel_stride operands apart.
/// `left` has room for BLOCK_ROWS and a tile's rows of operands.
static void multiply(enum gloss_element element, const float *a, size_t lda, bool a_transposed, const uint32_t *panels,
                     size_t panel_stride, float *c, size_t ldc, size_t m, size_t n, size_t k, bool accumulate,
                     uint32_t *left) {
    const struct tiles *t = tiles_of(element);
    const size_t steps = gloss_operands(element, k);
    for (size_t i = 0; i < m; i += BLOCK_ROWS) {
        const size_t rows = m - i < BLOCK_ROWS ? m - i : BLOCK_ROWS;
        const void *operands = left;
        size_t row_stride = steps, step = 1, block_stride = t->rows * steps;
        if (a_transposed) {
            pack_left(element, a + i, lda, k, rows, left);
            row_stride = 1, step = t->rows;
        } else if (element == GLOSS_FLOAT32) {
            operands = a + i * lda;
            row_stride = lda, block_stride = t->rows * lda;
        } else {
            t->convert(a + i * lda, lda, rows, k, left, NULL);
        }
        t->block(operands, row_stride, step, block_stride, panels, panel_stride, c + i * ldc, ldc, rows, n, steps,
                 accumulate);
    }
}

/// Operands of a block of rows, or of columns in whole tiles, by BLOCK_STEPS.
static size_t left_operands(const struct tiles *t) { return (BLOCK_ROWS + t->rows) * BLOCK_STEPS; }

void gloss_product_transposed(const float *a, size_t lda, const struct gloss_packed *packed, float *c, size_t ldc,
                              size_t m, bool accumulate) {
    const struct tiles *t = tiles_of(packed->element);
    const size_t k = packed->k, n = packed->n, panel_stride = gloss_operands(packed->element, k) * t->panel;
    if (k == 0 && !accumulate) clear(c, ldc, m, n);
    if (m == 0 || n == 0 || k == 0) return;
    uint32_t *left = allocated(left_operands(t) * 4);
    for (size_t step = 0; step < k; step += BLOCK_STEPS) {
        multiply(packed->element, a + step * lda, lda, true,
                 (const uint32_t *)packed->values + step / t->depth * t->panel, panel_stride, c, ldc, m, n,
                 k - step < BLOCK_STEPS ? k - step : BLOCK_STEPS, accumulate || step > 0, left);
    }
    free(left);
}

void gloss_product(enum gloss_element element, const float *a, size_t lda, bool a_transposed, const float *b, size_t ldb,
                   bool b_transposed, float *c, size_t ldc, size_t m, size_t n, size_t k, bool accumulate) {
    const struct tiles *t = tiles_of(element);
    if (k == 0 && !accumulate) clear(c, ldc, m, n);
    if (m == 0 || n == 0 || k == 0) return;
    const size_t depth = k < BLOCK_STEPS ? k : BLOCK_STEPS, columns = (n + t->panel - 1) / t->panel * t->panel;
    // Short of memory, the packed operand of a block of k and the rows of a tile at a time.
    uint32_t *panels = allocated((columns * depth + left_operands(t)) * 4);
    for (size_t step = 0; step < k; step += BLOCK_STEPS) {
        const struct gloss_packed packed = {
            .element = element, .k = k - step < BLOCK_STEPS ? k - step : BLOCK_STEPS, .n = n, .gates = 1,
            .values = panels};
        gloss_pack(&packed, b_transposed ? b + step : b + step * ldb, ldb, b_transposed);
        multiply(element, a_transposed ? a + step * lda : a + step, lda, a_transposed, panels,
                 gloss_operands(element, packed.k) * t->panel, c, ldc, m, n, packed.k, accumulate || step > 0,
                 panels + columns * depth);
    }
    free(panels);
}
