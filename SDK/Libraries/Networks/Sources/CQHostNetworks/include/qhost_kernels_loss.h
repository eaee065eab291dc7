/*
 * Losses of outputs [C x B], rows contiguous, C >= 1.
 *
 * Sums are kept in double by 64 lanes that are added up last, in order: the result depends on the
 * buffers alone. A NaN anywhere makes the sum NaN.
 */
#ifndef QHOST_KERNELS_LOSS_H
#define QHOST_KERNELS_LOSS_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/*
 * The sum over rows of ln(sum_c e^z_c) - z_label. Labels are class numbers; one that is not a class
 * makes the sum NaN, and so does an output of +infinity.
 */
double qhost_kernel_cross_entropy(const float *restrict outputs, const float *restrict labels,
                                  size_t class_count, size_t row_count);

/* The same sum; gradient [C x B] = scale (softmax(z) - e_label), 0 below 2^-90. */
double qhost_kernel_cross_entropy_gradient(const float *restrict outputs,
                                           const float *restrict labels, size_t class_count,
                                           size_t row_count, float scale,
                                           float *restrict gradient);

/* The sum of (o - t)^2 over all elements. */
double qhost_kernel_squared_error(const float *restrict outputs, const float *restrict targets,
                                  size_t count);

/* The same sum; gradient = 2 scale (o - t). */
double qhost_kernel_squared_error_gradient(const float *restrict outputs,
                                           const float *restrict targets, size_t count, float scale,
                                           float *restrict gradient);

/* The sum of |o - t| over all elements. */
double qhost_kernel_absolute_error(const float *restrict outputs, const float *restrict targets,
                                   size_t count);

/* The same sum; gradient = scale sign(o - t), 0 where they are equal. */
double qhost_kernel_absolute_error_gradient(const float *restrict outputs,
                                            const float *restrict targets, size_t count,
                                            float scale, float *restrict gradient);

/*
 * Rows whose largest output is not the label. The first of equal ones is the largest; NaN never is,
 * and a row of NaN alone counts.
 */
size_t qhost_kernel_error_count(const float *restrict outputs, const float *restrict labels,
                                size_t class_count, size_t row_count);

/*
 * The sum over rows of max(0, 1 + max_{c != label} z_c - z_label); 0 with one class, NaN where an output is not
 * finite or a label is not a class.
 */
double qhost_kernel_margin(const float *restrict outputs, const float *restrict labels,
                           size_t class_count, size_t row_count);

/* The same sum; gradient = scale (e_rival - e_label) where a row's loss is above 0, else 0. */
double qhost_kernel_margin_gradient(const float *restrict outputs, const float *restrict labels,
                                    size_t class_count, size_t row_count, float scale,
                                    float *restrict gradient);

/*
 * The loss of each of `row_count` rows, written to losses [row_count rounded up to 16], for outputs
 * [C x stride] and labels of which 16 lanes are readable wherever one is. Returns their sum.
 */
double qhost_kernel_cross_entropy_rows(const float *restrict outputs, const float *restrict labels,
                                       size_t class_count, size_t stride, size_t row_count,
                                       float *restrict losses);

/* The same with 1 for a row whose largest output is not the label, else 0. */
double qhost_kernel_error_rows(const float *restrict outputs, const float *restrict labels,
                               size_t class_count, size_t stride, size_t row_count,
                               float *restrict losses);

/* The same with the margin loss of each row. */
double qhost_kernel_margin_rows(const float *restrict outputs, const float *restrict labels,
                                size_t class_count, size_t stride, size_t row_count,
                                float *restrict losses);

/*
 * By how much the sum of the rows' cross-entropies changes where the outputs of the rows `rows` [count] become
 * outputs [C x stride], of which 16 lanes are readable wherever one is; rows NULL: 0 ..< count. `labels` and
 * `losses` are those of all rows; with `keep` the losses become the new ones.
 */
double qhost_kernel_cross_entropy_change(const float *restrict outputs, size_t class_count,
                                         size_t stride, const float *restrict labels,
                                         const uint32_t *restrict rows, size_t count, int keep,
                                         float *restrict losses);

/* The sum over i of after[i] - before[rows[i]], in double; rows NULL: before[i]. */
double qhost_kernel_loss_change(const float *restrict after, const float *restrict before,
                                const uint32_t *restrict rows, size_t count);

#pragma GCC visibility pop

#endif
