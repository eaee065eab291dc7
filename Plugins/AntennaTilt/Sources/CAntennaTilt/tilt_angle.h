/* Angles in single precision, without branches, for loops over users. */
#ifndef QHOST_TILT_ANGLE_H
#define QHOST_TILT_ANGLE_H

#include "qhost_kernels_elementary.h"

/*
 * The angle of (x, y) from the x axis in degrees, -180 to 180, within 2e-5; 0 for the origin.
 *
 * arctan t for 0 <= t <= 1 by a polynomial in t^2 fitted for the least largest error, 4e-8 (Lawson's iteration in double
 * precision).
 */
QHOST_INLINE float angle_of(float y, float x) {
  float a = __builtin_fabsf(x), b = __builtin_fabsf(y);
  float low = a < b ? a : b, high = a < b ? b : a;
  float t = low / (high > 1e-30f ? high : 1e-30f), u = t * t;
  float p = u * -4.05456586e-3f + 2.18629532e-2f;
  p = p * u - 5.59123203e-2f;
  p = p * u + 9.64219688e-2f;
  p = p * u - 0.139086294f;
  p = p * u + 0.199465656f;
  p = p * u - 0.333298608f;
  p = p * u + 0.999999336f;
  float angle = p * t * 57.2957795f;
  angle = a < b ? 90.0f - angle : angle;
  angle = x < 0.0f ? 180.0f - angle : angle;
  return y < 0.0f ? -angle : angle;
}

#endif
