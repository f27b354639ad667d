// How fast memory is read: what bounds the products of one row, which use each weight once.
#include "paths.h"

typedef float wide __attribute__((vector_size(64), aligned(4), may_alias));

/// Σ x in eight chains of vectors, so that no addition waits for another.
GLOSS_INLINE float read_body(size_t count, const float *x) {
    wide sum[8] = {{0}};
    size_t i = 0;
    for (; i + 128 <= count; i += 128) {
#pragma clang loop unroll(full)
        for (int q = 0; q < 8; q++) sum[q] += *(const wide *)(x + i + 16 * q);
    }
    for (int q = 1; q < 8; q++) sum[0] += sum[q];
    float total = 0;
    for (int q = 0; q < 16; q++) total += sum[0][q];
    for (; i < count; i++) total += x[i];
    return total;
}
GLOSS_EACH_ISA(float, read, (size_t count, const float *x), (count, x))
