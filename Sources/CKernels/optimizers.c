// Updates that touch every parameter at each step.
#include "paths.h"

GLOSS_INLINE void adam_body(size_t count, float rate, float beta1, float beta2, float epsilon, float decay,
                            float second_correction, float scale, const float *restrict gradient, float *restrict first,
                            float *restrict second, float *restrict weight) {
    const float kept = 1 - decay;
    for (size_t i = 0; i < count; i++) {
        const float g = scale * gradient[i];
        const float m = beta1 * first[i] + (1 - beta1) * g, v = beta2 * second[i] + (1 - beta2) * (g * g);
        first[i] = m;
        second[i] = v;
        // The elementwise root sets no errno, which would keep the loop from becoming vector code.
        weight[i] = kept * weight[i] - rate * m / (__builtin_elementwise_sqrt(v) * second_correction + epsilon);
    }
}
GLOSS_EACH_ISA(void, adam,
               (size_t count, float rate, float beta1, float beta2, float epsilon, float decay, float second_correction,
                float scale, const float *gradient, float *first, float *second, float *weight),
               (count, rate, beta1, beta2, epsilon, decay, second_correction, scale, gradient, first, second, weight))
