#include "qhost_kernels_imaginary_time.h"

#include <math.h>

/* Fused multiply-add would give each variant its own last bit. */
#pragma STDC FP_CONTRACT OFF

enum { LANES = 8 };

#define ROOT_2 1.41421356237309504880
#define INLINE static inline __attribute__((always_inline))

/* A = L D L' of lane l: the inverse pivots, and minus the off-diagonal of L. */
INLINE void factor(size_t L, size_t l, size_t n, double hopping, double step,
                   const double *restrict potential, double *restrict inverse,
                   double *restrict lower) {
  double part = step * (1 - 1 / ROOT_2), off = part * hopping, before = 0, lowest = potential[0];
  for (size_t g = 1; g < n; g++) lowest = potential[g] < lowest ? potential[g] : lowest;
  for (size_t g = 0; g < n; g++) {
    /* A is diagonally dominant: the pivots are at least 1 + off */
    before = 1 / (1 + part * (potential[g] - lowest) + 2 * off - off * off * before);
    inverse[g * L + l] = before;
    lower[g * L + l] = off * before;
  }
}

/* x = A^-1 b; x and b may be the same. */
INLINE void substitute(size_t L, size_t n, const double *restrict inverse,
                       const double *restrict lower, const double *b, double *x) {
  double value[LANES];
  for (size_t l = 0; l < L; l++) value[l] = 0;
  for (size_t g = 0; g < n; g++)
    for (size_t l = 0; l < L; l++) {
      size_t i = g * L + l;
      x[i] = value[l] = b[i] + lower[g > 0 ? i - L : i] * value[l];
    }
  for (size_t l = 0; l < L; l++) value[l] = 0;
  for (size_t g = n; g-- > 0;)
    for (size_t l = 0; l < L; l++) {
      size_t i = g * L + l;
      x[i] = value[l] = x[i] * inverse[i] + lower[i] * value[l];
    }
}

/* Makes |psi| = 1 and adds the logarithm of what it was; leaves psi = 0 alone. */
INLINE void normalize(size_t L, size_t n, double *restrict psi, double *restrict logarithm) {
  double square[LANES];
  for (size_t l = 0; l < L; l++) square[l] = 0;
  for (size_t g = 0; g < n; g++)
    for (size_t l = 0; l < L; l++) square[l] += psi[g * L + l] * psi[g * L + l];
  for (size_t l = 0; l < L; l++) {
    logarithm[l] += 0.5 * log(square[l]);
    square[l] = square[l] > 0 ? 1 / __builtin_elementwise_sqrt(square[l]) : 0;
  }
  for (size_t g = 0; g < n; g++)
    for (size_t l = 0; l < L; l++) psi[g * L + l] *= square[l];
}

/* L packets side by side, of which the first `used` are wanted. */
INLINE void evolve(size_t L, size_t used, size_t n, const double *restrict potentials,
                   const double *hopping, double step, size_t steps, double *restrict scratch,
                   double *restrict amplitudes, double *restrict logarithms) {
  double logarithm[LANES] = {0};
  double *inverse = scratch, *lower = inverse + n * L, *psi = lower + n * L, *y = psi + n * L,
         *w = y + n * L;
  for (size_t l = 0; l < L; l++) {
    size_t packet = l < used ? l : used - 1;
    factor(L, l, n, hopping[packet], step, potentials + packet * n, inverse, lower);
    for (size_t g = 0; g < n; g++) psi[g * L + l] = amplitudes[packet * n + g];
  }
  normalize(L, n, psi, logarithm);
  for (size_t s = 0; s < steps; s++) {
    substitute(L, n, inverse, lower, psi, y);
    substitute(L, n, inverse, lower, y, w);
    for (size_t i = 0; i < n * L; i++) psi[i] = (1 + ROOT_2) * w[i] - ROOT_2 * y[i];
    normalize(L, n, psi, logarithm);
  }
  for (size_t l = 0; l < used; l++) {
    logarithms[l] = logarithm[l];
    for (size_t g = 0; g < n; g++) amplitudes[l * n + g] = psi[g * L + l];
  }
}

QHOST_KERNEL
void qhost_kernel_imaginary_time(size_t count, size_t grid, const double *potentials,
                                 const double *hopping, double step, size_t steps, double *scratch,
                                 double *amplitudes, double *logarithms) {
  size_t b = 0;
  for (; count - b > 2; b += LANES < count - b ? LANES : count - b)
    evolve(LANES, LANES < count - b ? LANES : count - b, grid, potentials + b * grid, hopping + b,
           step, steps, scratch, amplitudes + b * grid, logarithms + b);
  for (; b < count; b++)
    evolve(1, 1, grid, potentials + b * grid, hopping + b, step, steps, scratch,
           amplitudes + b * grid, logarithms + b);
}
