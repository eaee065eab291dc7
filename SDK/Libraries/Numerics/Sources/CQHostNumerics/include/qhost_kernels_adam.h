/* A step of Adam on all parameters. */
#ifndef QHOST_KERNELS_ADAM_H
#define QHOST_KERNELS_ADAM_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/* What a step has in common for all parameters. */
typedef struct qhost_adam {
  double factor;     /* of the gradient: g = factor gradient */
  double beta1;      /* m <- beta1 m + (1 - beta1) g */
  double beta2;      /* v <- beta2 v + (1 - beta2) g^2 */
  double kept;       /* x <- kept x - scale m / (sqrt(v) correction + epsilon) */
  double scale;
  double correction;
  double epsilon;
} qhost_adam;

/*
 * x, means and squares [n] take the step. The result is the same to the last bit for each vector width: nothing is fused,
 * and square roots and quotients are exact to rounding.
 */
void qhost_kernel_adam(const qhost_adam *step, size_t n, const double *restrict gradient,
                       double *restrict x, double *restrict means, double *restrict squares);

#pragma GCC visibility pop

#endif
