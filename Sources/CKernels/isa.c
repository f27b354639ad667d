// Which instruction set the kernels use, and the cache that they reckon with.
#include "tiles.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum gloss_isa gloss_active_isa = GLOSS_ISA_PORTABLE;
size_t gloss_second_cache = 1 << 20;

static const char *const names[] = {"portable", "avx2", "avx512", "avx512vnni", "avx512dot"};

bool gloss_isa_supported(enum gloss_isa isa) {
    if (isa == GLOSS_ISA_PORTABLE) return true;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (isa == GLOSS_ISA_AVX2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (isa == GLOSS_ISA_AVX512_DOT) {
        return gloss_isa_supported(GLOSS_ISA_AVX512_VNNI) && __builtin_cpu_supports("avx512bf16");
    }
    if (isa == GLOSS_ISA_AVX512_VNNI) {
        return gloss_isa_supported(GLOSS_ISA_AVX512) && __builtin_cpu_supports("avx512vnni");
    }
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
#else
    return false;
#endif
}

bool gloss_isa_force(enum gloss_isa isa) {
    if (!gloss_isa_supported(isa)) return false;
    gloss_active_isa = isa;
    return true;
}

enum gloss_isa gloss_isa_best(void) {
    int isa = GLOSS_ISA_AVX512_DOT;
    while (!gloss_isa_supported((enum gloss_isa)isa)) isa--;
    return (enum gloss_isa)isa;
}

// Before main: the best that the processor has, or what GLOSS_ISA asks for where it can be had.
__attribute__((constructor)) static void choose(void) {
    gloss_active_isa = gloss_isa_best();
    const char *wanted = getenv("GLOSS_ISA");
    const long bytes = sysconf(_SC_LEVEL2_CACHE_SIZE);
    if (bytes > 0) gloss_second_cache = (size_t)bytes;
    for (int isa = GLOSS_ISA_PORTABLE; wanted && isa <= GLOSS_ISA_AVX512_DOT; isa++) {
        if (strcmp(wanted, names[isa]) == 0) gloss_isa_force((enum gloss_isa)isa);
    }
}

enum gloss_isa gloss_isa(void) { return gloss_active_isa; }
const char *gloss_isa_name(void) { return names[gloss_active_isa]; }
