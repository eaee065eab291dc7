#include "qhost_kernels_elementary.h"
#include "qhost_kernels_loss.h"

enum { LANES = 64 };

/* Calls `term(d)` with d = o - t, and `slope(d)` where there is a gradient. */
#define ELEMENTWISE_LOSS(name, term, slope)                                                        \
  QHOST_INLINE void name##_lanes(const float *restrict o, const float *restrict t, size_t lanes,   \
                                 float scale, float *restrict gradient, double *restrict sums) {   \
    QHOST_LANES                                                                                    \
    for (size_t i = 0; i < lanes; i++) {                                                           \
      float d = o[i] - t[i];                                                                       \
      if (gradient) gradient[i] = slope;                                                           \
      sums[i] += term;                                                                             \
    }                                                                                              \
  }                                                                                                \
  QHOST_INLINE double name(const float *restrict o, const float *restrict t, size_t count,         \
                           float scale, float *restrict gradient) {                                \
    QHOST_KERNEL_LINES double sums[LANES] = {0};                                                   \
    double sum = 0.0;                                                                              \
    size_t i = 0;                                                                                  \
    for (; i + LANES <= count; i += LANES)                                                         \
      name##_lanes(o + i, t + i, LANES, scale, gradient ? gradient + i : gradient, sums);          \
    name##_lanes(o + i, t + i, count - i, scale, gradient ? gradient + i : gradient, sums);        \
    for (int l = 0; l < LANES; l++) sum += sums[l];                                                \
    return sum;                                                                                    \
  }

ELEMENTWISE_LOSS(squared_error, (double)d *(double)d, 2.0f * scale * d)
ELEMENTWISE_LOSS(absolute_error, (double)(d < 0.0f ? -d : d),
                 d > 0.0f ? scale : (d < 0.0f ? -scale : d * 0.0f))

QHOST_WIDE
double qhost_kernel_squared_error(const float *restrict outputs, const float *restrict targets,
                                  size_t count) {
  return squared_error(outputs, targets, count, 0.0f, NULL);
}

QHOST_WIDE
double qhost_kernel_squared_error_gradient(const float *restrict outputs,
                                           const float *restrict targets, size_t count, float scale,
                                           float *restrict gradient) {
  return squared_error(outputs, targets, count, scale, gradient);
}

QHOST_WIDE
double qhost_kernel_absolute_error(const float *restrict outputs, const float *restrict targets,
                                   size_t count) {
  return absolute_error(outputs, targets, count, 0.0f, NULL);
}

QHOST_WIDE
double qhost_kernel_absolute_error_gradient(const float *restrict outputs,
                                            const float *restrict targets, size_t count,
                                            float scale, float *restrict gradient) {
  return absolute_error(outputs, targets, count, scale, gradient);
}
