#include "qhost_kernels_random.h"

#include <string.h>

/* Fused multiply-add would give each variant its own last bit. */
#pragma STDC FP_CONTRACT OFF

enum { LANES = 32 };

/* LANES blocks at once; low and high words of block `first + lane`. */
static inline __attribute__((always_inline)) void philox(uint64_t key, uint64_t step, uint32_t index,
                                                         uint32_t first, uint64_t *restrict low,
                                                         uint64_t *restrict high) {
  uint32_t c0[LANES], c1[LANES], c2[LANES], c3[LANES];
  for (int l = 0; l < LANES; l++) {
    c0[l] = first + (uint32_t)l;
    c1[l] = index;
    c2[l] = (uint32_t)step;
    c3[l] = (uint32_t)(step >> 32);
  }
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
  for (int round = 0; round < 10; round++) {
    for (int l = 0; l < LANES; l++) {
      uint64_t p0 = (uint64_t)0xD2511F53u * c0[l];
      uint64_t p1 = (uint64_t)0xCD9E8D57u * c2[l];
      c0[l] = (uint32_t)(p1 >> 32) ^ c1[l] ^ k0;
      c1[l] = (uint32_t)p1;
      c2[l] = (uint32_t)(p0 >> 32) ^ c3[l] ^ k1;
      c3[l] = (uint32_t)p0;
    }
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  for (int l = 0; l < LANES; l++) {
    low[l] = (uint64_t)c0[l] | (uint64_t)c1[l] << 32;
    high[l] = (uint64_t)c2[l] | (uint64_t)c3[l] << 32;
  }
}

QHOST_KERNEL
void qhost_kernel_random_bits(uint64_t key, uint64_t step, uint32_t index, size_t count,
                              uint64_t *out) {
  uint64_t low[LANES], high[LANES], words[2 * LANES];
  for (size_t i = 0; i < count; i += 2 * LANES) {
    philox(key, step, index, (uint32_t)(i / 2), low, high);
    for (int l = 0; l < LANES; l++) {
      words[2 * l] = low[l];
      words[2 * l + 1] = high[l];
    }
    size_t rest = count - i < 2 * LANES ? count - i : 2 * LANES;
    memcpy(out + i, words, rest * sizeof *out);
  }
}

QHOST_KERNEL
void qhost_kernel_random_uniform(uint64_t key, uint64_t step, uint32_t index, size_t count,
                                 double *out) {
  uint64_t low[LANES], high[LANES];
  double values[2 * LANES];
  for (size_t i = 0; i < count; i += 2 * LANES) {
    philox(key, step, index, (uint32_t)(i / 2), low, high);
    for (int l = 0; l < LANES; l++) {
      values[2 * l] = (double)(int64_t)(low[l] >> 11) * 0x1p-53;
      values[2 * l + 1] = (double)(int64_t)(high[l] >> 11) * 0x1p-53;
    }
    size_t rest = count - i < 2 * LANES ? count - i : 2 * LANES;
    memcpy(out + i, values, rest * sizeof *out);
  }
}

/* ln x for 0 < x <= 1, normal: 2 artanh((m - 1) / (m + 1)) + e ln 2 with m in [1/sqrt 2, sqrt 2). */
static inline __attribute__((always_inline)) double natural_log(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  int64_t shifted = (int64_t)(bits - 0x3FE6A09E667F3BCDull) >> 52;
  bits -= (uint64_t)shifted << 52;
  double m;
  memcpy(&m, &bits, sizeof m);
  double s = (m - 1.0) / (m + 1.0), q = s * s;
  double p = 1.0 / 23.0;
  p = p * q + 1.0 / 21.0;
  p = p * q + 1.0 / 19.0;
  p = p * q + 1.0 / 17.0;
  p = p * q + 1.0 / 15.0;
  p = p * q + 1.0 / 13.0;
  p = p * q + 1.0 / 11.0;
  p = p * q + 1.0 / 9.0;
  p = p * q + 1.0 / 7.0;
  p = p * q + 1.0 / 5.0;
  p = p * q + 1.0 / 3.0;
  p = p * q + 1.0;
  return 2.0 * s * p + (double)shifted * 0.69314718055994530942;
}

/* sin and cos of 2 pi u for 0 <= u < 1: Taylor series on [-pi/4, pi/4], then the quadrant. */
static inline __attribute__((always_inline)) void sine_cosine(double u, double *sine,
                                                              double *cosine) {
  int64_t quadrant = (int64_t)(4.0 * u + 0.5);
  double r = (u - 0.25 * (double)quadrant) * 6.28318530717958647693;
  double q = r * r;
  double s = 1.0 / 355687428096000.0;
  s = s * q - 1.0 / 1307674368000.0;
  s = s * q + 1.0 / 6227020800.0;
  s = s * q - 1.0 / 39916800.0;
  s = s * q + 1.0 / 362880.0;
  s = s * q - 1.0 / 5040.0;
  s = s * q + 1.0 / 120.0;
  s = s * q - 1.0 / 6.0;
  s = (s * q + 1.0) * r;
  double c = 1.0 / 20922789888000.0;
  c = c * q - 1.0 / 87178291200.0;
  c = c * q + 1.0 / 479001600.0;
  c = c * q - 1.0 / 3628800.0;
  c = c * q + 1.0 / 40320.0;
  c = c * q - 1.0 / 720.0;
  c = c * q + 1.0 / 24.0;
  c = c * q - 0.5;
  c = c * q + 1.0;
  double a = quadrant & 1 ? c : s;
  double b = quadrant & 1 ? s : c;
  *sine = quadrant & 2 ? -a : a;
  *cosine = (quadrant + 1) & 2 ? -b : b;
}

QHOST_KERNEL
void qhost_kernel_random_normal(uint64_t key, uint64_t step, uint32_t index, size_t count,
                                double *out) {
  uint64_t low[LANES], high[LANES];
  double values[2 * LANES];
  for (size_t i = 0; i < count; i += 2 * LANES) {
    philox(key, step, index, (uint32_t)(i / 2), low, high);
    for (int l = 0; l < LANES; l++) {
      double u1 = (double)((int64_t)(low[l] >> 11) + 1) * 0x1p-53;
      double u2 = (double)(int64_t)(high[l] >> 11) * 0x1p-53;
      double radius = __builtin_elementwise_sqrt(-2.0 * natural_log(u1)), sine, cosine;
      sine_cosine(u2, &sine, &cosine);
      values[2 * l] = radius * cosine;
      values[2 * l + 1] = radius * sine;
    }
    size_t rest = count - i < 2 * LANES ? count - i : 2 * LANES;
    memcpy(out + i, values, rest * sizeof *out);
  }
}
