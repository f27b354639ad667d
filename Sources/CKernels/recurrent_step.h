// One step of a recurrent layer for one element type on one instruction set, part of the tiles' template: a group of
// panels is multiplied for a tile's rows, and the cell of its units runs while the sums are in the first-level cache.

/// Floats of a row of sums: the panels of a group.
#define WIDTH (4 * PANEL)

#if DEPTH == 4
/// Integer sums [rows, width] of columns from j on → float32, added to `sums` where `accumulate`.
GLOSS_INLINE TARGET void NAME(restore)(const struct gloss_packed *packed, size_t j, size_t width, const float *scales,
                                       size_t rows, const float *integers, float *sums, bool accumulate) {
    for (size_t q = 0; q < width; q += LANES) {
        const NAME(integers) zero = *(const NAME(integers) *)(packed->sums + j + q) * 128;
        const NAME(floats) column_scale = *(const NAME(floats) *)(packed->scales + j + q);
        for (size_t r = 0; r < rows; r++) {
            const NAME(integers) value = *(const NAME(integers) *)(integers + r * WIDTH + q) - zero;
            // Two statements: a multiply-add would round otherwise than the product of many rows does.
            const NAME(floats) scale = column_scale * scales[r];
            const NAME(floats) restored = __builtin_convertvector(value, NAME(floats)) * scale;
            NAME(floats) *sum = (NAME(floats) *)(sums + r * WIDTH + q);
            *sum = accumulate ? *sum + restored : restored;
        }
    }
}
#endif

/// sums [rows, width] = (accumulate ? sums : 0) + operands · columns j… of the packed matrix, for the t-th tile of a step;
/// the columns from j + next on are multiplied next.
GLOSS_INLINE TARGET void NAME(group_product)(const struct gloss_packed *packed, const void *operands, size_t stride,
                                             const float *scales, size_t t, size_t rows, size_t j, ptrdiff_t next,
                                             size_t width, float *sums, bool accumulate) {
    const size_t k = (packed->k + DEPTH - 1) / DEPTH;
    const NAME(operand) *values = (const NAME(operand) *)packed->values + j * k;
    const ptrdiff_t ahead = NAME(ahead)(next * (ptrdiff_t)k, t, k);
#if DEPTH == 4
    float integers[ROWS * WIDTH] __attribute__((aligned(64)));
    NAME(rows)(rows, operands, stride, 1, values, k * PANEL, ahead, integers, WIDTH, width, k, false);
    NAME(restore)(packed, j, width, scales, rows, integers, sums, accumulate);
#else
    (void)scales;
    NAME(rows)(rows, operands, stride, 1, values, k * PANEL, ahead, sums, WIDTH, width, k, accumulate);
#endif
}

/// The cell of `n` units from `unit` on of rows from `row` on; a, u [rows, WIDTH]: their sums of these units.
GLOSS_INLINE TARGET void NAME(units)(const struct gloss_recurrent_step *s, size_t row, size_t rows, size_t unit,
                                     const size_t n, float *a, const float *u) {
    const enum gloss_activation activation = s->activation;
    const size_t hidden = s->hidden, stride = s->output_stride;
    float *state = s->output + row * stride + unit, *cell = s->cell_state + row * hidden + unit;
    const float *previous = s->previous + row * hidden + unit;
    // The loop over rows is inside of every choice, so that the formula's constants stay in registers.
    switch (s->cell) {
    case GLOSS_LSTM:
#define BODY(kind)                                                                                                     \
    for (size_t r = 0; r < rows; r++) {                                                                                \
        float *gates = a + r * WIDTH;                                                                                  \
        lstm_gate_units(kind, n, gates, gates + LANES, gates + 2 * LANES, gates + 3 * LANES, cell + r * hidden);       \
    }                                                                                                                  \
    for (size_t r = 0; r < rows; r++) {                                                                                \
        lstm_state_units(kind, n, a + r * WIDTH + 3 * LANES, cell + r * hidden, state + r * stride);                   \
    }
        GLOSS_EACH_ACTIVATION(BODY)
#undef BODY
        break;
    case GLOSS_GRU:
        for (size_t r = 0; r < rows; r++) {
            gru_gate_units(n, a + r * WIDTH, a + r * WIDTH + LANES, u + r * WIDTH, u + r * WIDTH + LANES);
        }
        for (size_t r = 0; r < rows; r++) {
            float *gates = a + r * WIDTH;
            gru_state_units(n, gates, gates + LANES, gates + 2 * LANES, u + r * WIDTH + 2 * LANES,
                            previous + r * hidden, state + r * stride);
        }
        break;
    default:
#define BODY(kind)                                                                                                     \
    for (size_t r = 0; r < rows; r++, a += WIDTH) rnn_units(kind, n, a, state + r * stride)
        GLOSS_EACH_ACTIVATION(BODY)
#undef BODY
    }
}

