/* Looking up tables of a plan. */
#ifndef QHOST_LINK_TABLES_H
#define QHOST_LINK_TABLES_H

#include <string.h>

#include "qhost_kernels_link.h"

/* The entry of a ratio: its exponent and the first 6 bits of its mantissa. */
static inline uint32_t link_ratio_index(float ratio) {
  uint32_t bits;
  memcpy(&bits, &ratio, sizeof bits);
  int32_t index = (int32_t)(bits >> 17) - ((127 - 14) << 6);
  if (index < 0) index = 0;
  if (index >= QHOST_KERNEL_LINK_RATIOS) index = QHOST_KERNEL_LINK_RATIOS - 1;
  return (uint32_t)index;
}

/* dB by information 0 to 1. */
static inline float link_ratio_of(const float *inverse, float information) {
  float place = information * (float)QHOST_KERNEL_LINK_INVERSE;
  int32_t index = (int32_t)place;
  if (index < 0) index = 0;
  if (index >= QHOST_KERNEL_LINK_INVERSE) index = QHOST_KERNEL_LINK_INVERSE - 1;
  float part = place - (float)index;
  return inverse[index] + part * (inverse[index + 1] - inverse[index]);
}

/* Mean information [ORDERS] of points first ... first + count, whose power gains are scaled. */
static inline void link_inform(const qhost_kernel_link_plan *plan, const float *gains, float scale, int first, int count,
                               float *information) {
  float sums[QHOST_KERNEL_LINK_ORDERS] = {0};
  for (int s = first; s < first + count; s++) {
    const float *entry = plan->information[link_ratio_index(scale * gains[s])];
    for (int q = 0; q < QHOST_KERNEL_LINK_ORDERS; q++) sums[q] += entry[q];
  }
  for (int q = 0; q < QHOST_KERNEL_LINK_ORDERS; q++) information[q] = sums[q] / (float)count;
}

/* ln Phi(z). */
static inline float link_waterfall(const float *table, float z) {
  float place = (z + 8.0f) * (QHOST_KERNEL_LINK_WATERFALL / 16.0f);
  if (!(place > 0.0f)) place = 0.0f;
  if (place > QHOST_KERNEL_LINK_WATERFALL - 0.001f) place = QHOST_KERNEL_LINK_WATERFALL - 0.001f;
  int32_t index = (int32_t)place;
  float part = place - (float)index;
  return table[index] + part * (table[index + 1] - table[index]);
}

#endif
