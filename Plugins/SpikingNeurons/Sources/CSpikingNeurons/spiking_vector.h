/* Vectors of 16 lanes. Macros, since functions that take vectors have another calling convention in each variant. */
#include <string.h>

#include "qhost_kernels_spiking.h"

/* One rounding for each product and each sum. */
#pragma STDC FP_CONTRACT OFF

/* Clang takes both attributes at once where a function has been declared before. */
#if defined(__clang__)
#define QHOST_WIDE QHOST_KERNEL __attribute__((min_vector_width(512)))
#else
#define QHOST_WIDE QHOST_KERNEL
#endif
#define INLINE static inline __attribute__((always_inline))

/* A loop whose count is a constant where it is inlined, so that its arrays are registers. */
#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 8")
#endif

enum { LANES = QHOST_SPIKING_LANES };

typedef float vector __attribute__((vector_size(64), may_alias));
typedef int32_t mask __attribute__((vector_size(64), may_alias));
typedef _Bool bits __attribute__((ext_vector_type(16)));

#define LOAD(p) (*(const vector *)(p))
#define STORE(p, x) (*(vector *)(p) = (x))
#define SPLAT(x) ((vector){} + (x))
/* x where m, else 0; x where m, else y. */
#define MASKED(m, x) ((vector)((m) & (mask)(x)))
#define SELECT(m, x, y) ((vector)(((m) & (mask)(x)) | (~(m) & (mask)(y))))

/* Multiples of 2^-14 up to 256: what is added leaves them in the last bits. */
#define LATTICE 768.0f

/* A bit for each lane. */
INLINE uint16_t lane_bits(const mask *m) {
  bits b = __builtin_convertvector(*m, bits);
  uint16_t word;
  memcpy(&word, &b, sizeof word);
  return word;
}
