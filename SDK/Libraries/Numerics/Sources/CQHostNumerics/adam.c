#include "qhost_kernels_adam.h"

/* Fused multiply-add would give each variant its own last bit. */
#pragma STDC FP_CONTRACT OFF

enum { LANES = 8 };

typedef double vector __attribute__((vector_size(8 * LANES), aligned(8), may_alias));

QHOST_KERNEL __attribute__((min_vector_width(512)))
void qhost_kernel_adam(const qhost_adam *step, size_t n, const double *restrict gradient,
                       double *restrict x, double *restrict means, double *restrict squares) {
  double factor = step->factor, kept = step->kept, scale = step->scale;
  double correction = step->correction, epsilon = step->epsilon;
  double b1 = step->beta1, b2 = step->beta2, c1 = 1 - b1, c2 = 1 - b2;
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    vector g = factor * *(const vector *)(gradient + i);
    vector m = b1 * *(vector *)(means + i) + c1 * g;
    vector v = b2 * *(vector *)(squares + i) + c2 * (g * g);
    *(vector *)(means + i) = m;
    *(vector *)(squares + i) = v;
    vector root = __builtin_elementwise_sqrt(v) * correction + epsilon;
    *(vector *)(x + i) = kept * *(vector *)(x + i) - scale * m / root;
  }
  for (; i < n; i++) {
    double g = factor * gradient[i];
    means[i] = b1 * means[i] + c1 * g;
    squares[i] = b2 * squares[i] + c2 * (g * g);
    double root = __builtin_elementwise_sqrt(squares[i]) * correction + epsilon;
    x[i] = kept * x[i] - scale * means[i] / root;
  }
}
