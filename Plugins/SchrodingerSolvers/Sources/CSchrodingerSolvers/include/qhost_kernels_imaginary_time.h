/*
 * Imaginary time on a discretised line, for a batch of potentials:
 *
 *   hbar d psi/dt = -H psi, |psi| = 1,
 *   (H psi)_g = V_g psi_g + J (2 psi_g - psi_{g-1} - psi_{g+1}),  psi = 0 outside
 *
 * by the diagonally implicit Runge-Kutta method of two stages (Alexander, SIAM J. Numer. Anal. 14,
 * 1977): second order, and the highest levels die out at any step. With z = step (H - min V) / hbar
 * and c = 1 - 1/sqrt 2 and A = 1 + c z, a step is psi' = (1 + sqrt 2) A^-2 psi - sqrt 2 A^-1 psi.
 */
#ifndef QHOST_KERNELS_IMAGINARY_TIME_H
#define QHOST_KERNELS_IMAGINARY_TIME_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/* Doubles of scratch memory that a grid of `grid` points needs. */
#define QHOST_KERNEL_IMAGINARY_TIME_SCRATCH(grid) ((size_t)40 * (grid))

/*
 * potentials [count x grid], finite; hopping [count] = J > 0; `step` = time step / hbar. Evolves
 * amplitudes [count x grid] by `steps` steps in place and makes their sums of squares 1;
 * logarithms [count] of the norms that they would have had. What is 0 stays 0.
 */
void qhost_kernel_imaginary_time(size_t count, size_t grid, const double *potentials,
                                 const double *hopping, double step, size_t steps, double *scratch,
                                 double *amplitudes, double *logarithms);

#pragma GCC visibility pop

#endif
