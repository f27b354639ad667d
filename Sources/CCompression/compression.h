#include <lzma.h>
#include <stdint.h>
#include <zlib.h>

/* LZMA_CONCATENATED is a macro that Swift does not see: decode all streams of a file, not only the first. */
static const uint32_t compression_lzma_concatenated = LZMA_CONCATENATED;
