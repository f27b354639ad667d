// What products and steps share of the conversions (convert.c).
#pragma once
#include "include/kernels.h"

/// Integer sums c [m, columns], in place, → float32: less 128 · the columns' sums, times both scales.
void gloss_restore(const struct gloss_packed *packed, size_t columns, const float *scales, float *c, size_t ldc,
                   size_t m);
