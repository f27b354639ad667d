// What a matrix product needs of one element type on one instruction set.
#pragma once
#include "paths.h"

/// Makes a vector's value unknown to the compiler.
#if defined(__x86_64__)
#define GLOSS_OPAQUE(value) __asm__ volatile("" : "+v"(value))
#else
#define GLOSS_OPAQUE(value) __asm__ volatile("" : "+w"(value))
#endif

/// Keeps a pointer in a register of its own, not one that is made anew from others.
#define GLOSS_IN_REGISTER(pointer) __asm__ volatile("" : "+r"(pointer))

struct tiles {
    /// Columns of a panel and rows of a full tile; floats of a vector; elements in 32 bits, the tiles' step along k.
    size_t panel, rows, lanes, depth;
    /// b [k, n], element j of row i at b[i · row_stride + j · column_stride] → one panel-wise packed matrix.
    void (*pack)(const struct gloss_packed *packed, const float *b, size_t row_stride, size_t column_stride);
    /// c [m, n] = (accumulate ? c : 0) + a · panels; a in operands of 32 bits, see the template.
    void (*block)(const void *a, size_t row_stride, size_t step, size_t block_stride, const void *packed,
                  size_t panel_stride, float *c, size_t ldc, size_t m, size_t n, size_t k, bool accumulate);
    void (*step)(const struct gloss_recurrent_step *step);
    size_t (*multiply_adds)(size_t rounds);
    /// Rows x [rows, k] → operands, and of 8-bit integers their scales [rows]; float32 needs none.
    void (*convert)(const float *x, size_t ldx, size_t rows, size_t k, void *operands, float *scales);
    /// Two rows of count numbers → one row of pairs; bfloat16 alone.
    void (*pair)(size_t count, const float *first, const float *second, uint32_t *y);
};

extern const struct tiles *const gloss_tiles_float32[], *const gloss_tiles_bfloat16[], *const gloss_tiles_int8[];

/// The tiles of an element type on the active instruction set.
GLOSS_INLINE const struct tiles *tiles_of(enum gloss_element element) {
    const struct tiles *const *all = element == GLOSS_FLOAT32    ? gloss_tiles_float32
                                     : element == GLOSS_BFLOAT16 ? gloss_tiles_bfloat16
                                                                 : gloss_tiles_int8;
    return all[gloss_active_isa];
}

/// Bytes of a core's second-level cache.
extern size_t gloss_second_cache;

/// Whether weights, of so many operands, should be fetched while the `group` of them before is multiplied: they do not stay in the
/// second-level cache, and two groups do.
GLOSS_INLINE bool fetches_ahead(size_t operands, size_t group) {
    return operands * 16 > gloss_second_cache * 3 && group * 8 <= gloss_second_cache;
}

/// Rows that the next tile takes of those that are left, so that all tiles have about as many: one row alone would leave
/// most of the multiply-adds' slots empty.
GLOSS_INLINE size_t even_rows(size_t left, size_t most) {
    const size_t tiles = (left + most - 1) / most;
    return (left + tiles - 1) / tiles;
}

/// Columns of a packed matrix as the tiles compute them: gates stand by vectors of units, the last ones padded.
GLOSS_INLINE size_t tile_columns(const struct gloss_packed *packed, size_t lanes) {
    if (packed->gates == 1) return packed->n;
    const size_t units = packed->n / packed->gates;
    return (units + lanes - 1) / lanes * lanes * packed->gates;
}

/// The column of the matrix that stands at a tile's column, or packed->n for padding.
GLOSS_INLINE size_t source_column(const struct gloss_packed *packed, size_t lanes, size_t column) {
    if (packed->gates == 1) return column < packed->n ? column : packed->n;
    const size_t units = packed->n / packed->gates, block = column / lanes;
    const size_t unit = block / packed->gates * lanes + column % lanes;
    return unit < units ? block % packed->gates * units + unit : packed->n;
}
