/*
 * Losses along the weights of one unit, from what each row loses at the unit's places.
 *
 * Row r loses sum_p c[p][r] t^p, p < P, with the unit at t. A unit with two outputs is at -1 or 1, or at the mean of these
 * over noise; any other is at t where its sum is z + reach t, z being the sum where it was opened. B = rows.
 */
#ifndef QHOST_KERNELS_POTENTIAL_H
#define QHOST_KERNELS_POTENTIAL_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/* The place of a sum z of a unit with two outputs. */
#define QHOST_KERNEL_PLACE_TANH 0u /* tanh(steepness z): with noise */
#define QHOST_KERNEL_PLACE_STEP 2u /* z > 0 ? 1 : -1 */
#define QHOST_KERNEL_PLACE_SIGN 3u /* z >= 0 ? 1 : -1 */

/* The most coefficients of a row, and the numbers of one that has more than five: a cache line. */
#define QHOST_KERNEL_COEFFICIENTS 13
#define QHOST_KERNEL_POTENTIAL_LINE 16

/*
 * A unit's rows, what belongs to a row side by side: rows that are far apart are fetched at once. With P = 2 that is z
 * and c[1], of a unit with two outputs; else the place, what the row loses there, 1/reach and the coefficients.
 */
typedef struct qhost_kernel_potential {
  float *rows;              /* [B, rounded up to 16, x QHOST_KERNEL_POTENTIAL_LINE] */
  size_t coefficient_count; /* 2, 5, 9 or 13 */
  uint32_t place;           /* of P = 2 */
  float steepness;
} qhost_kernel_potential;

/* Rows [count] in which z changes by x [count] times an offset; rows NULL: 0 ..< count; x NULL: 1. */
typedef struct qhost_kernel_slopes {
  const uint32_t *rows;
  const float *x;
  size_t count;
} qhost_kernel_slopes;

/*
 * Fills the rows from coefficients [P x B] and, with P = 2, z [B], else the reach of each row [B]; returns the sum over
 * rows of what they lose.
 */
double qhost_kernel_potential_open(const qhost_kernel_potential *potential, const float *numbers,
                                   const float *coefficients, size_t row_count);

/*
 * changes [offset_count]: what the sum over rows changes by where z grows by offsets[k] x; 0 at offset 0. Returns how
 * often a row is at no place from -1 to 1, where its polynomial says nothing.
 */
size_t qhost_kernel_potential_cut(const qhost_kernel_potential *potential,
                                  const qhost_kernel_slopes *slopes, const float *offsets,
                                  size_t offset_count, double *changes);

/* z += offset x; returns what the sum over rows changes by. `outside` as above. */
double qhost_kernel_potential_move(const qhost_kernel_potential *potential,
                                   const qhost_kernel_slopes *slopes, float offset,
                                   size_t *outside);

/* With P = 2 the rows' z, else their places, [B]. */
void qhost_kernel_potential_places(const qhost_kernel_potential *potential, size_t row_count,
                                   float *places);

/* Adds x^2 to squares [B], and raises largest [B] to |x|. */
void qhost_kernel_row_sizes(const float *restrict x, size_t row_count, float *restrict squares,
                            float *restrict largest);

#pragma GCC visibility pop

#endif
