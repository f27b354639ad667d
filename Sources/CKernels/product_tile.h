// A packed matrix product for one element type on one instruction set. The including file sets
//   NAME(x)   a name on this instruction set, TARGET its attribute
//   LANES     floats a vector; VECTORS vectors make a panel
//   ROWS      rows of a full tile (ROWS × VECTORS accumulators stay in registers)
//   IS_NATIVE whether there is an instruction for DEPTH multiply-adds
//   FETCH     steps along k that several rows fetch their weights ahead; 0 where that is not known to help
//   FAR       tiles that fetch the next panel's weights between them, a line each step; 0 likewise
// An operand is 32 bits: one float32, two bfloat16 or four bytes along k; `k` counts operands. Each element is one chain
// over ascending k, whatever tile computes it.
#include "tiles.h"
#include "packing.h"
#include "cells.h"
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define PANEL (VECTORS * LANES)
/// Operands of a line of the caches.
#define LINE 16

#include "multiply_add.h"

/// sum [rows, vectors] += the parts from `first` to `end` of one step along k: the operands x[r][at] times w, the vectors of
/// a panel side by side and panels panel_stride apart.
GLOSS_INLINE TARGET void NAME(parts)(const int rows, const int vectors, const int first, const int end,
                                     const NAME(operand) *const *x, size_t at, const NAME(operand) * restrict w,
                                     size_t panel_stride, NAME(sums) * restrict sum) {
#define WEIGHT(p) (*(const NAME(weights) *)(w + (size_t)((p) / VECTORS) * panel_stride + (p) % VECTORS * LANES))
#define OPERAND(r) (x[r][at] - (NAME(weights)){0})
    if (rows == 1) {
        NAME(factors) factor[PARTS];
#pragma clang loop unroll(full)
        for (int part = first; part < end; part++) factor[part] = NAME(operand_part)(OPERAND(0), part);
#pragma clang loop unroll(full)
        for (int p = 0; p < vectors; p++) {
            const NAME(weights) weight = WEIGHT(p);
#pragma clang loop unroll(full)
            for (int part = first; part < end; part++) {
                sum[p] = NAME(multiply_add)(sum[p], factor[part], NAME(weight_part)(weight, part));
            }
        }
        return;
    }
#if PARTS == 2
    // Nothing is kept from one part to the next, nor are sums of both made beside the accumulators.
#pragma clang loop unroll(full)
    for (int q = 0; q < rows * vectors; q++) GLOSS_OPAQUE(sum[q]);
    __asm__ volatile("" ::: "memory");
#endif
    // Few rows keep their operands and take one vector of weights after the other, many keep the weights.
    const bool few = rows < vectors;
    const int outer = few ? vectors : rows, inner = few ? rows : vectors;
    NAME(factors) kept[ROWS * VECTORS];
#pragma clang loop unroll(full)
    for (int q = 0; q < outer; q++) {
        const NAME(factors) factor =
            few ? NAME(weight_part)(WEIGHT(q), first) : NAME(operand_part)(OPERAND(q), first);
#pragma clang loop unroll(full)
        for (int t = 0; t < inner; t++) {
            if (q == 0) kept[t] = few ? NAME(operand_part)(OPERAND(t), first) : NAME(weight_part)(WEIGHT(t), first);
            NAME(sums) *chain = &sum[few ? t * vectors + q : q * vectors + t];
            *chain = NAME(multiply_add)(*chain, few ? kept[t] : factor, few ? factor : kept[t]);
        }
    }
#undef WEIGHT
#undef OPERAND
}

/// c [rows, panels · PANEL] = (accumulate ? c : 0) + a · packed; rows, panels and `fetches` are constants at every call: whether
/// a line of what stands `ahead` operands behind `packed` is fetched each step.
GLOSS_INLINE TARGET void NAME(tile)(const int rows, const int panels, const bool fetches,
                                    const NAME(operand) * restrict a, size_t row_stride, size_t step,
                                    const NAME(operand) * restrict packed, size_t panel_stride, ptrdiff_t ahead,
                                    float *restrict c, size_t ldc, size_t k, bool accumulate) {
    NAME(sums) sum[ROWS * VECTORS];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int p = 0; p < VECTORS * panels; p++) {
            sum[r * VECTORS * panels + p] =
                accumulate ? *(const NAME(sums) *)(c + (size_t)r * ldc + p * LANES) : (NAME(sums)){0};
        }
    }
    const NAME(operand) *w = packed, *const end = packed + k * PANEL, *far = packed + ahead, *x[ROWS];
    // A register for each row and one step for all of them: six rows leave few slots between multiply-adds for addresses.
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
        x[r] = a + (size_t)r * row_stride;
        GLOSS_IN_REGISTER(x[r]);
    }
    // Left to itself the compiler unrolls, and the loads of one step wait behind those of the next.
