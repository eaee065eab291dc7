#include "qhost_kernels_circuit.h"

#include <string.h>

#define INLINE static inline __attribute__((always_inline))

/* sin r and cos r for |r| <= pi / 4, by their series: what is left out is below 1e-17. */
INLINE double sine_series(double r, double u) {
  double p = -7.6471637318198165e-13;
  p = p * u + 1.6059043836821614e-10;
  p = p * u - 2.5052108385441719e-8;
  p = p * u + 2.7557319223985893e-6;
  p = p * u - 1.9841269841269841e-4;
  p = p * u + 8.3333333333333333e-3;
  p = p * u - 0.16666666666666667;
  return r + r * u * p;
}

INLINE double cosine_series(double u) {
  double p = 4.7794773323873853e-14;
  p = p * u - 1.1470745597729725e-11;
  p = p * u + 2.0876756987868099e-9;
  p = p * u - 2.7557319223985891e-7;
  p = p * u + 2.4801587301587302e-5;
  p = p * u - 1.3888888888888889e-3;
  p = p * u + 4.1666666666666667e-2;
  p = p * u - 0.5;
  return 1.0 + u * p;
}

QHOST_KERNEL
void qhost_kernel_half_angles(size_t count, const double *restrict angles, double *restrict cosines,
                              double *restrict sines) {
  for (size_t i = 0; i < count; i++) {
    double x = 0.5 * angles[i];
    /* Adding 1.5 2^52 rounds to an integer, left in the low bits. */
    double shifted = x * 0.63661977236758134 + 6755399441055744.0, n = shifted - 6755399441055744.0;
    double r = (x - n * 1.5707963267341256) - n * 6.0771005065061922e-11;
    double u = r * r, s = sine_series(r, u), c = cosine_series(u);
    int64_t quarter;
    memcpy(&quarter, &shifted, sizeof quarter);
    double even = quarter & 1 ? c : s, odd = quarter & 1 ? s : c;
    sines[i] = quarter & 2 ? -even : even;
    cosines[i] = (quarter + 1) & 2 ? -odd : odd;
  }
}
