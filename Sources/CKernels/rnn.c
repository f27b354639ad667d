// Plain recurrent cell (Elman 1990): h(t) = φ(a), φ one of tanh, sigmoid, relu.
#include "cells.h"

GLOSS_INLINE void rnn_forward_body(size_t rows, size_t hidden, enum gloss_activation activation, float *gates,
                                   float *state) {
#define BODY(kind) rnn_units(kind, rows *hidden, gates, state)
    GLOSS_EACH_ACTIVATION(BODY)
#undef BODY
}
GLOSS_EACH_ISA(void, rnn_forward,
               (size_t rows, size_t hidden, enum gloss_activation activation, float *gates, float *state),
               (rows, hidden, activation, gates, state))

GLOSS_INLINE void backward_row(enum gloss_activation activation, size_t n, const float *restrict h,
                               const float *restrict d_output, const float *restrict d_state, float *restrict d) {
    GLOSS_VECTORIZE
    for (size_t j = 0; j < n; j++) d[j] = (d_state[j] + d_output[j]) * slope(activation, h[j]);
}

GLOSS_INLINE void rnn_backward_body(size_t rows, size_t hidden, enum gloss_activation activation, const float *gates,
                                    const float *d_output, size_t output_stride, const float *d_state,
                                    float *d_gates) {
    for (size_t r = 0; r < rows; r++) {
        const size_t at = r * hidden;
#define BODY(kind) backward_row(kind, hidden, gates + at, d_output + r * output_stride, d_state + at, d_gates + at)
        GLOSS_EACH_ACTIVATION(BODY)
#undef BODY
    }
}
GLOSS_EACH_ISA(void, rnn_backward,
               (size_t rows, size_t hidden, enum gloss_activation activation, const float *gates, const float *d_output,
                size_t output_stride, const float *d_state, float *d_gates),
               (rows, hidden, activation, gates, d_output, output_stride, d_state, d_gates))
