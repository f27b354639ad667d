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

/// Instruction sets, best last: with dot products of bytes from AVX512_VNNI on, with those of bfloat16 in AVX512_DOT (AVX512_BF16).
/// Chosen once from the processor, or forced by GLOSS_ISA=portable|avx2|avx512|avx512vnni|avx512dot.
enum gloss_isa {
    GLOSS_ISA_PORTABLE = 0,
    GLOSS_ISA_AVX2 = 1,
    GLOSS_ISA_AVX512 = 2,
    GLOSS_ISA_AVX512_VNNI = 3,
    GLOSS_ISA_AVX512_DOT = 4,
};
enum gloss_isa gloss_isa(void);
const char *gloss_isa_name(void);
/// Whether this processor can run `isa`.
bool gloss_isa_supported(enum gloss_isa isa);
/// The fastest that this processor can run; active unless GLOSS_ISA names another.
enum gloss_isa gloss_isa_best(void);
/// Switches the path for tests; the caller makes sure that no kernel runs meanwhile. False where unsupported.
bool gloss_isa_force(enum gloss_isa isa);

/// Tells the processor that this thread looks for something again and again.
static inline void gloss_relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

// MARK: Products (product.c, tiles_*.c)

/// What a product multiplies. Sums are float32, those of 8-bit integers exact integers first.
enum gloss_element {
    GLOSS_FLOAT32 = 0,
    /// The upper halves of float32, both operands rounded to the nearest.
    GLOSS_BFLOAT16 = 1,
    /// Left rows and right columns scaled so that the greatest magnitude is 127, rounded to the nearest.
    GLOSS_INT8 = 2,
};

/// A right operand [k, n] in the layout that the active instruction set's tiles read; the caller owns the memory.
struct gloss_packed {
    enum gloss_element element;
    /// 1, or the equal blocks of columns that stand interleaved, a vector of each in turn, as recurrent steps need them.
    size_t gates;
    size_t k, n;
    /// gloss_packed_bytes of them.
    void *_Nullable values;
    /// Of each column, gloss_packed_scales of them: what 1 stands for, and the sum of its integers.
    float *_Nullable scales;
    int32_t *_Nullable sums;
};
size_t gloss_packed_bytes(const struct gloss_packed *packed);
size_t gloss_packed_scales(const struct gloss_packed *packed);
/// Columns of a product with `packed`: n, or more where interleaved gates are padded.
size_t gloss_packed_columns(const struct gloss_packed *packed);
/// Packs b [k, n] (or, `transposed`, b stored as [n, k]) into packed->values, and its scales and sums.
void gloss_pack(const struct gloss_packed *packed, const float *b, size_t ldb, bool transposed);
/// The float32 matrix b [k, n] that was packed, to the bit.
void gloss_unpack(const struct gloss_packed *packed, float *b);
/// gloss_packed_columns rounded up to whole panels.
size_t gloss_padded_columns(const struct gloss_packed *packed);
/// Operands of 32 bits in a row of k elements.
size_t gloss_operands(enum gloss_element element, size_t k);
/// Rows x [rows, k] → operands [rows, gloss_operands]; scales [rows] of 8-bit integers. Not for float32.
void gloss_convert(enum gloss_element element, const float *x, size_t ldx, size_t rows, size_t k, void *operands,
                   float *_Nullable scales);
/// c [m, gloss_packed_columns] = (accumulate ? c : 0) + a [m, k] · packed; nothing accumulates 8-bit integers. The rows of a
/// stand `stride` operands apart: float32 itself, or what gloss_convert makes of it, with its scales [m] of 8-bit integers.
void gloss_product_packed(const void *a, size_t stride, const float *_Nullable scales, const struct gloss_packed *packed,
                          float *c, size_t ldc, size_t m, bool accumulate);
/// c [m, packed->n] = (accumulate ? c : 0) + aᵀ · packed, a [k, m] of float32; the matrix of float32 or bfloat16, of one gate.
void gloss_product_transposed(const float *a, size_t lda, const struct gloss_packed *packed, float *c, size_t ldc,
                              size_t m, bool accumulate);
/// c [m, n] = (accumulate ? c : 0) + op(a) [m, k] · op(b) [k, n] in float32 or bfloat16; a transposed operand is stored
/// as [k, m] or [n, k].
void gloss_product(enum gloss_element element, const float *a, size_t lda, bool a_transposed, const float *b, size_t ldb,
                   bool b_transposed, float *c, size_t ldc, size_t m, size_t n, size_t k, bool accumulate);
/// Does `rounds` × some multiply-adds in registers alone, as the tiles do at best; returns how many scalar ones. What a
/// share of the processor's peak is measured against.
size_t gloss_multiply_adds(enum gloss_element element, size_t rounds);
/// Σ x, of which only the time counts: how fast memory of that size is read (reading.c).
float gloss_read(size_t count, const float *x);

