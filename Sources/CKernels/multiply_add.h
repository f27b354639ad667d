// What tiles multiply on one instruction set, part of their template: vectors of an element type, and how an operand times a
// vector of weights is added to sums. Where no instruction multiplies whole operands, a step along k takes PARTS, lower
// elements first; a part of an operand, in each lane, times the same part of the weights.
#define VECTOR __attribute__((vector_size(4 * LANES), aligned(4), may_alias))
typedef float NAME(floats) VECTOR;
typedef uint32_t NAME(words) VECTOR;
typedef int32_t NAME(integers) VECTOR;
typedef int16_t NAME(halves) VECTOR;
typedef uint16_t NAME(unsigned_halves) VECTOR;
#undef VECTOR

#if DEPTH == 1
typedef float NAME(operand);
typedef NAME(floats) NAME(weights);
#else
typedef uint32_t NAME(operand);
typedef NAME(words) NAME(weights);
#endif
#if DEPTH == 4
typedef NAME(integers) NAME(sums);
#else
typedef NAME(floats) NAME(sums);
#endif

#if DEPTH == 1 || IS_NATIVE
#define PARTS 1
typedef NAME(weights) NAME(factors);
GLOSS_INLINE TARGET NAME(factors) NAME(weight_part)(NAME(weights) w, int part) { return (void)part, w; }
GLOSS_INLINE TARGET NAME(factors) NAME(operand_part)(NAME(weights) x, int part) { return (void)part, x; }

#elif DEPTH == 2
#define PARTS 2
typedef NAME(floats) NAME(factors);
GLOSS_INLINE TARGET NAME(factors) NAME(weight_part)(NAME(weights) w, int part) {
    return (NAME(factors))(part == 0 ? w << 16 : w & 0xFFFF0000u);
}
GLOSS_INLINE TARGET NAME(factors) NAME(operand_part)(NAME(weights) x, int part) {
    GLOSS_OPAQUE(x);  // a vector from memory, not a scalar that is moved into one
    return NAME(weight_part)(x, part);
}

#elif LANES >= 8
// Bytes 0 and 2, then 1 and 3, in halves of 16 bits, whose products an instruction adds by twos exactly.
#define PARTS 2
typedef NAME(halves) NAME(factors);
GLOSS_INLINE TARGET NAME(factors) NAME(weight_part)(NAME(weights) w, int part) {
    return (part == 0 ? (NAME(halves))w << 8 : (NAME(halves))w) >> 8;
}
GLOSS_INLINE TARGET NAME(factors) NAME(operand_part)(NAME(weights) x, int part) {
    GLOSS_OPAQUE(x);
    if (part == 0) x = (NAME(weights))((NAME(unsigned_halves))x << 8);
    GLOSS_OPAQUE(x);  // two shifts, not a mask that would need a register
    return (NAME(factors))((NAME(unsigned_halves))x >> 8);
}

#else
#define PARTS 4
typedef NAME(integers) NAME(factors);
GLOSS_INLINE TARGET NAME(factors) NAME(weight_part)(NAME(weights) w, int part) {
    return (NAME(integers))(w << (24 - 8 * part)) >> 24;
}
GLOSS_INLINE TARGET NAME(factors) NAME(operand_part)(NAME(weights) x, int part) {
    return (NAME(integers))(x >> (8 * part) & 255);
}
#endif

GLOSS_INLINE TARGET NAME(sums) NAME(multiply_add)(NAME(sums) sum, NAME(factors) x, NAME(factors) w) {
#if DEPTH == 2 && IS_NATIVE
    return (NAME(sums))_mm512_dpbf16_ps((__m512)sum, (__m512bh)x, (__m512bh)w);
#elif DEPTH == 4 && IS_NATIVE
    return (NAME(sums))_mm512_dpbusd_epi32((__m512i)sum, (__m512i)x, (__m512i)w);
#elif DEPTH == 4 && LANES == 16
    return sum + (NAME(sums))_mm512_madd_epi16((__m512i)x, (__m512i)w);
#elif DEPTH == 4 && LANES == 8
    return sum + (NAME(sums))_mm256_madd_epi16((__m256i)x, (__m256i)w);
#else
    return x * w + sum;
#endif
}
