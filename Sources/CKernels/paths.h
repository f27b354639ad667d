// One body, one function an instruction set, chosen at run time.
#pragma once
#include "include/kernels.h"

extern enum gloss_isa gloss_active_isa;

#define GLOSS_INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__)
#define GLOSS_AVX2 __attribute__((target("avx2,fma")))
#define GLOSS_AVX512 __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma")))
#define GLOSS_AVX512_VNNI                                                                                              \
    __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx512vnni,avx2,fma")))
#define GLOSS_AVX512_DOT                                                                                               \
    __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx512bf16,avx512vnni,avx2,fma")))

/// Defines gloss_NAME(PARAMETERS) from an always-inline body NAME_body, compiled for every instruction set.
#define GLOSS_EACH_ISA(RESULT, NAME, PARAMETERS, ARGUMENTS)                                                            \
    static RESULT NAME##_portable PARAMETERS { return NAME##_body ARGUMENTS; }                                         \
    GLOSS_AVX2 static RESULT NAME##_avx2 PARAMETERS { return NAME##_body ARGUMENTS; }                                  \
    GLOSS_AVX512 static RESULT NAME##_avx512 PARAMETERS { return NAME##_body ARGUMENTS; }                              \
    RESULT gloss_##NAME PARAMETERS {                                                                                   \
        switch (gloss_active_isa) {                                                                                    \
        case GLOSS_ISA_AVX512_DOT:                                                                                     \
        case GLOSS_ISA_AVX512_VNNI:                                                                                    \
        case GLOSS_ISA_AVX512: return NAME##_avx512 ARGUMENTS;                                                         \
        case GLOSS_ISA_AVX2: return NAME##_avx2 ARGUMENTS;                                                             \
        default: return NAME##_portable ARGUMENTS;                                                                     \
        }                                                                                                              \
    }
#else
#define GLOSS_EACH_ISA(RESULT, NAME, PARAMETERS, ARGUMENTS)                                                            \
    RESULT gloss_##NAME PARAMETERS { return NAME##_body ARGUMENTS; }
#endif
