// Elementary functions, written so that a loop over them becomes vector code with the same result for each element.
#pragma once
#include "paths.h"
#include <string.h>

/// The blocks of a row never overlap, which the compiler cannot know.
#define GLOSS_VECTORIZE _Pragma("clang loop vectorize(assume_safety)")

/// e^x for float32 within 2 units in the last place, clamped to the finite range; range reduction by a rounding
/// constant, polynomial of degree 6 (Cephes, expf).
GLOSS_INLINE float exponential(float x) {
    x = x > 88.37f ? 88.37f : x;
    x = x < -87.33f ? -87.33f : x;
    const float shifted = x * 1.44269504f + 12582912.0f;  // 1.5 · 2²³: the low bits hold round(x / ln 2)
    const float n = shifted - 12582912.0f;
    float f = x - n * 0.693359375f;
    f = f - n * -2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * f + 1.3981999507e-3f;
    p = p * f + 8.3334519073e-3f;
    p = p * f + 4.1665795894e-2f;
    p = p * f + 1.6666665459e-1f;
    p = p * f + 5.0000001201e-1f;
    p = p * (f * f) + f + 1.0f;
    uint32_t bits;
    memcpy(&bits, &shifted, 4);
    bits = (bits << 23) + (127u << 23);
    float scale;
    memcpy(&scale, &bits, 4);
    return p * scale;
}

/// tanh x within 7 units in the last place, 5 with fused multiply-adds: the odd rational approximation of degree 13/6
/// used by Eigen.
GLOSS_INLINE float hyperbolic_tangent(float x) {
    x = x > 7.90531110f ? 7.90531110f : x;
    x = x < -7.90531110f ? -7.90531110f : x;
    const float s = x * x;
    float p = -2.76076847742355e-16f;
    p = p * s + 2.00018790482477e-13f;
    p = p * s + -8.60467152213735e-11f;
    p = p * s + 5.12229709037114e-08f;
    p = p * s + 1.48572235717979e-05f;
    p = p * s + 6.37261928875436e-04f;
    p = p * s + 4.89352455891786e-03f;
    float q = 1.19825839466702e-06f;
    q = q * s + 1.18534705686654e-04f;
    q = q * s + 2.26843463243900e-03f;
    q = q * s + 4.89352518554385e-03f;
    return x * p / q;
}

/// 1 / (1 + e^-x) through tanh(x / 2).
GLOSS_INLINE float logistic(float x) { return 0.5f * hyperbolic_tangent(0.5f * x) + 0.5f; }

GLOSS_INLINE float activated(enum gloss_activation activation, float x) {
    return activation == GLOSS_TANH ? hyperbolic_tangent(x) : activation == GLOSS_SIGMOID ? logistic(x) : x < 0 ? 0 : x;
}

/// The derivative of an activation, from its value y.
GLOSS_INLINE float slope(enum gloss_activation activation, float y) {
    return activation == GLOSS_TANH ? 1 - y * y : activation == GLOSS_SIGMOID ? y * (1 - y) : y > 0 ? 1 : 0;
}

/// Runs `BODY` with `activation` a constant, so that each loop vectorises without a branch.
#define GLOSS_EACH_ACTIVATION(BODY)                                                                                    \
    switch (activation) {                                                                                              \
    case GLOSS_TANH: BODY(GLOSS_TANH); break;                                                                          \
    case GLOSS_SIGMOID: BODY(GLOSS_SIGMOID); break;                                                                    \
    default: BODY(GLOSS_RELU); break;                                                                                  \
    }
