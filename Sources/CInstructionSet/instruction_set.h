#pragma once
// Tells Swift which vector registers the compiler may use: -march reaches C's preprocessor only.
#ifdef __AVX512F__
#define hasAVX512 1
#else
#define hasAVX512 0
#endif

// Asks for the cache line at an address, which need not exist. Swift has no word for it.
static inline void prefetchLine(const void *address) { __builtin_prefetch(address, 0, 3); }