// MARK: Recurrent cells (lstm.c, gru.c, rnn.c): pointwise over `rows` × `hidden`

enum gloss_activation { GLOSS_TANH = 0, GLOSS_SIGMOID = 1, GLOSS_RELU = 2 };

/// gates [rows, 4·hidden] (i f g o): in preactivations, out activations. cell [rows, hidden]: in c(t-1), out c(t).
/// state [rows, hidden]: out h(t).
void gloss_lstm_forward(size_t rows, size_t hidden, enum gloss_activation activation, float *gates, float *cell,
                        float *state);
/// From the saved activations and c(t-1): the gradients that reach h(t) as an output, a row every output_stride, and from
/// step t+1, d_state [rows, hidden], and d_cell (in dc(t), out dc(t-1)) → d_gates [rows, 4·hidden].
void gloss_lstm_backward(size_t rows, size_t hidden, enum gloss_activation activation, const float *gates,
                         const float *previous_cell, const float *d_output, size_t output_stride, const float *d_state,
                         float *d_cell, float *d_gates);

/// gates [rows, 3·hidden] (r z n): in input projections, out activations; recurrent [rows, 3·hidden]: h(t-1)·U + b;
/// state: in h(t-1), out h(t).
void gloss_gru_forward(size_t rows, size_t hidden, float *gates, const float *recurrent, float *state);
/// recurrent [rows, 3·hidden]: the recurrent projection, as saved. d_output as above; d_state: in what reaches h(t) from
/// step t+1, out the part of dh(t-1) that passes by the update gate. d_gates, d_recurrent [rows, 3·hidden].
void gloss_gru_backward(size_t rows, size_t hidden, const float *gates, const float *recurrent,
                        const float *previous_state, const float *d_output, size_t output_stride, float *d_state,
                        float *d_gates, float *d_recurrent);

/// gates [rows, hidden]: in preactivation, out h(t), also written to state.
void gloss_rnn_forward(size_t rows, size_t hidden, enum gloss_activation activation, float *gates, float *state);
void gloss_rnn_backward(size_t rows, size_t hidden, enum gloss_activation activation, const float *gates,
                        const float *d_output, size_t output_stride, const float *d_state, float *d_gates);

// MARK: Recurrent steps (recurrent_step.h): products and cell at once

enum gloss_cell { GLOSS_RNN = 0, GLOSS_LSTM = 1, GLOSS_GRU = 2 };

/// One step of `rows` sequences. Packed weights have the cell's gates interleaved, and biases are packed likewise, as
/// matrices [1, n] of float32. Sums are the input projection, its bias, the recurrent projection, in this order, but for
/// GRU, whose recurrent projection starts from its own bias and stays apart.
struct gloss_recurrent_step {
    enum gloss_cell cell;
    enum gloss_activation activation;
    size_t rows, hidden;
    /// Operands of the step's input [rows, k] with their stride in operands and, of 8-bit integers, scales [rows]; or
    /// NULL where `projected` holds their product with the input weight already, a row every projected_stride.
    const struct gloss_packed *_Nullable input_weight;
    const void *_Nullable input;
    size_t input_stride;
    const float *_Nullable input_scales;
    const float *_Nullable projected;
    size_t projected_stride;
    const float *_Nullable bias;
    const float *_Nullable recurrent_bias;
    /// Operands of h(t-1) [rows, hidden] likewise, and h(t-1) itself, which GRU reads.
    const struct gloss_packed *_Nullable hidden_weight;
    const void *_Nullable state;
    size_t state_stride;
    const float *_Nullable state_scales;
    const float *_Nullable previous;
    /// [rows, hidden]: in c(t-1), out c(t); unused by cells without one.
    float *_Nullable cell_state;
    /// h(t), a row every output_stride.
    float *_Nullable output;
    size_t output_stride;
    /// Where given, [rows, gates · hidden]: out, activations, and GRU's recurrent projection.
    float *_Nullable gates, *_Nullable recurrent;
    /// Whether the weights are read from their end: every other step should, so that what the second-level cache still
    /// holds of them is read first.
    bool descending;
};
void gloss_recur(const struct gloss_recurrent_step *step);

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

/// AdamW (Loshchilov and Hutter 2019, algorithm 2) with bias-corrected `rate`: w -= decay·w + rate·m/(√v·c + ε), of
/// `scale` · gradient.
void gloss_adam(size_t count, float rate, float beta1, float beta2, float epsilon, float decay,
                float second_correction, float scale, const float *gradient, float *first, float *second, float *weight);

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
