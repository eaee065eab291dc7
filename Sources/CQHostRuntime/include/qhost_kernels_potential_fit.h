/* Polynomials through what rows lose with a unit at some places. B = rows, P = places. */
#ifndef QHOST_KERNELS_POTENTIAL_FIT_H
#define QHOST_KERNELS_POTENTIAL_FIT_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/* The most places. */
#define QHOST_KERNEL_FIT_PLACES 13

/*
 * The extremes of Chebyshev's polynomial of degree P - 1, t_j = cos(pi j / (P - 1)). `chebyshev` [P x P] takes values
 * there to coefficients of Chebyshev's polynomials, `monomials` [P x P] has the coefficient of t^p in polynomial k at k P + p.
 */
typedef struct qhost_kernel_fit {
  size_t count; /* P, 2 to QHOST_KERNEL_FIT_PLACES */
  const float *chebyshev;
  const float *monomials;
} qhost_kernel_fit;

/*
 * coefficients [P x B] of t^p for each row, from values [P x stride], stride being B rounded up to 16 or more. Returns the
 * mean over rows of estimates of the polynomial's error between the places; 0 for P = 2, whose places are all that a unit
 * has; infinity where a number is not finite. `variation` becomes the mean over rows of how far the polynomial goes from
 * its middle: the sum of the sizes of all coefficients of Chebyshev's polynomials but the first.
 */
float qhost_kernel_potential_fit(const qhost_kernel_fit *fit, const float *values, size_t stride,
                                 size_t row_count, float *coefficients, float *variation);

#pragma GCC visibility pop

#endif
