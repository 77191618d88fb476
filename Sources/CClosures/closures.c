#include "closures.h"

typedef struct {
  unsigned long code;
  unsigned long context;
} Words;

/// Gives the words of a closure that Swift passes without letting it escape.
__attribute__((swiftcall)) Words lentWords(unsigned long code, unsigned long context) {
  Words words = {code, context};
  return words;
}
