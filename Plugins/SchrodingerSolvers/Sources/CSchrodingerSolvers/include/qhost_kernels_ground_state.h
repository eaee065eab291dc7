/*
 * Ground states of one particle on a discretised line, for a batch of potentials.
 *
 *   (H psi)_g = V_g psi_g + J (2 psi_g - psi_{g-1} - psi_{g+1}),  J = hbar^2 / (2 m spacing^2),
 *   psi = 0 outside
 *
 * With p the solution of (H - e) p = 0 that starts at the left wall and q the one that starts at
 * the right wall, ((H - e)^-1)_gg = p_g q_g / (J W), W their Wronskian; the vector that follows p up
 * to the largest p_g q_g and q beyond is nearly the ground state when e is nearly its level (Dhillon
 * and Parlett's twisted factorisation, 2004, as shooting). Newton steps in e, bracketed by Sturm
 * counts; a vector without a change of sign is what tells the ground state from the others.
 */
#ifndef QHOST_KERNELS_GROUND_STATE_H
#define QHOST_KERNELS_GROUND_STATE_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/* Doubles of scratch memory that a grid of `grid` points needs. */
#define QHOST_KERNEL_GROUND_STATE_SCRATCH(grid) ((size_t)32 * (grid))

/*
 * potentials [count x grid], grid >= 2, hopping [count] = J > 0. Writes amplitudes [count x grid],
 * none of them negative, sum of squares 1, and energies [count]. `tolerance`: how much of other
 * states may be left in the amplitudes. Returns `count`, or the first packet with a number that is
 * not finite.
 */
size_t qhost_kernel_ground_state(size_t count, size_t grid, const double *potentials,
                                 const double *hopping, double tolerance, double *scratch,
                                 double *amplitudes, double *energies);

#pragma GCC visibility pop

#endif
