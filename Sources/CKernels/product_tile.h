// A packed matrix product for one instruction set. The including file sets
//   NAME(x)   the function's name on this instruction set
//   TARGET    its target attribute
//   LANES     floats a vector; a panel is two vectors wide
//   ROWS      rows of a full tile (ROWS × 2 accumulators stay in registers)
// Each element is one chain of multiply-adds over ascending k, whatever tile computes it.

#define PANEL (2 * LANES)

typedef float NAME(vector) __attribute__((vector_size(4 * LANES), aligned(4)));

/// c [rows, panels · PANEL] = (accumulate ? c : 0) + a · packed; rows and panels are constants at every call.
GLOSS_INLINE TARGET void NAME(tile)(const int rows, const int panels, const float *restrict a, size_t row_stride,
                                    size_t step, const float *restrict packed, size_t panel_stride, float *restrict c,
                                    size_t ldc, size_t k, bool accumulate) {
    NAME(vector) sum[ROWS * 2];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int p = 0; p < 2 * panels; p++) {
            sum[r * 2 * panels + p] =
                accumulate ? *(const NAME(vector) *)(c + r * ldc + p * LANES) : (NAME(vector)){0};
        }
    }
#pragma clang loop unroll(disable)
    for (size_t i = 0; i < k; i++) {
        NAME(vector) column[ROWS * 2];
#pragma clang loop unroll(full)
        for (int p = 0; p < 2 * panels; p++) {
            column[p] = *(const NAME(vector) *)(packed + (p / 2) * panel_stride + i * PANEL + (p % 2) * LANES);
        }
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            const float x = a[r * row_stride + i * step];
#pragma clang loop unroll(full)
            for (int p = 0; p < 2 * panels; p++) {
                sum[r * 2 * panels + p] = x * column[p] + sum[r * 2 * panels + p];
            }
        }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int p = 0; p < 2 * panels; p++) {
            *(NAME(vector) *)(c + r * ldc + p * LANES) = sum[r * 2 * panels + p];
        }
    }
}

/// Panels that a tile of `rows` rows takes at once, so that short blocks keep as many chains running as full ones.
#define PANELS(rows) (ROWS / (rows) > 6 ? 6 : ROWS / (rows))

#define TILE(rows)                                                                                                     \
    TARGET static void NAME(tile_##rows)(const float *a, size_t row_stride, size_t step, const float *packed,          \
                                         size_t panel_stride, float *c, size_t ldc, size_t k, bool accumulate) {       \
        NAME(tile)(rows, PANELS(rows), a, row_stride, step, packed, panel_stride, c, ldc, k, accumulate);              \
    }                                                                                                                  \
    TARGET static void NAME(tile_single_##rows)(const float *a, size_t row_stride, size_t step, const float *packed,   \
                                                size_t panel_stride, float *c, size_t ldc, size_t k,                   \
                                                bool accumulate) {                                                     \
        NAME(tile)(rows, 1, a, row_stride, step, packed, panel_stride, c, ldc, k, accumulate);                         \
    }
TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
#if ROWS == 12
TILE(7) TILE(8) TILE(9) TILE(10) TILE(11) TILE(12)
#endif
#undef TILE

typedef void (*NAME(tile_function))(const float *, size_t, size_t, const float *, size_t, float *, size_t, size_t,
                                    bool);
static const NAME(tile_function) NAME(wide)[] = {
    NAME(tile_1), NAME(tile_2), NAME(tile_3), NAME(tile_4), NAME(tile_5), NAME(tile_6),
#if ROWS == 12
    NAME(tile_7), NAME(tile_8), NAME(tile_9), NAME(tile_10), NAME(tile_11), NAME(tile_12),
#endif
};
static const NAME(tile_function) NAME(single)[] = {
    NAME(tile_single_1), NAME(tile_single_2), NAME(tile_single_3),
    NAME(tile_single_4), NAME(tile_single_5), NAME(tile_single_6),
#if ROWS == 12
    NAME(tile_single_7), NAME(tile_single_8), NAME(tile_single_9),
    NAME(tile_single_10), NAME(tile_single_11), NAME(tile_single_12),
#endif
};

