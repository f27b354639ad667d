// Tiles of 8-bit integers, operands from 0 to 255 against weights from -127 to 127, with sums in 32 bits: exact.
#define ELEMENT(x) x##_int8
#define DEPTH 4
#include "tile_paths.h"
