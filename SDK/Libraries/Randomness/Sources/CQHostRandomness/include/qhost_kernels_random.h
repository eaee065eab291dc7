/*
 * Random numbers from a counter: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, SC'11).
 *
 * Block b of stream (key, step, index) is Philox of the counter (b, index, step low, step high); its
 * four words make the 64-bit words 2b and 2b + 1. `count` <= 2^33.
 */
#ifndef QHOST_KERNELS_RANDOM_H
#define QHOST_KERNELS_RANDOM_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/* out[i]: uniform over all 64-bit words. */
void qhost_kernel_random_bits(uint64_t key, uint64_t step, uint32_t index, size_t count,
                              uint64_t *out);

/* out[i] = (word i >> 11) 2^-53: uniform over [0, 1). */
void qhost_kernel_random_uniform(uint64_t key, uint64_t step, uint32_t index, size_t count,
                                 double *out);

/*
 * Box-Muller: with u1 = ((word 2b >> 11) + 1) 2^-53 and u2 = (word 2b+1 >> 11) 2^-53,
 * out[2b] = sqrt(-2 ln u1) cos 2 pi u2 and out[2b+1] = sqrt(-2 ln u1) sin 2 pi u2. The same bits on
 * every processor: series of its own, and no fused operations.
 */
void qhost_kernel_random_normal(uint64_t key, uint64_t step, uint32_t index, size_t count,
                                double *out);

#pragma GCC visibility pop

#endif
