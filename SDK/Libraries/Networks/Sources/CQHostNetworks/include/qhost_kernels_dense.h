/*
 * Products of fully connected layers on a block of rows. A matrix of activations has its rows (samples)
 * contiguous and a stride from unit to unit.
 */
#ifndef QHOST_KERNELS_DENSE_H
#define QHOST_KERNELS_DENSE_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/*
 * z [M x B] = W x + bias for x [N x B]; W's element (m, n) is weights[m row_step + n column_step], so
 * that a transposed matrix is the two steps exchanged. bias [M] may be NULL.
 */
void qhost_kernel_dense(const float *restrict weights, size_t row_step, size_t column_step,
                        const float *restrict bias, const float *restrict x, size_t x_stride,
                        size_t input_count, size_t output_count, size_t row_count,
                        float *restrict z, size_t z_stride);

/*
 * The gradient of a layer: weights [M x N] = g x^T, bias [M] = the sum of g over rows, for g [M x B]
 * and x [N x B]; sums over rows are kept in 16 lanes.
 */
void qhost_kernel_dense_gradient(const float *restrict g, size_t g_stride, const float *restrict x,
                                 size_t x_stride, size_t input_count, size_t output_count,
                                 size_t row_count, float *restrict weights);
void qhost_kernel_row_sums(const float *restrict g, size_t stride, size_t unit_count,
                           size_t row_count, float *restrict sums);

#pragma GCC visibility pop

#endif
