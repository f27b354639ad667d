// Tiles of float32: every element of a product is one chain of multiply-adds over ascending k.
#define ELEMENT(x) x##_float32
#define DEPTH 1
#include "tile_paths.h"
