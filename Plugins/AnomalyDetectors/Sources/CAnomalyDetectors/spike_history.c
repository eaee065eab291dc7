#include "qhost_kernels_spike_history.h"

#include <math.h>

/* One rounding for each product and each sum, on every machine. */
#pragma STDC FP_CONTRACT OFF

enum { BLOCK = QHOST_SPIKE_BLOCK, LANES = 16 };

QHOST_KERNEL
void qhost_kernel_spike_squares(const uint8_t *counts, const uint8_t *now, size_t neuron_count,
                                size_t block_count, uint32_t most, float *squares) {
  /* As many neurons as 16 bits can add up. */
  const size_t group = 65535 / (most * most);
  for (size_t block = 0; block < block_count; block++) {
    const uint8_t *own = counts + block * neuron_count * BLOCK;
    QHOST_KERNEL_LINES uint32_t sums[BLOCK] = {0};
    for (size_t begin = 0; begin < neuron_count; begin += group) {
      const size_t rest = neuron_count - begin;
      const size_t end = begin + (group < rest ? group : rest);
      QHOST_KERNEL_LINES uint16_t part[BLOCK] = {0};
      for (size_t n = begin; n < end; n++) {
        const uint16_t here = now[n];
        for (size_t i = 0; i < BLOCK; i++) {
          /* Squares of differences below 0 are right modulo 2^16. */
          const uint16_t difference = (uint16_t)(here - own[n * BLOCK + i]);
          part[i] = (uint16_t)(part[i] + (uint32_t)difference * difference);
        }
      }
      for (size_t i = 0; i < BLOCK; i++) sums[i] += part[i];
    }
    for (size_t i = 0; i < BLOCK; i++) squares[block * BLOCK + i] = (float)sums[i];
  }
}

QHOST_KERNEL
float qhost_kernel_spike_nearest(float *distances, const float *squares, size_t count, float keep,
                                 size_t first, size_t last) {
  const float take = 1.0f - keep;
  for (size_t i = 0; i < count; i++) distances[i] = keep * distances[i] + take * squares[i];
  QHOST_KERNEL_LINES float lanes[LANES];
  for (size_t l = 0; l < LANES; l++) lanes[l] = INFINITY;
  size_t i = first;
  for (; i + LANES <= last; i += LANES) {
    for (size_t l = 0; l < LANES; l++) {
      lanes[l] = distances[i + l] < lanes[l] ? distances[i + l] : lanes[l];
    }
  }
  float least = INFINITY;
  for (; i < last; i++) least = distances[i] < least ? distances[i] : least;
  for (size_t l = 0; l < LANES; l++) least = lanes[l] < least ? lanes[l] : least;
  return least;
}
