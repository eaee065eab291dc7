/*
 * Sine units of a network that generates weights: h = sin z and dh/dz = cos z, unit by unit, rows contiguous.
 */
#ifndef QHOST_KERNELS_SINE_H
#define QHOST_KERNELS_SINE_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/*
 * h [unit_count x row_count] = sin z and slope = cos z, both with `stride` floats from unit to unit; `stride` is a
 * multiple of 16, and numbers between row_count and stride are read and written too. slope may be NULL. Within
 * 2e-7 (sine) and 4e-7 (slope) for |z| <= 100; never beyond 1.
 */
void qhost_kernel_sine(const float *restrict z, size_t unit_count, size_t stride,
                       float *restrict h, float *restrict slope);

#pragma GCC visibility pop

#endif
