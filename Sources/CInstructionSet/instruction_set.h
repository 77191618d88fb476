#pragma once
// Tells Swift which vector registers the compiler may use: -march reaches C's preprocessor only.
#ifdef __AVX512F__
#define hasAVX512 1
#else
#define hasAVX512 0
#endif
