// Tiles of bfloat16 (the upper half of a float32) with sums in float32, two steps of k at once.
#define ELEMENT(x) x##_bfloat16
#define DEPTH 2
#include "tile_paths.h"
