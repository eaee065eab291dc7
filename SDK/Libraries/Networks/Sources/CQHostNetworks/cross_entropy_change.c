#include "cross_entropy.h"
#include "qhost_kernels_loss.h"

/* Processors' own gathers and scatters take longer than one element after the other. */
#if defined(__clang__)
#define ONE_BY_ONE _Pragma("clang loop vectorize(disable) unroll_count(8)")
#else
#define ONE_BY_ONE
#endif

/* Labels and losses of the rows that change. Lanes beyond the last row have the label 0. */
QHOST_INLINE void fetch(const float *restrict labels, const float *restrict losses,
                        const uint32_t *restrict rows, size_t count, size_t lanes,
                        float *restrict label, float *restrict before) {
  if (rows) {
    ONE_BY_ONE
    for (size_t i = 0; i < count; i++) {
      label[i] = labels[rows[i]];
      before[i] = losses[rows[i]];
    }
  } else {
    memcpy(label, labels, count * sizeof *label);
    memcpy(before, losses, count * sizeof *before);
  }
  for (size_t i = count; i < lanes; i++) label[i] = before[i] = 0.0f;
}

/* Adds the changes of `count` rows, up to `lanes`, to `changes` [16]. */
QHOST_INLINE void add_changes(const float *restrict z, size_t class_count, size_t stride,
                              const float *restrict labels, const uint32_t *restrict rows,
                              size_t count, size_t lanes, int keep, float *restrict losses,
                              double *restrict changes) {
  QHOST_KERNEL_LINES float label[LANES], before[LANES], after[LANES], largest[LANES], total[LANES];
  QHOST_KERNEL_LINES double sums[LANES];
  fetch(labels, losses, rows, count, lanes, label, before);
  for (size_t i = 0; i < lanes; i++) sums[i] = 0.0;
  add_losses(z, label, class_count, stride, lanes, largest, total, sums);
  for (size_t i = 0; i < lanes; i++) after[i] = (float)sums[i];
  if (count < lanes)
    for (size_t i = count; i < lanes; i++) after[i] = before[i] = 0.0f;
  for (size_t i = 0; i < lanes; i += 16)
    for (size_t l = 0; l < 16; l++) changes[l] += (double)after[i + l] - (double)before[i + l];
  if (!keep) return;
  if (rows) {
    ONE_BY_ONE
    for (size_t i = 0; i < count; i++) losses[rows[i]] = after[i];
  } else {
    memcpy(losses, after, count * sizeof *losses);
  }
}

QHOST_WIDE
double qhost_kernel_cross_entropy_change(const float *restrict outputs, size_t class_count,
                                         size_t stride, const float *restrict labels,
                                         const uint32_t *restrict rows, size_t count, int keep,
                                         float *restrict losses) {
  QHOST_KERNEL_LINES double changes[16] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    add_changes(outputs + i, class_count, stride, rows ? labels : labels + i, rows ? rows + i : NULL,
                LANES, LANES, keep, rows ? losses : losses + i, changes);
  for (; i < count; i += 16)
    add_changes(outputs + i, class_count, stride, rows ? labels : labels + i, rows ? rows + i : NULL,
                count - i < 16 ? count - i : 16, 16, keep, rows ? losses : losses + i, changes);
  double sum = 0.0;
  for (size_t l = 0; l < 16; l++) sum += changes[l];
  return sum;
}
