#include "activate.h"

QHOST_INLINE void activate_rows(uint32_t activation, const qhost_kernel_table *table,
                                const float *bias, const float *z, size_t unit_count, size_t stride,
                                float *h) {
  for (size_t m = 0; m < unit_count; m++) {
    const float *from = z + m * stride;
    float *to = h + m * stride, shift = bias ? bias[m] : 0.0f;
    QHOST_LANES
    for (size_t i = 0; i < stride; i++) to[i] = activate(activation, table, from[i] + shift);
  }
}

QHOST_WIDE
void qhost_kernel_activate(uint32_t activation, const qhost_kernel_table *table, const float *bias,
                           const float *z, size_t unit_count, size_t stride, float *h) {
  QHOST_WITH_ACTIVATION(activation, activate_rows, table, bias, z, unit_count, stride, h)
}

QHOST_WIDE
void qhost_kernel_add_bias(const float *restrict bias, size_t unit_count, size_t row_count,
                           size_t stride, float *restrict z) {
  for (size_t m = 0; m < unit_count; m++) {
    float *restrict row = z + m * stride;
    for (size_t i = 0; i < row_count; i++) row[i] += bias[m];
  }
}

QHOST_INLINE void slope_rows(uint32_t activation, const qhost_kernel_table *table,
                             const float *restrict h, size_t count, float *restrict g) {
  QHOST_LANES
  for (size_t i = 0; i < count; i++) g[i] *= activation_slope(activation, table, h[i]);
}

QHOST_WIDE
void qhost_kernel_activation_gradient(uint32_t activation, const qhost_kernel_table *table,
                                      const float *restrict h, size_t unit_count, size_t stride,
                                      float *restrict g) {
  QHOST_WITH_ACTIVATION(activation, slope_rows, table, h, unit_count *stride, g)
}

enum { LANES = 16 };

QHOST_WIDE
void qhost_kernel_knot_gradient(const qhost_kernel_table *table, const float *restrict z,
                                const float *restrict g, size_t unit_count, size_t stride,
                                size_t row_count, float *restrict gradient) {
  for (size_t knot = 0; knot < table->count; knot++) {
    QHOST_KERNEL_LINES float lanes[LANES] = {0};
    float sum = 0.0f;
    for (size_t m = 0; m < unit_count; m++) {
      const float *restrict sums = z + m * stride, *restrict slopes = g + m * stride;
      size_t i = 0;
      for (; i + LANES <= row_count; i += LANES) {
        QHOST_LANES
        for (int l = 0; l < LANES; l++)
          lanes[l] += slopes[i + l] * knot_share(table, knot, sums[i + l]);
      }
      for (; i < row_count; i++) sum += slopes[i] * knot_share(table, knot, sums[i]);
    }
    for (int l = 0; l < LANES; l++) sum += lanes[l];
    gradient[knot] += sum;
  }
}
