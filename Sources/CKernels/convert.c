// What integers and their scales become: float32.
#include "convert.h"
#include "paths.h"
#include <string.h>

GLOSS_INLINE void restore_body(const struct gloss_packed *packed, size_t columns, const float *scales, float *c,
                               size_t ldc, size_t m) {
    for (size_t r = 0; r < m; r++) {
        for (size_t j = 0; j < columns; j++) {
            int32_t sum;
            memcpy(&sum, c + r * ldc + j, 4);
            c[r * ldc + j] = (float)(sum - 128 * packed->sums[j]) * (scales[r] * packed->scales[j]);
        }
    }
}
GLOSS_EACH_ISA(void, restore,
               (const struct gloss_packed *packed, size_t columns, const float *scales, float *c, size_t ldc,
                size_t m),
               (packed, columns, scales, c, ldc, m))
