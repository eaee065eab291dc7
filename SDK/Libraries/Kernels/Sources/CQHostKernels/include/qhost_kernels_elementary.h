/*
 * Elementary functions in single precision, written so that loops over them vectorise: no branches,
 * no table, no call. NaN in, NaN out.
 */
#ifndef QHOST_KERNELS_ELEMENTARY_H
#define QHOST_KERNELS_ELEMENTARY_H

#include <stdint.h>
#include <string.h>

#include "qhost_kernels_base.h"

#define QHOST_INLINE static inline __attribute__((always_inline))

/*
 * Loops over rows use 512-bit vectors where there are any: processors that compilers narrow to 256
 * bits for the sake of their clock are older than those that gain from the full width. Elsewhere the
 * 16 lanes become two or four shorter vectors.
 */
#if defined(__clang__)
/* Loops over the last rows have one lane: that they do not vectorise is no news. */
#pragma clang diagnostic ignored "-Wpass-failed"
#define QHOST_WIDE QHOST_KERNEL __attribute__((min_vector_width(512)))
#define QHOST_LANES \
  _Pragma("clang loop vectorize(assume_safety) vectorize_width(16) interleave(disable)")
#define QHOST_FEW_LANES \
  _Pragma("clang loop vectorize(assume_safety) vectorize_width(4) interleave(disable)")
#else
#define QHOST_WIDE QHOST_KERNEL
#define QHOST_LANES
#define QHOST_FEW_LANES
#endif

QHOST_INLINE float float_from_bits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

QHOST_INLINE uint32_t bits_from_float(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

/*
 * e^x for x <= 88; below -87 it stays at e^-87 (about 1.6e-38). e^0 is exactly 1.
 *
 * x = n ln 2 + r with |r| <= ln 2 / 2, and e^r = 1 + r P(r) with P fitted for the least largest error,
 * 9.2e-8 (Lawson's iteration in double precision). Relative error below 2e-7 + 6e-8 |x|: ln 2 is
 * taken off in one step, since large arguments are negative here and their powers vanish beside the
 * 1 that they are added to. Adding 1.5 2^23 rounds to an integer, left in the low bits. The
 * polynomial is summed in pairs: the chain of operations is what the time goes into.
 */
QHOST_INLINE float exponential(float x) {
  x = x < -87.0f ? -87.0f : x;
  float shifted = x * 1.44269504f + 12582912.0f;
  float n = shifted - 12582912.0f;
  float r = x - n * 0.693147181f, q = r * r;
  float low = r * 0.999999702f + 1.0f;
  float high = (r * 0.00829027221f + 0.0418981612f) * q + (r * 0.166676387f + 0.499991477f);
  float p = high * q + low;
  return p * float_from_bits((bits_from_float(shifted) << 23) + 0x3F800000u);
}

/*
 * ln x for finite, normal x > 0; NaN for NaN. Error below 1e-7 absolute plus 1e-7 relative.
 *
 * x = 2^e m with m in [1/sqrt 2, sqrt 2); ln m = 2 artanh s with s = (m - 1) / (m + 1), |s| < 0.172,
 * whose series to s^9 leaves out less than 1e-9.
 */
QHOST_INLINE float natural_logarithm(float x) {
  uint32_t bits = bits_from_float(x);
  int32_t e = (int32_t)(bits - 0x3F3504F3u) >> 23;
  float m = float_from_bits(bits - ((uint32_t)e << 23));
  float s = (m - 1.0f) / (m + 1.0f), q = s * s;
  float p = 2.0f / 9.0f;
  p = p * q + 2.0f / 7.0f;
  p = p * q + 2.0f / 5.0f;
  p = p * q + 2.0f / 3.0f;
  p = p * q + 2.0f;
  float y = p * s + (float)e * 0.69314718f;
  return x == x ? y : x;
}

/*
 * tanh x within 3e-7 absolute and relative; odd, never above 1, and constant from |x| = 8.15 on, where
 * it is 1 but for the last bits.
 *
 * x P(x^2) / Q(x^2), both of degree 4, fitted for the least largest error on |x| <= 8.2 (7.4e-9;
 * Lawson's iteration in double precision). All coefficients are positive: nothing cancels.
 */
QHOST_INLINE float hyperbolic_tangent(float x) {
  x = x < -8.15f ? -8.15f : x;
  x = x > 8.15f ? 8.15f : x;
  float u = x * x;
  float p = u * 1.46711656e-8f + 2.15125165e-5f;
  p = p * u + 3.54893669e-3f;
  p = p * u + 0.134255245f;
  p = p * u + 0.99999994f;
  float q = u * 8.30064266e-7f + 3.37389676e-4f;
  q = q * u + 2.60785986e-2f;
  q = q * u + 0.467588425f;
  q = q * u + 1.0f;
  return x * p / q;
}

/* 1 / (1 + e^-x) = (1 + tanh(x / 2)) / 2, within 2e-7 absolute. */
QHOST_INLINE float logistic(float x) { return 0.5f * hyperbolic_tangent(0.5f * x) + 0.5f; }

/*
 * sin x within 2e-7 absolute for |x| <= 100, and never beyond 1; the period is taken off in two steps,
 * whose error grows as 1e-8 |x|.
 *
 * x = n pi + r with |r| <= pi / 2; the series of sin r to r^11 leaves out less than 6e-8.
 */
QHOST_INLINE float sine(float x) {
  float shifted = x * 0.318309886f + 12582912.0f;
  float n = shifted - 12582912.0f;
  float r = (x - n * 3.140625f) - n * 9.67653589793e-4f;
  r = r < -1.57079633f ? -1.57079633f : r;
  r = r > 1.57079633f ? 1.57079633f : r;
  float u = r * r;
  float p = u * -2.50521084e-8f + 2.75573192e-6f;
  p = p * u - 1.98412698e-4f;
  p = p * u + 8.33333333e-3f;
  p = p * u - 0.166666667f;
  float value = r + r * u * p;
  return float_from_bits(bits_from_float(value) ^ (bits_from_float(shifted) << 31));
}

#endif
