/*
 * A product of two matrices of doubles, for the batches of a solver: a few rows to thousands, a few
 * dozen columns. The right factor stays in the first cache.
 */
#ifndef QHOST_KERNELS_PRODUCT_H
#define QHOST_KERNELS_PRODUCT_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/*
 * c = a b with a [rows x inner], b [inner x columns] and c [rows x columns]; `columns` is a multiple
 * of 8, rows of a are `a_stride` doubles apart. c overlaps neither a nor b.
 */
void qhost_kernel_product(size_t rows, size_t inner, size_t columns, const double *a,
                          size_t a_stride, const double *b, double *c);

#pragma GCC visibility pop

#endif
