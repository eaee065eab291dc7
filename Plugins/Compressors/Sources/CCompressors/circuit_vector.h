/*
 * Vectors of one precision and what an entangler does to the qubits within one: the precision is REAL, of which
 * 2^LANE_BITS are in a vector, and NAME adds its suffix. Macros, since functions that take
 * vectors have another calling convention in each variant.
 */
#include "qhost_kernels_circuit.h"

/* Clang takes both attributes at once where a function has been declared before. */
#if defined(__clang__)
#define QHOST_WIDE QHOST_KERNEL __attribute__((min_vector_width(512)))
#else
#define QHOST_WIDE QHOST_KERNEL
#endif
#define INLINE static inline __attribute__((always_inline))

enum { LANES = 1 << LANE_BITS, GROUP = 8, LOW = LANE_BITS + 3 /* qubits of a group of vectors */ };

typedef REAL vector __attribute__((vector_size(64), may_alias));

/* The source of y: x = y + (y << 1), or x_j = y_0 + ... + y_j. */
enum { KEEP = 0, GRAY = 1, PREFIX = 2 };

#if LANE_BITS == 4
#define SWAP_0(a) __builtin_shufflevector(a, a, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14)
#define SWAP_1(a) __builtin_shufflevector(a, a, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13)
#define SWAP_2(a) __builtin_shufflevector(a, a, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11)
#define SWAP_3(a) __builtin_shufflevector(a, a, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7)
/* Lane bits by GRAY; the highest of them picks b. */
#define GRAY_LANES(a, b) \
  __builtin_shufflevector(a, b, 0, 3, 6, 5, 12, 15, 10, 9, 24, 27, 30, 29, 20, 23, 18, 17)
/* Lane bits by PREFIX; their parity picks b. */
#define PREFIX_LANES(a, b) \
  __builtin_shufflevector(a, b, 0, 31, 30, 1, 28, 3, 2, 29, 24, 7, 6, 25, 4, 27, 26, 5)
/* b where the lane's bits have odd parity. */
#define ODD_LANES(a, b) \
  __builtin_shufflevector(a, b, 0, 17, 18, 3, 20, 5, 6, 23, 24, 9, 10, 27, 12, 29, 30, 15)
#else
#define SWAP_0(a) __builtin_shufflevector(a, a, 1, 0, 3, 2, 5, 4, 7, 6)
#define SWAP_1(a) __builtin_shufflevector(a, a, 2, 3, 0, 1, 6, 7, 4, 5)
#define SWAP_2(a) __builtin_shufflevector(a, a, 4, 5, 6, 7, 0, 1, 2, 3)
#define GRAY_LANES(a, b) __builtin_shufflevector(a, b, 0, 3, 6, 5, 12, 15, 10, 9)
#define PREFIX_LANES(a, b) __builtin_shufflevector(a, b, 0, 15, 14, 1, 12, 3, 2, 13)
#define ODD_LANES(a, b) __builtin_shufflevector(a, b, 0, 9, 10, 3, 12, 5, 6, 15)
#endif

/* The place that GRAY or PREFIX takes the one at `y` of `bits` bits from. */
INLINE size_t source(int order, size_t y, size_t bits) {
  size_t mask = ((size_t)1 << bits) - 1;
  if (order == GRAY) return (y ^ (y << 1)) & mask;
  if (order == PREFIX) {
    y ^= y << 1;
    y ^= y << 2;
    return (y ^ (y << 4)) & mask;
  }
  return y;
}

/* A column of vectors: real parts, imaginary parts, and as many rows as the caller knows. */
typedef struct columns {
  REAL *real, *imaginary;
  size_t pitch; /* vectors from a row to the next */
} columns;