#pragma clang loop unroll(disable)
    for (size_t at = 0; w != end; w += PANEL, at += step, far += LINE) {
        GLOSS_IN_REGISTER(w);
        // Once a line, which may be longer than a vector. One row alone reads its weights as fast as they come.
#pragma clang loop unroll(full)
        for (int p = 0; FETCH > 0 && rows > 1 && p < panels * PANEL; p += LINE) {
            __builtin_prefetch(w + (size_t)(p / PANEL) * panel_stride + p % PANEL + FETCH * PANEL);
        }
        if (fetches) __builtin_prefetch(far, 0, 2);
#pragma clang loop unroll(full)
        for (int part = 0; part < (rows == 1 ? 1 : PARTS); part++) {
            NAME(parts)(rows, VECTORS * panels, part, rows == 1 ? PARTS : part + 1, x, at, w, panel_stride, sum);
        }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int p = 0; p < VECTORS * panels; p++) {
            *(NAME(sums) *)(c + (size_t)r * ldc + p * LANES) = sum[r * VECTORS * panels + p];
        }
    }
}

/// Panels that a tile of `rows` rows takes at once, so that few rows keep as many chains running as many.
#define PANELS(rows) ((rows) == 1 ? 4 : ROWS / (rows))

typedef void (*NAME(tile_function))(const NAME(operand) *, size_t, size_t, const NAME(operand) *, size_t, ptrdiff_t,
                                    float *, size_t, size_t, bool);
#define TILE(name, rows, panels, fetches)                                                                              \
    TARGET static void NAME(name##_##rows)(const NAME(operand) * a, size_t row_stride, size_t step,                    \
                                           const NAME(operand) * packed, size_t panel_stride, ptrdiff_t ahead,         \
                                           float *c, size_t ldc, size_t k, bool accumulate) {                          \
        NAME(tile)(rows, panels, fetches, a, row_stride, step, packed, panel_stride, ahead, c, ldc, k, accumulate);    \
    }
