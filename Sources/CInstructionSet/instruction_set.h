#pragma once
// Tells Swift which vector registers the compiler may use: -march reaches C's preprocessor only.
#ifdef __AVX512F__
#define hasAVX512 1
#else
#define hasAVX512 0
#endif

// Asks for the cache line at an address, which need not exist. Swift has no word for it.
static inline void prefetchLine(const void *address) { __builtin_prefetch(address, 0, 3); }

// What the kernels were built for, in words.
#if defined(__AVX512F__)
#define instructionSetName "AVX-512"
#elif defined(__AVX2__) && defined(__FMA__)
#define instructionSetName "AVX2"
#elif defined(__aarch64__)
#define instructionSetName "NEON"
#else
#define instructionSetName "a machine without fused multiply-add"
#endif

#if defined(__FMA__) || defined(__aarch64__)
#define hasFusedMultiplyAdd 1
#else
#define hasFusedMultiplyAdd 0
#endif
