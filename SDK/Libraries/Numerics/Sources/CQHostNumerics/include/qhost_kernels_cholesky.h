/* Cholesky's factors of a symmetric matrix, and the test of whether it is positive definite. */
#ifndef QHOST_KERNELS_CHOLESKY_H
#define QHOST_KERNELS_CHOLESKY_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/*
 * factor [n x n]: the upper triangle of scale matrix + diag(diagonal - shift) = U' D U, D on its
 * diagonal and D U above; the lower triangle is left alone. Returns n, or the first row whose pivot is
 * not above 0, where it stops.
 */
size_t qhost_kernel_cholesky(size_t n, const double *matrix, double scale, const double *diagonal,
                             double shift, double *factor);

/* x [n]: the right side in, the solution out. */
void qhost_kernel_cholesky_solve(size_t n, const double *factor, double *x);

#pragma GCC visibility pop

#endif
