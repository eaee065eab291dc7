/* The product of a matrix with a strip of rows, in tiles of 2 units by 8 inputs kept in registers. */
#ifndef QHOST_KERNELS_DENSE_STRIP_H
#define QHOST_KERNELS_DENSE_STRIP_H

#include "qhost_kernels_elementary.h"

enum { QHOST_DENSE_INPUTS = 8, QHOST_DENSE_OUTPUTS = 4 };

#define QHOST_DENSE_UNROLL _Pragma("clang loop unroll(full)")

/* z = from + w x for `outputs` <= 4 units and `inputs` <= 8 inputs, both constants. */
QHOST_INLINE void dense_tile(size_t outputs, size_t inputs, const float *restrict w,
                             size_t row_step, size_t column_step, const float *x, size_t x_stride,
                             const float *from, size_t from_stride, float *z, size_t z_stride,
                             size_t lanes) {
  float weights[QHOST_DENSE_OUTPUTS][QHOST_DENSE_INPUTS];
  for (size_t m = 0; m < outputs; m++)
    for (size_t n = 0; n < inputs; n++) weights[m][n] = w[m * row_step + n * column_step];
  size_t whole = lanes - lanes % 16;
#define QHOST_DENSE_ROW                                                       \
  {                                                                           \
    float sums[QHOST_DENSE_OUTPUTS];                                          \
    QHOST_DENSE_UNROLL                                                        \
    for (size_t m = 0; m < outputs; m++) sums[m] = from[m * from_stride + i]; \
    QHOST_DENSE_UNROLL                                                        \
    for (size_t n = 0; n < inputs; n++) {                                     \
      float value = x[n * x_stride + i];                                      \
      QHOST_DENSE_UNROLL                                                      \
      for (size_t m = 0; m < outputs; m++) sums[m] += weights[m][n] * value;  \
    }                                                                         \
    QHOST_DENSE_UNROLL                                                        \
    for (size_t m = 0; m < outputs; m++) z[m * z_stride + i] = sums[m];       \
  }
  QHOST_LANES
  for (size_t i = 0; i < whole; i++) QHOST_DENSE_ROW
  /* Up to 15 more: 4 at a time, as one at a time they would take as long as 80. */
  QHOST_FEW_LANES
  for (size_t i = whole; i < lanes; i++) QHOST_DENSE_ROW
#undef QHOST_DENSE_ROW
}

/* z = from + w x for all units and `inputs` inputs, a constant. */
QHOST_INLINE void dense_columns(size_t inputs, size_t output_count, const float *restrict w,
                                size_t row_step, size_t column_step, const float *x,
                                size_t x_stride, const float *from, size_t from_stride, float *z,
                                size_t z_stride, size_t lanes) {
  size_t m = 0;
#define QHOST_DENSE_UNITS(outputs)                                                        \
  {                                                                                       \
    dense_tile(outputs, inputs, w + m * row_step, row_step, column_step, x, x_stride,     \
               from + m * from_stride, from_stride, z + m * z_stride, z_stride, lanes);   \
    m += outputs;                                                                         \
  }
  /* 4 units of 8 inputs, and rows 4,096 bytes apart, would need more than the registers, or the lines of a set. */
  if (inputs <= 4 && z_stride % 1024 != 0)
    while (m + 4 <= output_count) QHOST_DENSE_UNITS(4)
  while (m + 2 <= output_count) QHOST_DENSE_UNITS(2)
  if (m < output_count) QHOST_DENSE_UNITS(1)
#undef QHOST_DENSE_UNITS
}

/* z [M x lanes] = from [M x lanes] + W x for x [N x lanes]; `from` may be z. */
QHOST_INLINE void dense_strip(const float *restrict w, size_t row_step, size_t column_step,
                              const float *x, size_t x_stride, size_t input_count,
                              size_t output_count, const float *from, size_t from_stride, float *z,
                              size_t z_stride, size_t lanes) {
  size_t n = 0;
#define QHOST_DENSE_STEP(inputs)                                                                \
  {                                                                                             \
    dense_columns(inputs, output_count, w + n * column_step, row_step, column_step,             \
                  x + n * x_stride, x_stride, from, from_stride, z, z_stride, lanes);           \
    from = z;                                                                                   \
    from_stride = z_stride;                                                                     \
    n += inputs;                                                                                \
  }
  /* Rows 4,096 bytes apart share their lines of the first-level cache, of which there are 8: two for z. */
  if (x_stride % 1024 != 0)
    while (n + 8 <= input_count) QHOST_DENSE_STEP(8)
  while (n + 4 <= input_count) QHOST_DENSE_STEP(4)
  if (n + 3 <= input_count) QHOST_DENSE_STEP(3)
  if (n + 2 <= input_count) QHOST_DENSE_STEP(2)
  if (n < input_count) QHOST_DENSE_STEP(1)
#undef QHOST_DENSE_STEP
}

#endif
