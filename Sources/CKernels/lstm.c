// LSTM (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000), gate order i f g o.
//   i = σ(a_i)  f = σ(a_f)  g = φ(a_g)  o = σ(a_o)      c(t) = f c(t-1) + i g      h(t) = o φ(c(t))
#include "cells.h"

GLOSS_INLINE void lstm_forward_body(size_t rows, size_t hidden, enum gloss_activation activation, float *gates,
                                    float *cell, float *state) {
    for (size_t r = 0; r < rows; r++) {
        float *a = gates + r * 4 * hidden, *c = cell + r * hidden, *h = state + r * hidden;
#define BODY(kind)                                                                                                     \
    lstm_gate_units(kind, hidden, a, a + hidden, a + 2 * hidden, a + 3 * hidden, c);                                   \
    lstm_state_units(kind, hidden, a + 3 * hidden, c, h)
        GLOSS_EACH_ACTIVATION(BODY)
#undef BODY
    }
}
GLOSS_EACH_ISA(void, lstm_forward,
               (size_t rows, size_t hidden, enum gloss_activation activation, float *gates, float *cell, float *state),
               (rows, hidden, activation, gates, cell, state))

GLOSS_INLINE void backward_row(enum gloss_activation activation, size_t n, const float *restrict gates,
                               const float *restrict previous_cell, const float *restrict d_output,
                               const float *restrict d_state, float *restrict d_cell, float *restrict d) {
    GLOSS_VECTORIZE
    for (size_t j = 0; j < n; j++) {
        const float i = gates[j], f = gates[n + j], g = gates[2 * n + j], o = gates[3 * n + j];
        // c(t) once more, as the forward pass has computed it: cheaper than to keep and to read it.
        const float c = f * previous_cell[j] + i * g;
        const float t = activated(activation, c), dh = d_state[j] + d_output[j];
        const float dc = d_cell[j] + dh * o * slope(activation, t);
        d[j] = dc * g * (i * (1 - i));
        d[n + j] = dc * previous_cell[j] * (f * (1 - f));
        d[2 * n + j] = dc * i * slope(activation, g);
        d[3 * n + j] = dh * t * (o * (1 - o));
        d_cell[j] = dc * f;
    }
}

GLOSS_INLINE void lstm_backward_body(size_t rows, size_t hidden, enum gloss_activation activation, const float *gates,
                                     const float *previous_cell, const float *d_output, size_t output_stride,
                                     const float *d_state, float *d_cell, float *d_gates) {
    for (size_t r = 0; r < rows; r++) {
        const size_t at = r * hidden;
#define BODY(kind)                                                                                                     \
    backward_row(kind, hidden, gates + 4 * at, previous_cell + at, d_output + r * output_stride, d_state + at,             \
                 d_cell + at, d_gates + 4 * at)
        GLOSS_EACH_ACTIVATION(BODY)
#undef BODY
    }
}
GLOSS_EACH_ISA(void, lstm_backward,
               (size_t rows, size_t hidden, enum gloss_activation activation, const float *gates,
                const float *previous_cell, const float *d_output, size_t output_stride, const float *d_state,
                float *d_cell, float *d_gates),
               (rows, hidden, activation, gates, previous_cell, d_output, output_stride, d_state, d_cell, d_gates))
