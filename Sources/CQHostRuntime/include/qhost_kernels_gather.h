/* Picks rows of a table and lays them out column by column. */
#ifndef QHOST_KERNELS_GATHER_H
#define QHOST_KERNELS_GATHER_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/* out[f * count + r] = source[rows[r] * width + f]: source [N x width], out [width x count]. */
void qhost_kernel_gather(const float *restrict source, size_t width, const int64_t *restrict rows,
                         size_t count, float *restrict out);

/* The same of a table of places in a list of values: out[f * count + r] = values[source[rows[r] * width + f]]. */
void qhost_kernel_gather_bytes(const uint8_t *restrict source, const float *values, size_t width,
                               const int64_t *restrict rows, size_t count, float *restrict out);
void qhost_kernel_gather_words(const uint16_t *restrict source, const float *values, size_t width,
                               const int64_t *restrict rows, size_t count, float *restrict out);

#pragma GCC visibility pop

#endif
