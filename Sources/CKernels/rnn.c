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

GLOSS_INLINE void rnn_backward_body(size_t rows, size_t hidden, enum gloss_activation activation, const float *gates,
                                    const float *d_state, float *d_gates) {
    gloss_activate_backward(rows * hidden, activation, gates, d_state, d_gates);
}
GLOSS_EACH_ISA(void, rnn_backward,
               (size_t rows, size_t hidden, enum gloss_activation activation, const float *gates, const float *d_state,
                float *d_gates),
               (rows, hidden, activation, gates, d_state, d_gates))