#define TILES(name, panels, fetches)                                                                                   \
    TILE(name, 1, panels(1), fetches) TILE(name, 2, panels(2), fetches) TILE(name, 3, panels(3), fetches)              \
    TILE(name, 4, panels(4), fetches) TILE(name, 5, panels(5), fetches) TILE(name, 6, panels(6), fetches)              \
    static const NAME(tile_function) NAME(name)[] = {NAME(name##_1), NAME(name##_2), NAME(name##_3),                   \
                                                     NAME(name##_4), NAME(name##_5), NAME(name##_6)};
#define ONE(rows) 1
TILES(wide, PANELS, false)
TILES(single, ONE, false)
#if FAR
TILES(fetching, ONE, true)
#endif
/// A row against three panels: what is left of a GRU's gates, with chains enough to hide a multiply-add's latency.
TILE(triple, 1, 3, false)
#undef ONE
#undef TILES
#undef TILE

/// Operands from a panel to what its t-th tile of k steps fetches ahead: a share of the panel that is multiplied next, `next`
/// operands further on, so that the second-level cache has it by then; 0 for nothing.
GLOSS_INLINE ptrdiff_t NAME(ahead)(ptrdiff_t next, size_t t, size_t k) {
    return FAR && next ? next + (ptrdiff_t)(t % FAR * k * LINE) : 0;
}

/// All panels against one block of at most ROWS rows; see `ahead`, 0 for one row.
TARGET static void NAME(rows)(size_t rows, const NAME(operand) * a, size_t row_stride, size_t step,
                              const NAME(operand) * packed, size_t panel_stride, ptrdiff_t ahead, float *c, size_t ldc,
                              size_t n, size_t k, bool accumulate) {
    const size_t wide = (size_t)PANELS(rows) * PANEL;
    const NAME(tile_function) *single = NAME(single);
#if FAR
    if (ahead) single = NAME(fetching);
#endif
    size_t j = 0;
    for (; !ahead && j + wide <= n; j += wide) {
        NAME(wide)[rows - 1](a, row_stride, step, packed + j / PANEL * panel_stride, panel_stride, 0, c + j, ldc, k,
                             accumulate);
    }
    for (; rows == 1 && j + 3 * PANEL <= n; j += 3 * PANEL) {
        NAME(triple_1)(a, row_stride, step, packed + j / PANEL * panel_stride, panel_stride, 0, c + j, ldc, k,
                       accumulate);
    }
    for (; j + PANEL <= n; j += PANEL) {
        single[rows - 1](a, row_stride, step, packed + j / PANEL * panel_stride, panel_stride, ahead, c + j, ldc, k,
                         accumulate);
    }
    if (j < n) {  // the last columns, through a buffer of a whole panel
        float edge[ROWS * PANEL];
        for (size_t r = 0; accumulate && r < rows; r++) {
            memset(edge + r * PANEL, 0, sizeof(float) * PANEL);
            memcpy(edge + r * PANEL, c + r * ldc + j, (n - j) * sizeof(float));
        }
        single[rows - 1](a, row_stride, step, packed + j / PANEL * panel_stride, panel_stride, ahead, edge, PANEL, k,
                         accumulate);
        for (size_t r = 0; r < rows; r++) memcpy(c + r * ldc + j, edge + r * PANEL, (n - j) * sizeof(float));
    }
}

/// A block of rows against a block of k that fits the caches: panel by panel for many rows, so that a panel stays in
/// the first-level cache; block of rows by block of rows for few.
TARGET static void NAME(block)(const void *operands, size_t row_stride, size_t step, size_t block_stride,
                               const void *panels, size_t panel_stride, float *c, size_t ldc, size_t m, size_t n,
                               size_t k, bool accumulate) {
    const NAME(operand) *a = operands, *packed = panels;
    const size_t width = m < 2 * ROWS ? n : PANEL;
    for (size_t j = 0; j < n; j += width) {
        const size_t columns = n - j < width ? n - j : width;
        for (size_t i = 0, rows; i < m; i += rows) {
            // Rows that were packed for full tiles are taken so.
            rows = step == 1 ? even_rows(m - i, ROWS) : m - i < ROWS ? m - i : ROWS;
            NAME(rows)(rows, step == 1 ? a + i * row_stride : a + i / ROWS * block_stride, row_stride, step,
                       packed + j / PANEL * panel_stride, panel_stride, 0, c + i * ldc + j, ldc, columns, k, accumulate);
        }
    }
}

#include "recurrent_step.h"

/// See `narrowing`.
TARGET static void NAME(narrow)(const float *x, uint16_t *y) {
#if DEPTH == 2 && IS_NATIVE
    // Subnormal numbers become zeros, as the products take them.
    const __m256bh halves = _mm512_cvtneps_pbh(_mm512_loadu_ps(x));
    memcpy(y, &halves, sizeof halves);
#else
    narrow_16(x, y);
#endif
}

TARGET static void NAME(pack)(const struct gloss_packed *packed, const float *b, size_t row_stride,
                              size_t column_stride) {
    pack_panels(packed, LANES, PANEL, DEPTH, NAME(narrow), b, row_stride, column_stride);
}

#if DEPTH > 1
TARGET static void NAME(convert)(const float *x, size_t ldx, size_t rows, size_t k, void *operands, float *scales) {
    convert_rows(DEPTH, NAME(narrow), x, ldx, rows, k, operands, scales);
}
#endif

#if DEPTH == 2
TARGET static void NAME(pair)(size_t count, const float *first, const float *second, uint32_t *y) {
    pair_rows(NAME(narrow), count, first, second, y);
}
#endif

/// A full tile's multiply-adds without its loads.
TARGET static size_t NAME(multiply_adds)(size_t rounds) {
    NAME(sums) sum[ROWS * VECTORS];
    NAME(weights) w = (NAME(weights)){0};
    const NAME(factors) x = NAME(operand_part)((NAME(weights)){0} + 1, 0);
    // Values that the compiler does not know, so that it neither folds nor merges the chains.
    GLOSS_OPAQUE(w);
    for (int q = 0; q < ROWS * VECTORS; q++) {
        sum[q] = (NAME(sums)){0};
        GLOSS_OPAQUE(sum[q]);
    }
#pragma clang loop unroll(disable)
    for (size_t i = 0; i < rounds; i++) {
#pragma clang loop unroll(full)
        for (int part = 0; part < PARTS; part++) {
#pragma clang loop unroll(full)
            for (int q = 0; q < ROWS * VECTORS; q++) {
                sum[q] = NAME(multiply_add)(sum[q], x, NAME(weight_part)(w, part));
            }
        }
        GLOSS_OPAQUE(w);
    }
    for (int q = 0; q < ROWS * VECTORS; q++) GLOSS_OPAQUE(sum[q]);
    return rounds * ROWS * VECTORS * LANES * DEPTH;
}

static const struct tiles NAME(tiles) = {
    .panel = PANEL, .rows = ROWS, .lanes = LANES, .depth = DEPTH,
    .pack = NAME(pack), .block = NAME(block), .step = NAME(step), .multiply_adds = NAME(multiply_adds),
#if DEPTH > 1
    .convert = NAME(convert),
#endif
#if DEPTH == 2
    .pair = NAME(pair),
#endif
};

#undef PARTS
#undef PANELS
#undef PANEL
#undef LINE
#undef NAME
#undef TARGET
#undef LANES
#undef VECTORS
#undef ROWS
#undef IS_NATIVE
#undef FETCH
#undef FAR
