// The numerical kernels of Gloss. All matrices are row-major float32; `ld…` is a row stride in floats.
//
// Every result is a fixed function of its own row: sums over k run in ascending order in one chain per
// element, whatever the number of rows beside it, so that an answer is the same to the bit alone and in a batch.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// Instruction sets, best last. Chosen once from the processor, or forced by GLOSS_ISA=portable|avx2|avx512.
enum gloss_isa { GLOSS_ISA_PORTABLE = 0, GLOSS_ISA_AVX2 = 1, GLOSS_ISA_AVX512 = 2 };
enum gloss_isa gloss_isa(void);
const char *gloss_isa_name(void);
/// Whether this processor can run `isa`.
bool gloss_isa_supported(enum gloss_isa isa);
/// Switches the path for tests; the caller makes sure that no kernel runs meanwhile. False where unsupported.
bool gloss_isa_force(enum gloss_isa isa);

// MARK: Products (product.c)

/// Floats that `gloss_pack` writes for a [k, n] matrix.
size_t gloss_packed_count(size_t k, size_t n);
/// Packs b [k, n] (or, `transposed`, b stored as [n, k]) into panels of columns, zero-padded at the right.
void gloss_pack(const float *b, size_t ldb, bool transposed, size_t k, size_t n, float *packed);
/// c [m, n] = (accumulate ? c : 0) + a [m, k] · packed [k, n].
void gloss_product_packed(const float *a, size_t lda, const float *packed, float *c, size_t ldc, size_t m, size_t n,
                          size_t k, bool accumulate);
/// c [m, n] = (accumulate ? c : 0) + op(a) [m, k] · op(b) [k, n]; a transposed operand is stored as [k, m] or [n, k].
void gloss_product(const float *a, size_t lda, bool a_transposed, const float *b, size_t ldb, bool b_transposed,
                   float *c, size_t ldc, size_t m, size_t n, size_t k, bool accumulate);

/// Does `rounds` × some multiply-adds in registers alone, as the tiles do at best; returns how many scalar ones. What a
/// share of the processor's peak is measured against.
size_t gloss_multiply_adds(size_t rounds);

// MARK: Recurrent cells (lstm.c, gru.c, rnn.c): pointwise over `rows` × `hidden`

enum gloss_activation { GLOSS_TANH = 0, GLOSS_SIGMOID = 1, GLOSS_RELU = 2 };

/// gates [rows, 4·hidden] (i f g o): in preactivations, out activations. cell [rows, hidden]: in c(t-1), out c(t).
/// state [rows, hidden]: out h(t).
void gloss_lstm_forward(size_t rows, size_t hidden, enum gloss_activation activation, float *gates, float *cell,
                        float *state);
/// From the saved activations and cells: d_state [rows, hidden] (dh), d_cell (in dc(t), out dc(t-1)) → d_gates.
void gloss_lstm_backward(size_t rows, size_t hidden, enum gloss_activation activation, const float *gates,
                         const float *previous_cell, const float *cell, const float *d_state, float *d_cell,
                         float *d_gates);

/// gates [rows, 3·hidden] (r z n): in input projections, out activations; recurrent [rows, 3·hidden]: h(t-1)·U + b;
/// state: in h(t-1), out h(t).
void gloss_gru_forward(size_t rows, size_t hidden, float *gates, const float *recurrent, float *state);
/// recurrent [rows, 3·hidden]: the recurrent projection, as saved. d_state: in dh(t), out the part of dh(t-1) that
/// passes by the update gate. d_gates, d_recurrent [rows, 3·hidden].
void gloss_gru_backward(size_t rows, size_t hidden, const float *gates, const float *recurrent,
                        const float *previous_state, float *d_state, float *d_gates, float *d_recurrent);

/// gates [rows, hidden]: in preactivation, out h(t), also written to state.
void gloss_rnn_forward(size_t rows, size_t hidden, enum gloss_activation activation, float *gates, float *state);
void gloss_rnn_backward(size_t rows, size_t hidden, enum gloss_activation activation, const float *gates,
                        const float *d_state, float *d_gates);

// MARK: Elementwise (elementwise.c)

/// y = y + alpha · x
void gloss_add_scaled(size_t count, float alpha, const float *x, float *y);
/// y = alpha · y
void gloss_scale(size_t count, float alpha, float *y);
/// y = x · z
void gloss_multiply(size_t count, const float *x, const float *z, float *y);
/// y = y + x · z
void gloss_multiply_add(size_t count, const float *x, const float *z, float *y);
/// Adds bias [n] to every row of y [rows, n].
void gloss_add_bias(size_t rows, size_t n, const float *bias, float *y);
/// sum [n] += the rows of x [rows, n], in row order.
void gloss_add_rows(size_t rows, size_t n, const float *x, float *sum);
/// Σ x², in double, 16 partial sums in fixed order.
double gloss_sum_of_squares(size_t count, const float *x);
/// y = activation(x), and dx = dy · activation'(y).
void gloss_activate(size_t count, enum gloss_activation activation, const float *x, float *y);
void gloss_activate_backward(size_t count, enum gloss_activation activation, const float *y, const float *dy,
                             float *dx);
/// Σ x·y, 16 partial sums in fixed order.
float gloss_dot(size_t count, const float *x, const float *y);
/// The first index of the greatest of count ≥ 1 values; 0 where one of the first 16 columns holds only NaN.
size_t gloss_index_of_greatest(size_t count, const float *x);

// MARK: Softmax (softmax.c)

/// Each row of x [rows, n] becomes its softmax; log_sum [rows], if given, gets log Σ exp.
void gloss_softmax(size_t rows, size_t n, float *x, float *_Nullable log_sum);

// MARK: Optimisers (optimizers.c)

/// AdamW (Loshchilov and Hutter 2019, algorithm 2) with bias-corrected `rate`: w -= decay·w + rate·m/(√v·c + ε).
void gloss_adam(size_t count, float rate, float beta1, float beta2, float epsilon, float decay,
                float second_correction, const float *gradient, float *first, float *second, float *weight);

// MARK: Word vectors (skip_gram.c)

/// One step of skip-gram with negative sampling (Mikolov et al. 2013): the mean of `rows` of input [·, n] against
/// `targets`, rows of output [·, n], of which the first `positives` are contexts and the others were drawn and weigh
/// `negative_weight` each. Changes both tables by `rate`; memory [2, n]. → Σ -log p of the contexts, nats.
float gloss_skip_gram(size_t n, float *input, const int32_t *rows, size_t row_count, float *output,
                      const int32_t *targets, size_t positives, size_t target_count, float rate, float negative_weight,
                      float *memory);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif
