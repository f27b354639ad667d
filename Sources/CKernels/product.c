// Matrix products: packing and blocking for the caches.
#include "tiles.h"
#include "convert.h"
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

void gloss_interleave(const struct gloss_packed *packed, const float *values, float *result) {
    const size_t lanes = tiles_of(packed->element)->lanes, units = packed->n / packed->gates;
    memset(result, 0, gloss_padded_columns(packed) * sizeof(float));
    for (size_t unit = 0; unit < units; unit += lanes) {
        const size_t count = units - unit < lanes ? units - unit : lanes;
        for (size_t gate = 0; gate < packed->gates; gate++) {
            memcpy(result + unit * packed->gates + gate * lanes, values + gate * units + unit, count * sizeof(float));
        }
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

/// Columns of a [k, m] become rows of operands: copied once, tile by tile, so that a tile reads one stream.
static void pack_left(enum gloss_element element, const float *a, size_t lda, size_t k, size_t m, size_t tile_rows,
                      uint32_t *left) {
    const size_t steps = gloss_operands(element, k);
    for (size_t r = 0; r < m; r += tile_rows) {
        const size_t width = m - r < tile_rows ? m - r : tile_rows;
        uint32_t *tile = left + r * steps;
        for (size_t s = 0; s < steps; s++) {
            if (element == GLOSS_FLOAT32 && width == 6) {  // a full tile: a copy of a known size needs no call
                memcpy(tile + s * tile_rows, a + s * lda + r, 6 * sizeof(float));
            } else if (element == GLOSS_FLOAT32) {
                memcpy(tile + s * tile_rows, a + s * lda + r, width * sizeof(float));
            } else {
                const float *first = a + 2 * s * lda + r;
                gloss_pair_rows(width, first, 2 * s + 1 < k ? first + lda : NULL, tile + s * tile_rows);
            }
        }
    }
}

void gloss_product(enum gloss_element element, const float *a, size_t lda, bool a_transposed, const float *b, size_t ldb,
                   bool b_transposed, float *c, size_t ldc, size_t m, size_t n, size_t k, bool accumulate) {
    const struct tiles *t = tiles_of(element);
    if (k == 0 && !accumulate) clear(c, ldc, m, n);
    if (m == 0 || n == 0 || k == 0) return;
    const size_t depth = k < BLOCK_STEPS ? k : BLOCK_STEPS, columns = (n + t->panel - 1) / t->panel * t->panel;
    // Short of memory, the packed operand of a block of k and the rows of a tile at a time.
    uint32_t *panels = allocated((columns * depth + (BLOCK_ROWS + t->rows) * BLOCK_STEPS) * 4);
    uint32_t *left = panels + columns * depth;
    for (size_t step = 0; step < k; step += BLOCK_STEPS) {
        const struct gloss_packed packed = {
            .element = element, .k = k - step < BLOCK_STEPS ? k - step : BLOCK_STEPS, .n = n, .gates = 1,
            .values = panels};
        const size_t steps = gloss_operands(element, packed.k);
        const bool adds = accumulate || step > 0;
        gloss_pack(&packed, b_transposed ? b + step : b + step * ldb, ldb, b_transposed);
        for (size_t i = 0; i < m; i += BLOCK_ROWS) {
            const size_t rows = m - i < BLOCK_ROWS ? m - i : BLOCK_ROWS;
            if (a_transposed) {
                pack_left(element, a + step * lda + i, lda, packed.k, rows, t->rows, left);
                t->block(left, 1, t->rows, t->rows * steps, panels, steps * t->panel, c + i * ldc, ldc, rows, n, steps,
                         adds);
            } else if (element == GLOSS_FLOAT32) {
                t->block(a + i * lda + step, lda, 1, t->rows * lda, panels, steps * t->panel, c + i * ldc, ldc, rows, n,
                         steps, adds);
            } else {
                gloss_convert(element, a + i * lda + step, lda, rows, packed.k, left, NULL);
                t->block(left, steps, 1, t->rows * steps, panels, steps * t->panel, c + i * ldc, ldc, rows, n, steps,
                         adds);
            }
        }
    }
    free(panels);
}
