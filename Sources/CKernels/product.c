// Matrix products: packing, blocking for the caches, and the tile of each instruction set.
#include "paths.h"
#include <stdlib.h>
#include <string.h>

struct product {
    void (*pack)(const float *b, size_t ldb, bool transposed, size_t k, size_t n, float *packed);
    void (*block)(const float *a, size_t row_stride, size_t step, size_t block_stride, const float *packed,
                  size_t panel_stride, float *c, size_t ldc, size_t m, size_t n, size_t k, bool accumulate);
    size_t (*multiply_adds)(size_t rounds);
    size_t panel, rows;
};

#define NAME(x) x##_portable
#define TARGET
#define LANES 4
#define ROWS 6
#include "product_tile.h"

#if defined(__x86_64__)
#define NAME(x) x##_avx2
#define TARGET GLOSS_AVX2
#define LANES 8
#define ROWS 6
#include "product_tile.h"

#define NAME(x) x##_avx512
#define TARGET GLOSS_AVX512
#define LANES 16
#define ROWS 12
#include "product_tile.h"
#endif

static const struct product *product(void) {
#if defined(__x86_64__)
    if (gloss_active_isa == GLOSS_ISA_AVX512) return &product_avx512;
    if (gloss_active_isa == GLOSS_ISA_AVX2) return &product_avx2;
#endif
    return &product_portable;
}

// A block of a (rows × steps) stays in the second-level cache, a panel's steps in the first.
enum { BLOCK_ROWS = 192, BLOCK_STEPS = 256 };

size_t gloss_multiply_adds(size_t rounds) { return product()->multiply_adds(rounds); }

size_t gloss_packed_count(size_t k, size_t n) {
    const size_t panel = product()->panel;
    return (n + panel - 1) / panel * panel * k;
}

void gloss_pack(const float *b, size_t ldb, bool transposed, size_t k, size_t n, float *packed) {
    product()->pack(b, ldb, transposed, k, n, packed);
}

static void clear(float *c, size_t ldc, size_t m, size_t n) {
    for (size_t i = 0; i < m; i++) memset(c + i * ldc, 0, n * sizeof(float));
}

void gloss_product_packed(const float *a, size_t lda, const float *packed, float *c, size_t ldc, size_t m, size_t n,
                          size_t k, bool accumulate) {
    const struct product *p = product();
    if (k == 0 && !accumulate) clear(c, ldc, m, n);
    for (size_t step = 0; step < k; step += BLOCK_STEPS) {
        const size_t steps = k - step < BLOCK_STEPS ? k - step : BLOCK_STEPS;
        for (size_t i = 0; i < m; i += BLOCK_ROWS) {
            const size_t rows = m - i < BLOCK_ROWS ? m - i : BLOCK_ROWS;
            p->block(a + i * lda + step, lda, 1, p->rows * lda, packed + step * p->panel, k * p->panel, c + i * ldc,
                     ldc, rows, n, steps, accumulate || step > 0);
        }
    }
}

void gloss_product(const float *a, size_t lda, bool a_transposed, const float *b, size_t ldb, bool b_transposed,
                   float *c, size_t ldc, size_t m, size_t n, size_t k, bool accumulate) {
    const struct product *p = product();
    if (k == 0 && !accumulate) clear(c, ldc, m, n);
    if (m == 0 || n == 0 || k == 0) return;
    const size_t depth = k < BLOCK_STEPS ? k : BLOCK_STEPS;
    float *panels = malloc((gloss_packed_count(depth, n) + BLOCK_ROWS * BLOCK_STEPS) * sizeof(float));
    if (!panels) abort();
    float *left = panels + gloss_packed_count(depth, n);
    for (size_t step = 0; step < k; step += BLOCK_STEPS) {
        const size_t steps = k - step < BLOCK_STEPS ? k - step : BLOCK_STEPS;
        p->pack(b_transposed ? b + step : b + step * ldb, ldb, b_transposed, steps, n, panels);
        for (size_t i = 0; i < m; i += BLOCK_ROWS) {
            const size_t rows = m - i < BLOCK_ROWS ? m - i : BLOCK_ROWS;
            const bool adds = accumulate || step > 0;
            if (!a_transposed) {
                p->block(a + i * lda + step, lda, 1, p->rows * lda, panels, steps * p->panel, c + i * ldc, ldc, rows,
                         n, steps, adds);
                continue;
            }
            // Columns of a become rows: copied once, tile by tile, so that a tile reads one stream.
            for (size_t r = 0; r < rows; r += p->rows) {
                const size_t width = rows - r < p->rows ? rows - r : p->rows;
                float *tile = left + r * steps;
                for (size_t s = 0; s < steps; s++) {
                    memcpy(tile + s * p->rows, a + (step + s) * lda + i + r, width * sizeof(float));
                }
            }
            p->block(left, 1, p->rows, p->rows * steps, panels, steps * p->panel, c + i * ldc, ldc, rows, n, steps,
                     adds);
        }
    }
    free(panels);
}
