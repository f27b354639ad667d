// The forward formulas of the cells, unit by unit: what the pointwise kernels and the recurrent steps share.
#pragma once
#include "vector_math.h"

// A cell's second half waits for its first one, whose results it reads again: with the halves of several rows one after the other,
// each has others to run beside it.

/// LSTM (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000), its first half: preactivations i f g o
/// become activations.  c(t) = f c(t-1) + i g
GLOSS_INLINE void lstm_gate_units(enum gloss_activation activation, const size_t n, float *restrict input,
                                  float *restrict forget, float *restrict candidate, float *restrict output,
                                  float *restrict cell) {
    GLOSS_VECTORIZE
    for (size_t j = 0; j < n; j++) {
        const float i = logistic(input[j]), f = logistic(forget[j]);
        const float g = activated(activation, candidate[j]), o = logistic(output[j]);
        input[j] = i, forget[j] = f, candidate[j] = g, output[j] = o;
        cell[j] = f * cell[j] + i * g;
    }
}

/// Its second half.  h(t) = o φ(c(t))
GLOSS_INLINE void lstm_state_units(enum gloss_activation activation, const size_t n, const float *restrict output,
                                   const float *restrict cell, float *restrict state) {
    GLOSS_VECTORIZE
    for (size_t j = 0; j < n; j++) state[j] = output[j] * activated(activation, cell[j]);
}

/// GRU (Cho et al. 2014, with the reset gate after the product as in cuDNN and PyTorch), its first half: input projections r z
/// become activations; u: the recurrent projections.
GLOSS_INLINE void gru_gate_units(const size_t n, float *restrict reset, float *restrict update,
                                 const float *restrict u_reset, const float *restrict u_update) {
    GLOSS_VECTORIZE
    for (size_t j = 0; j < n; j++) {
        const float r = logistic(reset[j] + u_reset[j]), z = logistic(update[j] + u_update[j]);
        reset[j] = r, update[j] = z;
    }
}

/// Its second half: the input projection n becomes an activation.  h(t) = (1 - z) n + z h(t-1)
GLOSS_INLINE void gru_state_units(const size_t n, const float *restrict reset, const float *restrict update,
                                  float *restrict candidate, const float *restrict u_candidate, const float *previous,
                                  float *state) {
    GLOSS_VECTORIZE
    for (size_t j = 0; j < n; j++) {
        const float g = hyperbolic_tangent(candidate[j] + reset[j] * u_candidate[j]), z = update[j];
        candidate[j] = g;
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
