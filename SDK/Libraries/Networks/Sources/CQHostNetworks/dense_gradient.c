#include "qhost_kernels_elementary.h"
#include "qhost_kernels_dense.h"

enum { LANES = 16, TILE = 4 };

/* Sums of products of `units` <= 4 rows of g with `inputs` <= 4 rows of x, both constants. */
QHOST_INLINE void gradient_tile(size_t units, size_t inputs, const float *restrict g,
                                size_t g_stride, const float *restrict x, size_t x_stride,
                                size_t row_count, float *restrict out, size_t out_stride) {
  typedef float vector __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
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
  for (size_t m = 0; m < units; m++) {
    for (size_t n = 0; n < inputs; n++) {
      vector v = sums[m][n];
      float sum = 0.0f;
      for (size_t r = i; r < row_count; r++) sum += g[m * g_stride + r] * x[n * x_stride + r];
      for (int l = 0; l < 4; l++) sum += (v[l] + v[l + 4]) + (v[l + 8] + v[l + 12]);
      out[m * out_stride + n] = sum;
    }
  }
}

QHOST_WIDE
void qhost_kernel_dense_gradient(const float *restrict g, size_t g_stride, const float *restrict x,
                                 size_t x_stride, size_t input_count, size_t output_count,
                                 size_t row_count, float *restrict weights) {
  for (size_t m = 0; m < output_count;) {
    size_t units = output_count - m >= TILE ? TILE : 1;
    const float *left = g + m * g_stride;
    float *out = weights + m * input_count;
    for (size_t n = 0; n < input_count;) {
      size_t inputs = input_count - n >= TILE ? TILE : 1;
      const float *right = x + n * x_stride;
#define QHOST_TILE(U, N)                                                                         \
  gradient_tile(U, N, left, g_stride, right, x_stride, row_count, out + n, input_count)
      if (units == TILE && inputs == TILE) QHOST_TILE(TILE, TILE);
      else if (units == TILE) QHOST_TILE(TILE, 1);
      else if (inputs == TILE) QHOST_TILE(1, TILE);
      else QHOST_TILE(1, 1);
#undef QHOST_TILE
      n += inputs;
    }
    m += units;
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
