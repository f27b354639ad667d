// The part of the C library that the Swift module Glibc leaves out.
#include <malloc.h>
