#pragma once

/// A Swift closure `(Int) -> Void` as its two words, valid for as long as the closure is.
///
/// Swift copies a closure to the heap before other threads may see it, even if its caller waits for
/// them. A training step must allocate nothing, so the pool passes the words themselves; how they
/// are called is the calling convention of Swift, which clang knows.
typedef struct {
  const void *code;
  const void *context;
} LentClosure;

/// Runs a lent closure.
__attribute__((swiftcall)) static inline void callLent(LentClosure closure, long index) {
  typedef __attribute__((swiftcall)) void (*Code)(
      long index, __attribute__((swift_context)) const void *context);
  ((Code)closure.code)(index, closure.context);
}
