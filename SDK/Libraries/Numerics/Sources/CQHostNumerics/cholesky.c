#include "qhost_kernels_cholesky.h"

/* Fused multiply-add would give each variant its own last bit. */
#pragma STDC FP_CONTRACT OFF

QHOST_KERNEL
size_t qhost_kernel_cholesky(size_t n, const double *restrict matrix, double scale,
                             const double *restrict diagonal, double shift,
                             double *restrict factor) {
  for (size_t i = 0; i < n; i++) {
    for (size_t j = i; j < n; j++) factor[i * n + j] = scale * matrix[i * n + j];
    factor[i * n + i] += diagonal[i] - shift;
  }
  for (size_t k = 0; k < n; k++) {
    const double *row = factor + k * n;
    if (!(row[k] > 0)) return k;
    double inverse = 1 / row[k];
    for (size_t i = k + 1; i < n; i++) {
      double part = row[i] * inverse;
      double *target = factor + i * n;
      for (size_t j = i; j < n; j++) target[j] -= part * row[j];
    }
  }
  return n;
}

QHOST_KERNEL
void qhost_kernel_cholesky_solve(size_t n, const double *restrict factor, double *restrict x) {
  for (size_t k = 0; k < n; k++) {
    const double *row = factor + k * n;
    double part = x[k] / row[k];
    for (size_t j = k + 1; j < n; j++) x[j] -= part * row[j];
  }
  for (size_t k = n; k-- > 0;) {
    const double *row = factor + k * n;
    double sum = x[k];
    for (size_t j = k + 1; j < n; j++) sum -= row[j] * x[j];
    x[k] = sum / row[k];
  }
}
