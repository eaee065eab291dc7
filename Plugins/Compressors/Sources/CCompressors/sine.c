#include "qhost_kernels_sine.h"

#include "qhost_kernels_elementary.h"

QHOST_WIDE
void qhost_kernel_sine(const float *restrict z, size_t unit_count, size_t stride,
                       float *restrict h, float *restrict slope) {
  size_t count = unit_count * stride;
  QHOST_LANES
  for (size_t i = 0; i < count; i++) h[i] = sine(z[i]);
  if (slope == NULL) return;
  QHOST_LANES
  for (size_t i = 0; i < count; i++) slope[i] = sine(z[i] + 1.57079633f);
}
