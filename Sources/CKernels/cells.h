// The forward formulas of the cells, unit by unit: what the pointwise kernels and the recurrent steps share.
#pragma once
#include "vector_math.h"

/// LSTM (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000): preactivations i f g o become
/// activations.  c(t) = f c(t-1) + i g      h(t) = o φ(c(t))
GLOSS_INLINE void lstm_units(enum gloss_activation activation, const size_t n, float *restrict input,
                             float *restrict forget, float *restrict candidate, float *restrict output,
                             float *restrict cell, float *restrict state) {
    GLOSS_VECTORIZE
    for (size_t j = 0; j < n; j++) {
        const float i = logistic(input[j]), f = logistic(forget[j]);
        const float g = activated(activation, candidate[j]), o = logistic(output[j]);
        const float c = f * cell[j] + i * g;
        input[j] = i, forget[j] = f, candidate[j] = g, output[j] = o;
        cell[j] = c;
        state[j] = o * activated(activation, c);
    }
}

/// GRU (Cho et al. 2014, with the reset gate after the product as in cuDNN and PyTorch): input projections r z n become
/// activations; u: the recurrent projections.  h(t) = (1 - z) n + z h(t-1)
GLOSS_INLINE void gru_units(const size_t n, float *restrict reset, float *restrict update, float *restrict candidate,
                            const float *restrict u_reset, const float *restrict u_update,
                            const float *restrict u_candidate, const float *previous, float *state) {
    GLOSS_VECTORIZE
    for (size_t j = 0; j < n; j++) {
        const float r = logistic(reset[j] + u_reset[j]), z = logistic(update[j] + u_update[j]);
        const float g = hyperbolic_tangent(candidate[j] + r * u_candidate[j]);
        reset[j] = r, update[j] = z, candidate[j] = g;
        state[j] = (1 - z) * g + z * previous[j];
    }
}

/// Plain cell (Elman 1990): h(t) = φ(a).
GLOSS_INLINE void rnn_units(enum gloss_activation activation, const size_t n, float *restrict a,
                            float *restrict state) {
    GLOSS_VECTORIZE
    for (size_t j = 0; j < n; j++) {
        const float h = activated(activation, a[j]);
        a[j] = h;
        state[j] = h;
    }
}
