/*
 * Distances of spike counts from all that were counted before.
 *
 * Counts lie in blocks of 64 values: [blocks x neurons x 64], so that the values of a block are compared side by side.
 */
#ifndef QHOST_KERNELS_SPIKE_HISTORY_H
#define QHOST_KERNELS_SPIKE_HISTORY_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

enum { QHOST_SPIKE_BLOCK = 64 };

/*
 * squares_i = sum over neurons n of (now_n - counts_in)^2 for each value i of the blocks.
 *
 * counts [blocks x neurons x 64] and now [neurons] are at most `most`, which is 1 to 255; squares [blocks x 64] are exact up to
 * 2^24. Any thread; nothing overlaps.
 */
void qhost_kernel_spike_squares(const uint8_t *counts, const uint8_t *now, size_t neuron_count,
                                size_t block_count, uint32_t most, float *squares);

/*
 * distances <- keep distances + (1 - keep) squares, both [count].
 *
 * Returns the least of distances[first] to distances[last - 1], infinity where there are none. keep is 0 to 1, last at
 * most count. Any thread; nothing overlaps.
 */
float qhost_kernel_spike_nearest(float *distances, const float *squares, size_t count, float keep,
                                 size_t first, size_t last);

#pragma GCC visibility pop

#endif
