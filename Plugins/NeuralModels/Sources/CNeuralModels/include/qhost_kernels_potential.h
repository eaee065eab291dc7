/*
 * Losses along the weights of one unit, from what each row loses at the unit's places.
 *
 * A unit's output lies between two bounds; its place t is -1 at the lower, 1 at the higher, and linear between them.
 * Row r loses sum_p c[p][r] t^p, p < P. B = rows.
 */
#ifndef QHOST_KERNELS_POTENTIAL_H
#define QHOST_KERNELS_POTENTIAL_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/* The place of a sum z. */
#define QHOST_KERNEL_PLACE_TANH 0u /* tanh(steepness z) */
#define QHOST_KERNEL_PLACE_SINE 1u /* sin z */
#define QHOST_KERNEL_PLACE_STEP 2u /* z > 0 ? 1 : -1 */
#define QHOST_KERNEL_PLACE_SIGN 3u /* z >= 0 ? 1 : -1 */

/* The most coefficients of a row, and the numbers of one that has more than two: a cache line. */
#define QHOST_KERNEL_COEFFICIENTS 13
#define QHOST_KERNEL_POTENTIAL_LINE 16

/*
 * A unit's rows, what belongs to a row side by side: rows that are far apart are fetched at once. With P = 2 that is z
 * and c[1], else z, what the row loses at z, and the coefficients.
 */
typedef struct qhost_kernel_potential {
  float *rows;              /* [B, rounded up to 16, x QHOST_KERNEL_POTENTIAL_LINE], or half of a pair [B x 2] */
  size_t coefficient_count; /* 2, 5, 9 or 13 */
  uint32_t place;
  float steepness;
} qhost_kernel_potential;

/* Rows [count] in which z changes by x [count] times an offset; rows NULL: 0 ..< count; x NULL: 1. */
typedef struct qhost_kernel_slopes {
  const uint32_t *rows;
  const float *x;
  size_t count;
} qhost_kernel_slopes;

/* Fills the rows from z [B] and coefficients [P x B]; returns the sum over rows of what they lose. */
double qhost_kernel_potential_open(const qhost_kernel_potential *potential, const float *z,
                                   const float *coefficients, size_t row_count);

/* changes [offset_count]: what the sum over rows changes by where z grows by offsets[k] x; 0 at offset 0. */
void qhost_kernel_potential_cut(const qhost_kernel_potential *potential,
                                const qhost_kernel_slopes *slopes, const float *offsets,
                                size_t offset_count, double *changes);

/* z += offset x; returns what the sum over rows changes by. */
double qhost_kernel_potential_move(const qhost_kernel_potential *potential,
                                   const qhost_kernel_slopes *slopes, float offset);

/* The rows' sums, to z [B]. */
void qhost_kernel_potential_sums(const qhost_kernel_potential *potential, size_t row_count,
                                 float *z);

#pragma GCC visibility pop

#endif
