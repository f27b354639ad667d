// Softmax over rows: maximum, exponentials and their sum, 16 partial sums in fixed order.
#include "vector_math.h"
#include <math.h>

GLOSS_INLINE float softmax_row(size_t n, float *restrict x) {
    float top[16];
    for (int q = 0; q < 16; q++) top[q] = x[0];
    size_t j = 0;
    for (; j + 16 <= n; j += 16) {
        for (int q = 0; q < 16; q++) top[q] = x[j + q] > top[q] ? x[j + q] : top[q];
    }
    float highest = top[0];
    for (int q = 1; q < 16; q++) highest = top[q] > highest ? top[q] : highest;
    for (; j < n; j++) highest = x[j] > highest ? x[j] : highest;

    float part[16] = {0};
    j = 0;
    for (; j + 16 <= n; j += 16) {
        for (int q = 0; q < 16; q++) {
            const float e = exponential(x[j + q] - highest);
            x[j + q] = e;
            part[q] += e;
        }
    }
    float sum = 0;
    for (int q = 0; q < 16; q++) sum += part[q];
    for (; j < n; j++) {
        x[j] = exponential(x[j] - highest);
        sum += x[j];
    }
    const float inverse = 1 / sum;
    for (j = 0; j < n; j++) x[j] *= inverse;
    return highest + logf(sum);
}

GLOSS_INLINE void softmax_body(size_t rows, size_t n, float *x, float *log_sum) {
    for (size_t r = 0; r < rows && n > 0; r++) {
        const float value = softmax_row(n, x + r * n);
        if (log_sum) log_sum[r] = value;
    }
}
GLOSS_EACH_ISA(void, softmax, (size_t rows, size_t n, float *x, float *log_sum), (rows, n, x, log_sum))
