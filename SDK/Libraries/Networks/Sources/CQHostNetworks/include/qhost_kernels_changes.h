/* What cuts of networks say of the rows that change. */
#ifndef QHOST_KERNELS_CHANGES_H
#define QHOST_KERNELS_CHANGES_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/*
 * Outputs of the rows that change, for each of K offsets. Offset k has its rows, ascending, at rows +
 * k S and its outputs at outputs + k C S, those of unit c at + c T, T being row_counts[k] rounded up to
 * a multiple of 16; what lies beyond row_counts[k] may be anything. S is a multiple of 16.
 */
typedef struct qhost_kernel_changes {
  size_t stride;        /* S */
  uint64_t *row_counts; /* [K] */
  uint32_t *rows;       /* [K x S] */
  float *outputs;       /* [K x C x S] */
} qhost_kernel_changes;

#pragma GCC visibility pop

#endif
