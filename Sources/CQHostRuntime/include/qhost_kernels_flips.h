/*
 * Losses along a weight of a unit with two outputs, as means over logistic noise in its sum.
 *
 * p(z) = 1/(1 + exp(-2 z / width)) is how likely the higher output is; a row's gain is its loss with the unit
 * high less that with it low. B = rows.
 */
#ifndef QHOST_KERNELS_FLIPS_H
#define QHOST_KERNELS_FLIPS_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/*
 * A unit's rows. Sum and gain of a row lie side by side, so that rows that are far apart are fetched at once:
 * what a list of rows costs is fetching them.
 */
typedef struct qhost_kernel_unit {
  float *rows; /* [B x 2]: z, without noise, and the gain */
  float steepness; /* 1 / width */
} qhost_kernel_unit;

/* Rows [count] in which z changes by values [count] times an offset; rows NULL: 0 ..< count; values NULL: 1. */
typedef struct qhost_kernel_factors {
  size_t count;
  const uint32_t *rows;
  const float *values;
} qhost_kernel_factors;

/* The sum over all B rows of gain p(z). */
double qhost_kernel_unit_sum(const qhost_kernel_unit *unit, size_t row_count);

/* changes[k] = the sum over rows of gain (p(z + offsets[k] x) - p(z)), [offset_count]; 0 at offset 0. */
void qhost_kernel_unit_cut(const qhost_kernel_unit *unit, const qhost_kernel_factors *factors,
                           const float *offsets, size_t offset_count, double *changes);

/* z += offset x; returns the sum over rows of gain times the change of p. */
double qhost_kernel_unit_move(const qhost_kernel_unit *unit, const qhost_kernel_factors *factors,
                              float offset);

/* noise[i] = width / 2 ln(u / (1 - u)), u = uniforms[i] in [0, 1): logistic, above -z with chance p(z). */
void qhost_kernel_logistic_noise(const double *restrict uniforms, size_t count, float width,
                                 float *restrict noise);

#pragma GCC visibility pop

#endif
