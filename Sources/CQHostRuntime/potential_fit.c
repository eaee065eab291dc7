#include "qhost_kernels_potential_fit.h"

#include <math.h>

#include "qhost_kernels_elementary.h"

enum { LANES = 16, PLACES = QHOST_KERNEL_FIT_PLACES };

QHOST_INLINE float magnitude(float x) { return x < 0.0f ? -x : x; }

/* out [P x 16] = matrix [P x P] in, or with the matrix transposed. */
QHOST_INLINE void multiply(size_t count, int transposed, const float *matrix, float in[][LANES],
                           float out[][LANES]) {
  for (size_t k = 0; k < count; k++) {
    QHOST_KERNEL_LINES float sum[LANES] = {0};
    for (size_t j = 0; j < count; j++) {
      float factor = transposed ? matrix[j * count + k] : matrix[k * count + j];
      QHOST_LANES
      for (int i = 0; i < LANES; i++) sum[i] += factor * in[j][i];
    }
    memcpy(out[k], sum, sizeof sum);
  }
}

QHOST_INLINE float larger(float a, float b) { return a > b ? a : b; }

/*
 * By pairs of degrees, since odd or even ones may vanish by symmetry: with b the larger of the last two coefficients and
 * a that of the two before, those that were left out add up to about b (b/a) and what follows it.
 */
QHOST_INLINE void fit_lanes(const qhost_kernel_fit *fit, const float *values, size_t stride,
                            float *error, float *variation, float made[][LANES]) {
  QHOST_KERNEL_LINES float from[PLACES][LANES], series[PLACES][LANES], middle[LANES];
  size_t count = fit->count;
  memcpy(middle, values + count / 2 * stride, sizeof middle);
  for (size_t j = 0; j < count; j++) {
    QHOST_LANES
    for (int i = 0; i < LANES; i++) from[j][i] = values[j * stride + (size_t)i] - middle[i];
  }
  multiply(count, 0, fit->chebyshev, from, series);
  multiply(count, 1, fit->monomials, series, made);
  QHOST_LANES
  for (int i = 0; i < LANES; i++) {
    float last = larger(magnitude(series[count - 1][i]), magnitude(series[count - 2][i]));
    float before = 0.0f;
    if (count > 4) before = larger(magnitude(series[count - 3][i]), magnitude(series[count - 4][i]));
    error[i] = last > 0.0f ? 1.5f * last * last / larger(before, last) : 0.0f;
    variation[i] = 0.0f;
    made[0][i] += middle[i];
  }
  for (size_t k = 1; k < count; k++) {
    QHOST_LANES
    for (int i = 0; i < LANES; i++) variation[i] += magnitude(series[k][i]);
  }
}

QHOST_WIDE
float qhost_kernel_potential_fit(const qhost_kernel_fit *fit, const float *values, size_t stride,
                                 size_t row_count, float *coefficients, float *variation) {
  QHOST_KERNEL_LINES float errors[LANES] = {0}, variations[LANES] = {0}, total[LANES] = {0};
  *variation = 0.0f;
  for (size_t start = 0; start < row_count; start += LANES) {
    QHOST_KERNEL_LINES float made[PLACES][LANES], error[LANES], vary[LANES];
    size_t left = row_count - start < LANES ? row_count - start : LANES;
    fit_lanes(fit, values + start, stride, error, vary, made);
    for (size_t i = left; i < LANES; i++) error[i] = vary[i] = 0.0f;
    QHOST_LANES
    for (int i = 0; i < LANES; i++) {
      errors[i] += error[i];
      variations[i] += vary[i];
    }
    for (size_t p = 0; p < fit->count; p++) {
      for (size_t i = left; i < LANES; i++) made[p][i] = 0.0f;
      /* A number that is not finite leaves a NaN here, and others 0. */
      QHOST_LANES
      for (int i = 0; i < LANES; i++) total[i] += made[p][i] * 0.0f;
      memcpy(coefficients + p * row_count + start, made[p], left * sizeof *coefficients);
    }
  }
  float sum = 0.0f;
  for (int i = 0; i < LANES; i++) {
    if (total[i] != 0.0f) return INFINITY;
    sum += errors[i];
    *variation += variations[i];
  }
  if (row_count > 0) *variation /= (float)row_count;
  return fit->count > 2 && row_count > 0 ? sum / (float)row_count : 0.0f;
}
