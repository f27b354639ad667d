// One step of skip-gram with negative sampling: a centre against its contexts and drawn words.
#include "vector_math.h"
#include <math.h>

/// a · b in 16 partial sums that are added in order.
GLOSS_INLINE float dot(size_t n, const float *restrict a, const float *restrict b) {
    float part[16] = {0};
    size_t j = 0;
    for (; j + 16 <= n; j += 16) {
        for (int q = 0; q < 16; q++) part[q] += a[j + q] * b[j + q];
    }
    float sum = 0;
    for (int q = 0; q < 16; q++) sum += part[q];
    for (; j < n; j++) sum += a[j] * b[j];
    return sum;
}

/// y += factor · x.
GLOSS_INLINE void add_scaled(size_t n, float factor, const float *restrict x, float *restrict y) {
    for (size_t j = 0; j < n; j++) y[j] += factor * x[j];
}

GLOSS_INLINE float skip_gram_body(size_t n, float *restrict input, const int32_t *restrict rows, size_t row_count,
                                  float *restrict output, const int32_t *restrict targets, size_t positives,
                                  size_t target_count, float rate, float negative_weight, float *restrict memory) {
    float *restrict centre = memory, *restrict change = memory + n;
    const float share = 1 / (float)row_count;
    for (size_t j = 0; j < n; j++) centre[j] = change[j] = 0;
    for (size_t r = 0; r < row_count; r++) add_scaled(n, share, input + (size_t)rows[r] * n, centre);
    float loss = 0;
    for (size_t t = 0; t < target_count; t++) {
        float *restrict target = output + (size_t)targets[t] * n;
        const float likely = logistic(dot(n, centre, target));
        const float error = t < positives ? 1 - likely : -negative_weight * likely;
        add_scaled(n, rate * error, target, change);
        add_scaled(n, rate * error, centre, target);
        if (t < positives) loss -= logf(likely > 1e-8f ? likely : 1e-8f);
    }
    for (size_t r = 0; r < row_count; r++) add_scaled(n, 1, change, input + (size_t)rows[r] * n);
    return loss;
}
GLOSS_EACH_ISA(float, skip_gram,
               (size_t n, float *input, const int32_t *rows, size_t row_count, float *output, const int32_t *targets,
                size_t positives, size_t target_count, float rate, float negative_weight, float *memory),
               (n, input, rows, row_count, output, targets, positives, target_count, rate, negative_weight, memory))
