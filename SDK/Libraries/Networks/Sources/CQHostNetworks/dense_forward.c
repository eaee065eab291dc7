#include "qhost_kernels_dense_strip.h"
#include "qhost_kernels_dense.h"

/* Rows worked on at a time: 8 inputs and some tens of units of them fit the first-level cache. */
enum { STRIP = 256 };

QHOST_WIDE
void qhost_kernel_dense(const float *restrict weights, size_t row_step, size_t column_step,
                        const float *restrict bias, const float *restrict x, size_t x_stride,
                        size_t input_count, size_t output_count, size_t row_count,
                        float *restrict z, size_t z_stride) {
  for (size_t start = 0; start < row_count; start += STRIP) {
    size_t lanes = row_count - start < STRIP ? row_count - start : STRIP;
    for (size_t m = 0; m < output_count; m++) {
      float *restrict row = z + m * z_stride + start, value = bias ? bias[m] : 0.0f;
      for (size_t i = 0; i < lanes; i++) row[i] = value;
    }
    dense_strip(weights, row_step, column_step, x + start, x_stride, input_count, output_count,
                z + start, z_stride, z + start, z_stride, lanes);
  }
}
