// Compiles the templates of products and recurrent steps for every instruction set, for one element type. The including
// file sets ELEMENT(x) and DEPTH.

#define NAME(x) x##_portable
#define TARGET
#define LANES 4
#define VECTORS 2
#define ROWS 6
#define IS_NATIVE 0
#define FETCH 0
#define FAR 0
#include "product_tile.h"

#if defined(__x86_64__)
#define NAME(x) x##_avx2
#define TARGET GLOSS_AVX2
#define LANES 8
#define VECTORS 2
#define ROWS 6
#define IS_NATIVE 0
#define FETCH 16
#define FAR 0
#include "product_tile.h"

#define NAME(x) x##_avx512
#define TARGET GLOSS_AVX512
#define LANES 16
#define VECTORS 4
#define ROWS 6
#define IS_NATIVE 0
#define FETCH 4
#define FAR 4
#include "product_tile.h"

#if DEPTH == 4
#define NAME(x) x##_avx512vnni
#define TARGET GLOSS_AVX512_VNNI
#define LANES 16
#define VECTORS 4
#define ROWS 6
#define IS_NATIVE 1
#define FETCH 4
#define FAR 4
#include "product_tile.h"
#endif

#define NAME(x) x##_avx512dot
#define TARGET GLOSS_AVX512_DOT
#define LANES 16
#define VECTORS 4
#define ROWS 6
#define IS_NATIVE (DEPTH > 1)
#define FETCH 0
#define FAR 0
#include "product_tile.h"
#endif

const struct tiles *const ELEMENT(gloss_tiles)[] = {
    &tiles_portable,
#if defined(__x86_64__)
    &tiles_avx2,
    &tiles_avx512,
#if DEPTH == 4
    &tiles_avx512vnni,
#else
    &tiles_avx512,
#endif
    &tiles_avx512dot,
#endif
};
