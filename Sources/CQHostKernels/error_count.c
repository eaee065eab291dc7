#include "elementary.h"
#include "qhost_kernels_loss.h"

enum { LANES = 64 };

QHOST_INLINE size_t count_errors(const float *restrict z, const float *restrict labels,
                                 size_t class_count, size_t stride, size_t lanes) {
  float largest[LANES], winner[LANES];
  for (size_t i = 0; i < lanes; i++) {
    largest[i] = 0.0f;
    winner[i] = -1.0f;
  }
  for (size_t c = 0; c < class_count; c++) {
    const float *restrict row = z + c * stride;
    float number = (float)c;
    QHOST_LANES
    for (size_t i = 0; i < lanes; i++) {
      /* The first output that is no NaN wins whatever its value: -infinity may be the largest. */
      int wins = (row[i] > largest[i]) | ((winner[i] < 0.0f) & (row[i] == row[i]));
      largest[i] = wins ? row[i] : largest[i];
      winner[i] = wins ? number : winner[i];
    }
  }
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
