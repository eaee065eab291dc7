#include "cross_entropy.h"
#include "qhost_kernels_loss.h"

/* The losses of `lanes` rows, each written to its place. */
QHOST_INLINE void write_losses(const float *restrict z, const float *restrict labels,
                               size_t class_count, size_t stride, size_t lanes,
                               float *restrict losses) {
  QHOST_KERNEL_LINES float largest[LANES], total[LANES];
  QHOST_KERNEL_LINES double sums[LANES];
  for (size_t i = 0; i < lanes; i++) sums[i] = 0.0;
  add_losses(z, labels, class_count, stride, lanes, largest, total, sums);
  for (size_t i = 0; i < lanes; i++) losses[i] = (float)sums[i];
}

/*
 * Slopes below this are 0: what the layers before make of them would soon be below the least normal number, and some
 * processors take many times as long over such as over others. 2^-90.
 */
static const float least_slope = 8.0779357e-28f;

QHOST_INLINE void write_gradient(const float *restrict z, const float *restrict labels,
                                 size_t class_count, size_t stride, size_t lanes,
                                 const float *restrict largest, const float *restrict total,
                                 float scale, float *restrict gradient) {
  QHOST_KERNEL_LINES float factor[LANES];
  for (size_t i = 0; i < lanes; i++) factor[i] = scale / total[i];
  for (size_t c = 0; c < class_count; c++) {
    const float *restrict row = z + c * stride;
    float *restrict out = gradient + c * stride;
    float number = (float)c;
    QHOST_LANES
    for (size_t i = 0; i < lanes; i++) {
      float hit = labels[i] == number ? scale : 0.0f;
      float slope = exponential(row[i] - largest[i]) * factor[i] - hit;
      out[i] = slope < least_slope && slope > -least_slope ? 0.0f : slope;
    }
  }
}

QHOST_INLINE double add_up(const double *sums) {
  double sum = 0.0;
  for (int i = 0; i < LANES; i++) sum += sums[i];
  return sum;
}

QHOST_WIDE
double qhost_kernel_cross_entropy(const float *restrict outputs, const float *restrict labels,
                                  size_t class_count, size_t row_count) {
  QHOST_KERNEL_LINES double sums[LANES] = {0};
  QHOST_KERNEL_LINES float largest[LANES], total[LANES];
  size_t i = 0;
  for (; i + 64 <= row_count; i += 64)
    add_losses(outputs + i, labels + i, class_count, row_count, 64, largest, total, sums);
  for (; i + 16 <= row_count; i += 16)
    add_losses(outputs + i, labels + i, class_count, row_count, 16, largest, total, sums);
  for (; i < row_count; i++)
    add_losses(outputs + i, labels + i, class_count, row_count, 1, largest, total, sums);
  return add_up(sums);
}

QHOST_WIDE
double qhost_kernel_cross_entropy_gradient(const float *restrict outputs,
                                           const float *restrict labels, size_t class_count,
                                           size_t row_count, float scale,
                                           float *restrict gradient) {
  QHOST_KERNEL_LINES double sums[LANES] = {0};
  QHOST_KERNEL_LINES float largest[LANES], total[LANES];
  size_t i = 0;
  for (; i + 64 <= row_count; i += 64) {
    add_losses(outputs + i, labels + i, class_count, row_count, 64, largest, total, sums);
    write_gradient(outputs + i, labels + i, class_count, row_count, 64, largest, total, scale,
                   gradient + i);
  }
  for (; i + 16 <= row_count; i += 16) {
    add_losses(outputs + i, labels + i, class_count, row_count, 16, largest, total, sums);
    write_gradient(outputs + i, labels + i, class_count, row_count, 16, largest, total, scale,
                   gradient + i);
  }
  for (; i + 4 <= row_count; i += 4) {
    /* As the one lane that follows, so that a row's place does not depend on how many there are. */
    double few[4] = {0};
    add_losses(outputs + i, labels + i, class_count, row_count, 4, largest, total, few);
    for (int l = 0; l < 4; l++) sums[0] += few[l];
    write_gradient(outputs + i, labels + i, class_count, row_count, 4, largest, total, scale,
                   gradient + i);
  }
  for (; i < row_count; i++) {
    add_losses(outputs + i, labels + i, class_count, row_count, 1, largest, total, sums);
    write_gradient(outputs + i, labels + i, class_count, row_count, 1, largest, total, scale,
                   gradient + i);
  }
  return add_up(sums);
}

QHOST_WIDE
double qhost_kernel_cross_entropy_rows(const float *restrict outputs, const float *restrict labels,
                                       size_t class_count, size_t stride, size_t row_count,
                                       float *restrict losses) {
  size_t i = 0;
  for (; i + 64 <= row_count; i += 64)
    write_losses(outputs + i, labels + i, class_count, stride, 64, losses + i);
  for (; i < row_count; i += 16)
    write_losses(outputs + i, labels + i, class_count, stride, 16, losses + i);
  double sum = 0.0;
  for (i = 0; i < row_count; i++) sum += (double)losses[i];
  return sum;
}

QHOST_INLINE double all_changes(const float *restrict after, const float *restrict before,
                                size_t count) {
  double sums[8] = {0};
  size_t i = 0;
  for (; i + 8 <= count; i += 8)
    for (size_t l = 0; l < 8; l++) sums[l] += (double)after[i + l] - (double)before[i + l];
  double sum = 0.0;
  for (size_t l = 0; l < 8; l++) sum += sums[l];
  for (; i < count; i++) sum += (double)after[i] - (double)before[i];
  return sum;
}

QHOST_WIDE
double qhost_kernel_loss_change(const float *restrict after, const float *restrict before,
                                const uint32_t *restrict rows, size_t count) {
  double sums[8] = {0};
  size_t i = 0;
  if (!rows) return all_changes(after, before, count);
  for (; i + 8 <= count; i += 8)
    for (size_t l = 0; l < 8; l++)
      sums[l] += (double)after[i + l] - (double)before[rows[i + l]];
  double sum = 0.0;
  for (size_t l = 0; l < 8; l++) sum += sums[l];
  for (; i < count; i++) sum += (double)after[i] - (double)before[rows[i]];
  return sum;
}
