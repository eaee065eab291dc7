#include "qhost_kernels_product.h"

#include <string.h>

/* Fused multiply-add would give each variant its own last bit. */
#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))

typedef double vector __attribute__((vector_size(64), aligned(8)));

/* R rows by V vectors of 8 columns, summed in registers. */
INLINE void block(size_t R, size_t V, size_t inner, size_t columns, const double *restrict a,
                  size_t a_stride, const double *restrict b, double *restrict c) {
  vector sum[4][2];
  for (size_t r = 0; r < R; r++)
    for (size_t v = 0; v < V; v++) sum[r][v] = (vector){0};
  for (size_t k = 0; k < inner; k++)
    for (size_t v = 0; v < V; v++) {
      vector right;
      memcpy(&right, b + k * columns + 8 * v, sizeof right);
      for (size_t r = 0; r < R; r++) sum[r][v] += a[r * a_stride + k] * right;
    }
  for (size_t r = 0; r < R; r++)
    for (size_t v = 0; v < V; v++) memcpy(c + r * columns + 8 * v, &sum[r][v], sizeof(vector));
}

INLINE void stripe(size_t V, size_t rows, size_t inner, size_t columns, const double *restrict a,
                   size_t a_stride, const double *restrict b, double *restrict c) {
  size_t r = 0;
  for (; r + 4 <= rows; r += 4)
    block(4, V, inner, columns, a + r * a_stride, a_stride, b, c + r * columns);
  for (; r + 2 <= rows; r += 2)
    block(2, V, inner, columns, a + r * a_stride, a_stride, b, c + r * columns);
  for (; r < rows; r++)
    block(1, V, inner, columns, a + r * a_stride, a_stride, b, c + r * columns);
}

QHOST_KERNEL
void qhost_kernel_product(size_t rows, size_t inner, size_t columns, const double *a,
                          size_t a_stride, const double *b, double *c) {
  size_t j = 0;
  for (; j + 16 <= columns; j += 16)
    stripe(2, rows, inner, columns, a, a_stride, b + j, c + j);
  if (j < columns) stripe(1, rows, inner, columns, a, a_stride, b + j, c + j);
}