/// y = x + bias, all of whole vectors; x may be y.
GLOSS_INLINE TARGET void NAME(add_bias)(size_t width, const float *x, const float *bias, float *y) {
    for (size_t q = 0; q < width; q += LANES) {
        *(NAME(floats) *)(y + q) = *(const NAME(floats) *)(x + q) + *(const NAME(floats) *)(bias + q);
    }
}

/// Keeps the gates of `n` units from `unit` on for the backward pass, in the plain order: sums [rows, WIDTH] → all
/// [rows, gates, hidden].
GLOSS_INLINE TARGET void NAME(keep)(size_t gates, size_t hidden, size_t rows, size_t unit, const size_t n,
                                    const float *sums, float *all) {
    for (size_t r = 0; r < rows; r++) {
        for (size_t g = 0; g < gates; g++) {
            memcpy(all + (r * gates + g) * hidden + unit, sums + r * WIDTH + g * LANES, n * sizeof(float));
        }
    }
}

/// The cell of the units in `width` columns from j on, and what the backward pass needs of it where it `keeps` that.
GLOSS_INLINE TARGET void NAME(group_cell)(const struct gloss_recurrent_step *s, size_t row, size_t rows, size_t j,
                                          size_t width, float *a, const float *u, const bool keeps) {
    const size_t gates = s->hidden_weight->gates, hidden = s->hidden, at = row * gates * hidden;
    for (size_t q = 0; q < width; q += gates * LANES) {
        const size_t unit = (j + q) / gates, left = hidden - unit;
        // A loop and a copy of a known size are straight code.
#define BODY(n)                                                                                                        \
    NAME(units)(s, row, rows, unit, n, a + q, u + q);                                                                  \
    if (keeps) NAME(keep)(gates, hidden, rows, unit, n, a + q, s->gates + at);                                         \
    if (keeps && s->recurrent) NAME(keep)(gates, hidden, rows, unit, n, u + q, s->recurrent + at)
        if (left < LANES) {
            BODY(left);
        } else {
            BODY(LANES);
        }
#undef BODY
    }
}

TARGET static void NAME(step)(const struct gloss_recurrent_step *s) {
    const struct gloss_packed *recurrent = s->hidden_weight, *input = s->input_weight;
    const size_t gates = recurrent->gates, hidden = s->hidden, units = gates * LANES;
    const size_t columns = (hidden + LANES - 1) / LANES * units;
    const size_t padded = (columns + PANEL - 1) / PANEL * PANEL;
    // Panels that hold whole vectors of units: as few as that takes, so that they stay in the second-level cache from one
    // tile's rows to the next; more where one tile has all rows and only the number of chains matters.
    const size_t least = gates == 4 ? 4 / VECTORS : gates;
    const size_t group = (s->rows > ROWS || gates == 3 ? least : 4) * PANEL, groups = (padded + group - 1) / group;
    const size_t steps = (recurrent->k + (input ? input->k : 0)) / DEPTH;
    const bool fetches = s->rows > ROWS && fetches_ahead(steps * padded, steps * group);
    float a[ROWS * WIDTH] __attribute__((aligned(64))), u[ROWS * WIDTH] __attribute__((aligned(64)));
    for (size_t index = 0; index < groups; index++) {
        const size_t j = (s->descending ? groups - 1 - index : index) * group;
        const size_t width = padded - j < group ? padded - j : group;
        const size_t real = columns - j < width ? columns - j : width;
        const ptrdiff_t next = !fetches || index + 1 == groups ? 0 : s->descending ? -(ptrdiff_t)group : (ptrdiff_t)group;
        for (size_t i = 0, t = 0, rows; i < s->rows; i += rows, t++) {
            rows = even_rows(s->rows - i, ROWS);
            if (input) {
                NAME(group_product)(input, (const NAME(operand) *)s->input + i * s->input_stride, s->input_stride,
                                    s->input_scales + i, t, rows, j, next, width, a, false);
            }
            for (size_t r = 0; r < rows; r++) {
                const float *from = input ? a + r * WIDTH : s->projected + (i + r) * s->projected_stride + j;
                NAME(add_bias)(real, from, s->bias + j, a + r * WIDTH);
            }
            float *sums = a;
            if (s->cell == GLOSS_GRU) {
                for (size_t r = 0; r < rows; r++) memcpy(u + r * WIDTH, s->recurrent_bias + j, width * sizeof(float));
                sums = u;
            }
            NAME(group_product)(recurrent, (const NAME(operand) *)s->state + i * s->state_stride, s->state_stride,
                                s->state_scales + i, t, rows, j, next, width, sums, true);
            if (s->gates) {
                NAME(group_cell)(s, i, rows, j, real, a, u, true);
            } else {
                NAME(group_cell)(s, i, rows, j, real, a, u, false);
            }
        }
    }
}
#undef WIDTH
