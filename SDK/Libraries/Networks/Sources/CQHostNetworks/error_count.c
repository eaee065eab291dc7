#include "qhost_kernels_elementary.h"
#include "qhost_kernels_loss.h"

enum { LANES = 64 };

/* The class with the largest output of each of `lanes` rows; -1 for rows of NaN alone. */
QHOST_INLINE void find_winners(const float *restrict z, size_t class_count, size_t stride,
                               size_t lanes, float *restrict winner) {
  QHOST_KERNEL_LINES float largest[LANES];
  for (size_t i = 0; i < lanes; i++) {
    largest[i] = 0.0f;
    winner[i] = -1.0f;
  }
  for (size_t c = 0; c < class_count; c++) {
    const float *restrict row = z + c * stride;
    float number = (float)c;
    QHOST_LANES
    for (size_t i = 0; i < lanes; i++) {
      /* The first output that is not a NaN wins whatever its value: -infinity may be the largest. */
      int wins = (row[i] > largest[i]) | ((winner[i] < 0.0f) & (row[i] == row[i]));
      largest[i] = wins ? row[i] : largest[i];
      winner[i] = wins ? number : winner[i];
    }
  }
}

QHOST_INLINE size_t count_errors(const float *restrict z, const float *restrict labels,
                                 size_t class_count, size_t stride, size_t lanes) {
  QHOST_KERNEL_LINES float winner[LANES];
  find_winners(z, class_count, stride, lanes, winner);
  uint32_t errors = 0;
  QHOST_LANES
  for (size_t i = 0; i < lanes; i++) errors += winner[i] != labels[i];
  return errors;
}

QHOST_WIDE
size_t qhost_kernel_error_count(const float *restrict outputs, const float *restrict labels,
                                size_t class_count, size_t row_count) {
  size_t errors = 0, i = 0;
  for (; i + LANES <= row_count; i += LANES)
    errors += count_errors(outputs + i, labels + i, class_count, row_count, LANES);
  for (; i < row_count; i++)
    errors += count_errors(outputs + i, labels + i, class_count, row_count, 1);
  return errors;
}

QHOST_WIDE
double qhost_kernel_error_rows(const float *restrict outputs, const float *restrict labels,
                               size_t class_count, size_t stride, size_t row_count,
                               float *restrict losses) {
  double errors = 0.0;
  for (size_t i = 0; i < row_count; i += 16) {
    QHOST_KERNEL_LINES float winner[LANES];
    find_winners(outputs + i, class_count, stride, 16, winner);
    for (size_t l = 0; l < 16; l++) losses[i + l] = winner[l] != labels[i + l] ? 1.0f : 0.0f;
    for (size_t l = 0; l < 16 && i + l < row_count; l++) errors += (double)losses[i + l];
  }
  return errors;
}
