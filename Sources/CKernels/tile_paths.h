// Compiles the templates of products and recurrent steps for every instruction set, for one element type. The including
// file sets ELEMENT(x), DEPTH, INTEGER (whether sums are integers), and NATIVE where the last path has an instruction.

#define NAME(x) x##_portable
#define TARGET
#define LANES 4
#define VECTORS 2
#define ROWS 6
#define IS_NATIVE 0
#include "product_tile.h"

#if defined(__x86_64__)
#define NAME(x) x##_avx2
#define TARGET GLOSS_AVX2
#define LANES 8
#define VECTORS 2
#define ROWS 6
#define IS_NATIVE 0
#include "product_tile.h"

#define NAME(x) x##_avx512
#define TARGET GLOSS_AVX512
#define LANES 16
#define VECTORS 4
#define ROWS 6
#define IS_NATIVE 0
#include "product_tile.h"

#if DEPTH > 1
#define NAME(x) x##_avx512dot
#if DEPTH == 2
#define TARGET GLOSS_AVX512_DOT
#else
#define TARGET GLOSS_AVX512_VNNI
#endif
#define LANES 16
#define VECTORS 4
#define ROWS 6
#define IS_NATIVE 1
#include "product_tile.h"
#endif
#endif

const struct tiles *const ELEMENT(gloss_tiles)[] = {
    &tiles_portable,
#if defined(__x86_64__)
    &tiles_avx2,
    &tiles_avx512,
#if DEPTH == 1
    &tiles_avx512,
    &tiles_avx512,
#elif DEPTH == 2
    &tiles_avx512,
    &tiles_avx512dot,
#else
    &tiles_avx512dot,
    &tiles_avx512dot,
#endif
#endif
};
