// Elementwise operations and reductions in a fixed order.
#include "vector_math.h"

GLOSS_INLINE void add_scaled_body(size_t count, float alpha, const float *restrict x, float *restrict y) {
    for (size_t i = 0; i < count; i++) y[i] = alpha * x[i] + y[i];
}
GLOSS_EACH_ISA(void, add_scaled, (size_t count, float alpha, const float *x, float *y), (count, alpha, x, y))

GLOSS_INLINE void scale_body(size_t count, float alpha, float *y) {
    for (size_t i = 0; i < count; i++) y[i] = alpha * y[i];
}
GLOSS_EACH_ISA(void, scale, (size_t count, float alpha, float *y), (count, alpha, y))

GLOSS_INLINE void multiply_body(size_t count, const float *x, const float *z, float *y) {
    for (size_t i = 0; i < count; i++) y[i] = x[i] * z[i];
}
GLOSS_EACH_ISA(void, multiply, (size_t count, const float *x, const float *z, float *y), (count, x, z, y))

GLOSS_INLINE void multiply_add_body(size_t count, const float *restrict x, const float *restrict z,
                                    float *restrict y) {
    for (size_t i = 0; i < count; i++) y[i] = x[i] * z[i] + y[i];
}
GLOSS_EACH_ISA(void, multiply_add, (size_t count, const float *x, const float *z, float *y), (count, x, z, y))

GLOSS_INLINE void add_bias_body(size_t rows, size_t n, const float *restrict bias, float *restrict y) {
    for (size_t r = 0; r < rows; r++) {
        for (size_t j = 0; j < n; j++) y[r * n + j] += bias[j];
    }
}
GLOSS_EACH_ISA(void, add_bias, (size_t rows, size_t n, const float *bias, float *y), (rows, n, bias, y))

GLOSS_INLINE void add_rows_body(size_t rows, size_t n, const float *restrict x, float *restrict sum) {
    for (size_t r = 0; r < rows; r++) {
        for (size_t j = 0; j < n; j++) sum[j] += x[r * n + j];
    }
}
GLOSS_EACH_ISA(void, add_rows, (size_t rows, size_t n, const float *x, float *sum), (rows, n, x, sum))

GLOSS_INLINE double sum_of_squares_body(size_t count, const float *x) {
    double part[16] = {0};
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        for (int q = 0; q < 16; q++) part[q] += (double)x[i + q] * x[i + q];
    }
    double sum = 0;
    for (int q = 0; q < 16; q++) sum += part[q];
    for (; i < count; i++) sum += (double)x[i] * x[i];
    return sum;
}
GLOSS_EACH_ISA(double, sum_of_squares, (size_t count, const float *x), (count, x))

GLOSS_INLINE float dot_body(size_t count, const float *x, const float *y) {
    float part[16] = {0};
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        for (int q = 0; q < 16; q++) part[q] = x[i + q] * y[i + q] + part[q];
    }
    float sum = 0;
    for (int q = 0; q < 16; q++) sum += part[q];
    for (; i < count; i++) sum = x[i] * y[i] + sum;
    return sum;
}
GLOSS_EACH_ISA(float, dot, (size_t count, const float *x, const float *y), (count, x, y))

GLOSS_INLINE size_t index_of_greatest_body(size_t count, const float *x) {
    float top[16];
    for (int q = 0; q < 16; q++) top[q] = x[0];
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        for (int q = 0; q < 16; q++) top[q] = x[i + q] > top[q] ? x[i + q] : top[q];
    }
    float greatest = top[0];
    for (int q = 1; q < 16; q++) greatest = top[q] > greatest ? top[q] : greatest;
    for (; i < count; i++) greatest = x[i] > greatest ? x[i] : greatest;
    for (i = 0; i + 16 <= count; i += 16) {
        int found = 0;
        for (int q = 0; q < 16; q++) found |= x[i + q] == greatest;
        if (found) break;
    }
    for (; i < count; i++) {
        if (x[i] == greatest) return i;
    }
    return 0;
}
GLOSS_EACH_ISA(size_t, index_of_greatest, (size_t count, const float *x), (count, x))

GLOSS_INLINE void activate_all(enum gloss_activation activation, size_t count, const float *x, float *y) {
    for (size_t i = 0; i < count; i++) y[i] = activated(activation, x[i]);
}
GLOSS_INLINE void activate_body(size_t count, enum gloss_activation activation, const float *x, float *y) {
#define BODY(kind) activate_all(kind, count, x, y)
    GLOSS_EACH_ACTIVATION(BODY)
#undef BODY
}
GLOSS_EACH_ISA(void, activate, (size_t count, enum gloss_activation activation, const float *x, float *y),
               (count, activation, x, y))

GLOSS_INLINE void activate_backward_all(enum gloss_activation activation, size_t count, const float *y,
                                        const float *dy, float *dx) {
    for (size_t i = 0; i < count; i++) dx[i] = dy[i] * slope(activation, y[i]);
}
GLOSS_INLINE void activate_backward_body(size_t count, enum gloss_activation activation, const float *y,
                                         const float *dy, float *dx) {
#define BODY(kind) activate_backward_all(kind, count, y, dy, dx)
    GLOSS_EACH_ACTIVATION(BODY)
#undef BODY
}
GLOSS_EACH_ISA(void, activate_backward,
               (size_t count, enum gloss_activation activation, const float *y, const float *dy, float *dx),
               (count, activation, y, dy, dx))