/// All panels against one block of at most ROWS rows.
TARGET static void NAME(rows)(size_t rows, const float *a, size_t row_stride, size_t step, const float *packed,
                              size_t panel_stride, float *c, size_t ldc, size_t n, size_t k, bool accumulate) {
    const size_t wide = (size_t)PANELS(rows) * PANEL;
    size_t j = 0;
    for (; j + wide <= n; j += wide) {
        NAME(wide)[rows - 1](a, row_stride, step, packed + j / PANEL * panel_stride, panel_stride, c + j, ldc, k,
                             accumulate);
    }
    for (; j + PANEL <= n; j += PANEL) {
        NAME(single)[rows - 1](a, row_stride, step, packed + j / PANEL * panel_stride, panel_stride, c + j, ldc, k,
                               accumulate);
    }
    if (j < n) {  // the last columns, through a buffer of a whole panel
        float edge[ROWS * PANEL];
        for (size_t r = 0; r < rows; r++) {
            for (size_t q = 0; q < PANEL; q++) edge[r * PANEL + q] = accumulate && j + q < n ? c[r * ldc + j + q] : 0;
        }
        NAME(single)[rows - 1](a, row_stride, step, packed + j / PANEL * panel_stride, panel_stride, edge, PANEL, k,
                               accumulate);
        for (size_t r = 0; r < rows; r++) {
            for (size_t q = 0; j + q < n; q++) c[r * ldc + j + q] = edge[r * PANEL + q];
        }
    }
}

/// A block of rows against a block of k that fits the caches: panel by panel for many rows, so that a panel stays in
/// the first-level cache; block of rows by block of rows for few.
TARGET static void NAME(block)(const float *a, size_t row_stride, size_t step, size_t block_stride,
                               const float *packed, size_t panel_stride, float *c, size_t ldc, size_t m, size_t n,
                               size_t k, bool accumulate) {
    if (m < 2 * ROWS) {
        for (size_t i = 0, b = 0; i < m; i += ROWS, b++) {
            const size_t rows = m - i < ROWS ? m - i : ROWS;
            NAME(rows)(rows, a + b * block_stride, row_stride, step, packed, panel_stride, c + i * ldc, ldc, n, k,
                       accumulate);
        }
        return;
    }
    for (size_t j = 0; j < n; j += PANEL) {
        const size_t columns = n - j < PANEL ? n - j : PANEL;
        for (size_t i = 0, b = 0; i < m; i += ROWS, b++) {
            const size_t rows = m - i < ROWS ? m - i : ROWS;
            NAME(rows)(rows, a + b * block_stride, row_stride, step, packed + j / PANEL * panel_stride, panel_stride,
                       c + i * ldc + j, ldc, columns, k, accumulate);
        }
    }
}

static void NAME(pack)(const float *b, size_t ldb, bool transposed, size_t k, size_t n, float *packed) {
    for (size_t j = 0; j < n; j += PANEL) {
        const size_t columns = n - j < PANEL ? n - j : PANEL;
        float *panel = packed + j * k;
        if (transposed) {
            for (size_t q = 0; q < columns; q++) {
                for (size_t i = 0; i < k; i++) panel[i * PANEL + q] = b[(j + q) * ldb + i];
            }
        } else {
            for (size_t i = 0; i < k; i++) memcpy(panel + i * PANEL, b + i * ldb + j, columns * sizeof(float));
        }
        for (size_t i = 0; columns < PANEL && i < k; i++) {
            memset(panel + i * PANEL + columns, 0, (PANEL - columns) * sizeof(float));
        }
    }
}

/// A full tile's multiply-adds without its loads.
TARGET static size_t NAME(multiply_adds)(size_t rounds) {
    NAME(vector) sum[ROWS * 2], x = (NAME(vector)){0} + 0.5f;
    __asm__ volatile("" : "+x"(x));  // unknown to the compiler
#pragma clang loop unroll(full)
    for (int q = 0; q < ROWS * 2; q++) sum[q] = x * (float)q;
#pragma clang loop unroll(disable)
    for (size_t i = 0; i < rounds; i++) {
#pragma clang loop unroll(full)
        for (int q = 0; q < ROWS * 2; q++) sum[q] = sum[q] * x + x;
        __asm__ volatile("" : "+x"(x));
    }
    NAME(vector) total = sum[0];
    for (int q = 1; q < ROWS * 2; q++) total += sum[q];
    __asm__ volatile("" : : "x"(total));
    return rounds * ROWS * 2 * LANES;
}

static const struct product NAME(product) = {NAME(pack), NAME(block), NAME(multiply_adds), PANEL, ROWS};

#undef PANELS
#undef PANEL
#undef LANES
#undef ROWS
#undef TARGET
#undef NAME
