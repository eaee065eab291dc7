#include "qhost_kernels_elementary.h"
#include "qhost_kernels_dense.h"

enum { LANES = 16, TILE = 4 };

typedef float vector __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef float quarter __attribute__((vector_size(16), aligned(4), may_alias));

/* Lanes l, l + 4, l + 8 and l + 12 together, for l from 0 to 3; by its place, as a wide vector is no argument. */
QHOST_INLINE quarter quarter_sums(const vector *wide) {
  const quarter *parts = (const quarter *)wide;
  return (parts[0] + parts[1]) + (parts[2] + parts[3]);
}

/* Adds the four lanes of each of four vectors to a lane of `sums`, one lane after the other. */
QHOST_INLINE quarter add_lanes(quarter sums, quarter a, quarter b, quarter c, quarter d) {
  quarter first = __builtin_shufflevector(a, b, 0, 4, 1, 5);
  quarter second = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  quarter third = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  quarter fourth = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  sums += __builtin_shufflevector(first, second, 0, 1, 4, 5);
  sums += __builtin_shufflevector(first, second, 2, 3, 6, 7);
  sums += __builtin_shufflevector(third, fourth, 0, 1, 4, 5);
  sums += __builtin_shufflevector(third, fourth, 2, 3, 6, 7);
  return sums;
}

/* Sums of products of `units` <= 4 rows of g with `inputs` <= 4 rows of x, both constants. */
QHOST_INLINE void gradient_tile(size_t units, size_t inputs, const float *restrict g,
                                size_t g_stride, const float *restrict x, size_t x_stride,
                                size_t row_count, float *restrict out, size_t out_stride) {
  vector sums[TILE][TILE] = {0};
  size_t i = 0;
  for (; i + LANES <= row_count; i += LANES) {
    vector left[TILE];
#pragma clang loop unroll(full)
    for (size_t m = 0; m < units; m++) left[m] = *(const vector *)(g + m * g_stride + i);
#pragma clang loop unroll(full)
    for (size_t n = 0; n < inputs; n++) {
      vector right = *(const vector *)(x + n * x_stride + i);
#pragma clang loop unroll(full)
      for (size_t m = 0; m < units; m++) sums[m][n] += left[m] * right;
    }
  }
  quarter rest[TILE] = {0};
  for (size_t r = i; r < row_count; r++) {
    quarter right = {0};
#pragma clang loop unroll(full)
    for (size_t n = 0; n < inputs; n++) right[n] = x[n * x_stride + r];
#pragma clang loop unroll(full)
    for (size_t m = 0; m < units; m++) rest[m] += g[m * g_stride + r] * right;
  }
#pragma clang loop unroll(full)
  for (size_t m = 0; m < units; m++) {
    const vector *own = sums[m];
    quarter sum = add_lanes(rest[m], quarter_sums(own), quarter_sums(own + 1),
                            quarter_sums(own + 2), quarter_sums(own + 3));
#pragma clang loop unroll(full)
    for (size_t n = 0; n < inputs; n++) out[m * out_stride + n] = sum[n];
  }
}

/* The same for any number of units up to 4. */
QHOST_INLINE void gradient_tiles(size_t inputs, size_t units, const float *restrict g,
                                 size_t g_stride, const float *restrict x, size_t x_stride,
                                 size_t row_count, float *restrict out, size_t out_stride) {
#define QHOST_TILE(U)                                                                     \
  case U: gradient_tile(U, inputs, g, g_stride, x, x_stride, row_count, out, out_stride); \
    break
  switch (units) {
    QHOST_TILE(1);
    QHOST_TILE(2);
    QHOST_TILE(3);
    QHOST_TILE(4);
  }
#undef QHOST_TILE
}

QHOST_WIDE
void qhost_kernel_dense_gradient(const float *restrict g, size_t g_stride, const float *restrict x,
                                 size_t x_stride, size_t input_count, size_t output_count,
                                 size_t row_count, float *restrict weights) {
  for (size_t m = 0; m < output_count; m += TILE) {
    size_t units = output_count - m < TILE ? output_count - m : TILE;
    const float *left = g + m * g_stride;
    float *out = weights + m * input_count;
    size_t n = 0;
    for (; n + TILE <= input_count; n += TILE)
      gradient_tiles(TILE, units, left, g_stride, x + n * x_stride, x_stride, row_count, out + n,
                     input_count);
    for (; n < input_count; n++)
      gradient_tiles(1, units, left, g_stride, x + n * x_stride, x_stride, row_count, out + n,
                     input_count);
  }
}

QHOST_WIDE
void qhost_kernel_row_sums(const float *restrict g, size_t stride, size_t unit_count,
                           size_t row_count, float *restrict sums) {
  for (size_t m = 0; m < unit_count; m++) {
    const float *restrict row = g + m * stride;
    QHOST_KERNEL_LINES float lanes[LANES] = {0};
    float sum = 0.0f;
    size_t i = 0;
    for (; i + LANES <= row_count; i += LANES) {
      QHOST_LANES
      for (int l = 0; l < LANES; l++) lanes[l] += row[i + l];
    }
    for (; i < row_count; i++) sum += row[i];
    for (int l = 0; l < LANES; l++) sum += lanes[l];
    sums[m] = sum;
  }
}
