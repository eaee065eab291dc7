/*
 * Real time on a discretised line, for a batch of potentials, by Crank and Nicolson's method:
 *
 *   (1 + i a H) psi' = (1 - i a H) psi,  a = time step / (2 hbar),
 *   (H psi)_g = V_g psi_g + J (2 psi_g - psi_{g-1} - psi_{g+1}),  psi = 0 outside
 *
 * Unitary but for rounding; second order in the time step. As (1 - i a H) = 2 - (1 + i a H), a step
 * is one solve: psi' = 2 (1 + i a H)^-1 psi - psi.
 */
#ifndef QHOST_KERNELS_CRANK_NICOLSON_H
#define QHOST_KERNELS_CRANK_NICOLSON_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/* Doubles of scratch memory that a grid of `grid` points needs. */
#define QHOST_KERNEL_CRANK_NICOLSON_SCRATCH(grid) ((size_t)64 * (grid))

/*
 * potentials [count x grid], finite; hopping [count] = J > 0; `half_step` = a. Evolves
 * real and imaginary [count x grid] by `steps` steps, in place.
 */
void qhost_kernel_crank_nicolson(size_t count, size_t grid, const double *potentials,
                                 const double *hopping, double half_step, size_t steps,
                                 double *scratch, double *real, double *imaginary);

#pragma GCC visibility pop

#endif
