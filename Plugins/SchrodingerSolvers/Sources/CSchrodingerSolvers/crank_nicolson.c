#include "qhost_kernels_crank_nicolson.h"

/* Fused multiply-add would give each variant its own last bit. */
#pragma STDC FP_CONTRACT OFF

enum { LANES = 8 };

#define INLINE static inline __attribute__((always_inline))

/* A complex number for each grid point and lane, [n x L] each. */
typedef struct {
  double *restrict re, *restrict im;
} plane;

/* 1 + i a H = L D L' of lane l: the inverse pivots, and the off-diagonal of L. */
INLINE void factor(size_t L, size_t l, size_t n, double hopping, double half_step,
                   const double *restrict potential, plane inverse, plane lower) {
  double off = half_step * hopping, re = 0, im = 0;
  for (size_t g = 0; g < n; g++) {
    /* pivot = 1 + i a (V + 2 J) + (a J)^2 / previous pivot; its real part is at least 1 */
    double pivot_re = 1 + off * off * re;
    double pivot_im = half_step * (potential[g] + 2 * hopping) + off * off * im;
    double square = pivot_re * pivot_re + pivot_im * pivot_im;
    re = pivot_re / square, im = -pivot_im / square;
    inverse.re[g * L + l] = re, inverse.im[g * L + l] = im;
    lower.re[g * L + l] = off * im, lower.im[g * L + l] = -off * re; /* -i a J / pivot */
  }
}

/* One step of all lanes; z is what the forward substitution leaves. */
INLINE void step(size_t L, size_t n, plane inverse, plane lower, plane z, plane psi) {
  double re[LANES], im[LANES];
  for (size_t l = 0; l < L; l++) re[l] = im[l] = 0;
  for (size_t g = 0; g < n; g++)
    for (size_t l = 0; l < L; l++) {
      size_t i = g * L + l, before = g > 0 ? i - L : i;
      double zr = 2 * psi.re[i] - (lower.re[before] * re[l] - lower.im[before] * im[l]);
      double zi = 2 * psi.im[i] - (lower.re[before] * im[l] + lower.im[before] * re[l]);
      z.re[i] = re[l] = zr;
      z.im[i] = im[l] = zi;
    }
  for (size_t l = 0; l < L; l++) re[l] = im[l] = 0;
  for (size_t g = n; g-- > 0;)
    for (size_t l = 0; l < L; l++) {
      size_t i = g * L + l;
      double yr = z.re[i] * inverse.re[i] - z.im[i] * inverse.im[i] -
                  (lower.re[i] * re[l] - lower.im[i] * im[l]);
      double yi = z.re[i] * inverse.im[i] + z.im[i] * inverse.re[i] -
                  (lower.re[i] * im[l] + lower.im[i] * re[l]);
      re[l] = yr, im[l] = yi;
      psi.re[i] = yr - psi.re[i];
      psi.im[i] = yi - psi.im[i];
    }
}

/* L packets side by side, of which the first `used` are wanted. */
INLINE void evolve(size_t L, size_t used, size_t n, const double *restrict potentials,
                   const double *hopping, double half_step, size_t steps, double *restrict scratch,
                   double *restrict real, double *restrict imaginary) {
  plane inverse = {scratch, scratch + n * L}, lower = {inverse.im + n * L, inverse.im + 2 * n * L};
  plane z = {lower.im + n * L, lower.im + 2 * n * L}, psi = {z.im + n * L, z.im + 2 * n * L};
  for (size_t l = 0; l < L; l++) {
    size_t packet = l < used ? l : used - 1;
    factor(L, l, n, hopping[packet], half_step, potentials + packet * n, inverse, lower);
    for (size_t g = 0; g < n; g++) {
      psi.re[g * L + l] = real[packet * n + g];
      psi.im[g * L + l] = imaginary[packet * n + g];
    }
  }
  for (size_t s = 0; s < steps; s++) step(L, n, inverse, lower, z, psi);
  for (size_t l = 0; l < used; l++)
    for (size_t g = 0; g < n; g++) {
      real[l * n + g] = psi.re[g * L + l];
      imaginary[l * n + g] = psi.im[g * L + l];
    }
}

QHOST_KERNEL
void qhost_kernel_crank_nicolson(size_t count, size_t grid, const double *potentials,
                                 const double *hopping, double half_step, size_t steps,
                                 double *scratch, double *real, double *imaginary) {
  size_t b = 0;
  for (; count - b > 2; b += LANES < count - b ? LANES : count - b)
    evolve(LANES, LANES < count - b ? LANES : count - b, grid, potentials + b * grid, hopping + b,
           half_step, steps, scratch, real + b * grid, imaginary + b * grid);
  for (; b < count; b++)
    evolve(1, 1, grid, potentials + b * grid, hopping + b, half_step, steps, scratch,
           real + b * grid, imaginary + b * grid);
}
