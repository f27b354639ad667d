// GRU (Cho et al. 2014, with the reset gate after the product as in cuDNN and PyTorch), gate order r z n.
//   r = σ(x_r + u_r)  z = σ(x_z + u_z)  n = tanh(x_n + r u_n)      h(t) = (1 - z) n + z h(t-1)
#include "cells.h"

GLOSS_INLINE void gru_forward_body(size_t rows, size_t hidden, float *gates, const float *recurrent, float *state) {
    for (size_t r = 0; r < rows; r++) {
        float *a = gates + r * 3 * hidden, *h = state + r * hidden;
        const float *u = recurrent + r * 3 * hidden;
        gru_gate_units(hidden, a, a + hidden, u, u + hidden);
        gru_state_units(hidden, a, a + hidden, a + 2 * hidden, u + 2 * hidden, h, h);
    }
}
GLOSS_EACH_ISA(void, gru_forward,
               (size_t rows, size_t hidden, float *gates, const float *recurrent, float *state),
               (rows, hidden, gates, recurrent, state))

GLOSS_INLINE void backward_row(size_t n, const float *restrict gates, const float *restrict u,
                               const float *restrict previous, const float *restrict d_output,
                               float *restrict d_state, float *restrict dx, float *restrict du) {
    GLOSS_VECTORIZE
    for (size_t j = 0; j < n; j++) {
        const float r = gates[j], z = gates[n + j], g = gates[2 * n + j];
        const float dh = d_state[j] + d_output[j];
        const float dg = dh * (1 - z) * (1 - g * g);
        const float dr = dg * u[2 * n + j] * (r * (1 - r)), dz = dh * (previous[j] - g) * (z * (1 - z));
        dx[j] = dr, dx[n + j] = dz, dx[2 * n + j] = dg;
        du[j] = dr, du[n + j] = dz, du[2 * n + j] = dg * r;
        d_state[j] = dh * z;
    }
}

GLOSS_INLINE void gru_backward_body(size_t rows, size_t hidden, const float *gates, const float *recurrent,
                                    const float *previous_state, const float *d_output, size_t output_stride,
                                    float *d_state, float *d_gates, float *d_recurrent) {
    for (size_t r = 0; r < rows; r++) {
        const size_t at = r * hidden;
        backward_row(hidden, gates + 3 * at, recurrent + 3 * at, previous_state + at, d_output + r * output_stride,
                     d_state + at, d_gates + 3 * at, d_recurrent + 3 * at);
    }
}
GLOSS_EACH_ISA(void, gru_backward,
               (size_t rows, size_t hidden, const float *gates, const float *recurrent, const float *previous_state,
                const float *d_output, size_t output_stride, float *d_state, float *d_gates, float *d_recurrent),
               (rows, hidden, gates, recurrent, previous_state, d_output, output_stride, d_state, d_gates,
                d_recurrent))
