#include "qhost_kernels_elementary.h"
#include "qhost_kernels_loss.h"

enum { LANES = 16 };

/*
 * The margin losses of `lanes` rows, and of each the class that comes nearest to the label's output or is
 * above it; -1 where there is none.
 */
QHOST_INLINE void find_losses(const float *restrict z, const float *restrict labels,
                              size_t class_count, size_t stride, size_t lanes,
                              float *restrict losses, float *restrict rivals) {
  QHOST_KERNEL_LINES float picked[LANES], largest[LANES], poison[LANES];
  for (size_t i = 0; i < lanes; i++) {
    picked[i] = __builtin_nanf("");
    largest[i] = -__builtin_inff();
    rivals[i] = -1.0f;
    poison[i] = 0.0f;
  }
  for (size_t c = 0; c < class_count; c++) {
    const float *restrict row = z + c * stride;
    float number = (float)c;
    QHOST_LANES
    for (size_t i = 0; i < lanes; i++) {
      float value = row[i], before = picked[i];
      int is_label = labels[i] == number;
      int wins = !is_label & (value > largest[i]);
      /* NaN of what is not finite, else 0: comparisons would pass over it. */
      poison[i] += value * 0.0f;
      picked[i] = is_label ? value : before;
      largest[i] = wins ? value : largest[i];
      rivals[i] = wins ? number : rivals[i];
    }
  }
  QHOST_LANES
  for (size_t i = 0; i < lanes; i++) {
    float loss = 1.0f + largest[i] - picked[i];
    losses[i] = (loss < 0.0f ? 0.0f : loss) + poison[i];
  }
}

QHOST_WIDE
double qhost_kernel_margin(const float *restrict outputs, const float *restrict labels,
                           size_t class_count, size_t row_count) {
  QHOST_KERNEL_LINES float losses[LANES], rivals[LANES];
  double sum = 0.0;
  for (size_t i = 0; i < row_count;) {
    size_t lanes = i + LANES <= row_count ? LANES : 1;
    find_losses(outputs + i, labels + i, class_count, row_count, lanes, losses, rivals);
    for (size_t l = 0; l < lanes; l++) sum += (double)losses[l];
    i += lanes;
  }
  return sum;
}

/* The losses of `lanes` rows and their slopes, 0 at the corner; NaN stays NaN. */
QHOST_INLINE void find_slopes(const float *restrict z, const float *restrict labels,
                              size_t class_count, size_t stride, size_t lanes, float scale,
                              float *restrict losses, float *restrict gradient) {
  QHOST_KERNEL_LINES float rivals[LANES], slopes[LANES];
  find_losses(z, labels, class_count, stride, lanes, losses, rivals);
  QHOST_LANES
  for (size_t i = 0; i < lanes; i++) {
    float loss = losses[i];
    int counts = (loss > 0.0f) | (loss != loss);
    float slope = counts ? scale + 0.0f * loss : 0.0f;
    int is_alone = (rivals[i] < 0.0f) & (slope == slope);
    slopes[i] = is_alone ? 0.0f : slope;
  }
  for (size_t c = 0; c < class_count; c++) {
    float *restrict row = gradient + c * stride;
    float number = (float)c;
    QHOST_LANES
    for (size_t i = 0; i < lanes; i++) {
      float sign = number == labels[i] ? -1.0f : number == rivals[i] ? 1.0f : 0.0f;
      row[i] = sign * slopes[i];
    }
  }
}

QHOST_WIDE
double qhost_kernel_margin_gradient(const float *restrict outputs, const float *restrict labels,
                                    size_t class_count, size_t row_count, float scale,
                                    float *restrict gradient) {
  QHOST_KERNEL_LINES float losses[LANES];
  double sum = 0.0;
  for (size_t i = 0; i < row_count;) {
    size_t lanes = i + LANES <= row_count ? LANES : 1;
    find_slopes(outputs + i, labels + i, class_count, row_count, lanes, scale, losses, gradient + i);
    for (size_t l = 0; l < lanes; l++) sum += (double)losses[l];
    i += lanes;
  }
  return sum;
}

QHOST_WIDE
double qhost_kernel_margin_rows(const float *restrict outputs, const float *restrict labels,
                                size_t class_count, size_t stride, size_t row_count,
                                float *restrict losses) {
  QHOST_KERNEL_LINES float rivals[LANES];
  double sum = 0.0;
  for (size_t i = 0; i < row_count; i += LANES) {
    find_losses(outputs + i, labels + i, class_count, stride, LANES, losses + i, rivals);
    for (size_t l = 0; l < LANES && i + l < row_count; l++) sum += (double)losses[i + l];
  }
  return sum;
}
