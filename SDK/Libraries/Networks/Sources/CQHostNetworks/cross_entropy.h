/* The cross-entropies of up to 64 rows. */
#ifndef QHOST_KERNELS_CROSS_ENTROPY_H
#define QHOST_KERNELS_CROSS_ENTROPY_H

#include "qhost_kernels_elementary.h"

enum { LANES = 64 };

/*
 * The losses of `lanes` rows, added to `sums`. All loops run over rows, and the arrays live in
 * registers or in the first-level cache.
 */
QHOST_INLINE void add_losses(const float *restrict z, const float *restrict labels,
                             size_t class_count, size_t stride, size_t lanes,
                             float *restrict largest, float *restrict total,
                             double *restrict sums) {
  QHOST_KERNEL_LINES float picked[LANES];
  for (size_t i = 0; i < lanes; i++) {
    largest[i] = z[i];
    total[i] = 0.0f;
    picked[i] = __builtin_nanf("");
  }
  for (size_t c = 1; c < class_count; c++) {
    const float *restrict row = z + c * stride;
    QHOST_LANES
    for (size_t i = 0; i < lanes; i++) largest[i] = row[i] > largest[i] ? row[i] : largest[i];
  }
  for (size_t c = 0; c < class_count; c++) {
    const float *restrict row = z + c * stride;
    float number = (float)c;
    QHOST_LANES
    for (size_t i = 0; i < lanes; i++) {
      float value = row[i], before = picked[i];
      total[i] += exponential(value - largest[i]);
      picked[i] = labels[i] == number ? value : before;
    }
  }
  QHOST_LANES
  for (size_t i = 0; i < lanes; i++)
    sums[i] += (double)((largest[i] - picked[i]) + natural_logarithm(total[i]));
}

#endif
