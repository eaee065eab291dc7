/*
 * Fully connected layers in integers on a block of rows, as an 8-bit machine computes them.
 *
 * Hidden unit j: h = T_j[clamp((sum + offset_j) >> shift_j, 0, 255)], sum = Σ_i w_ji h_i over the layer
 * before. Outputs: (sum + offset_j) scale. Sums and offsets are 16 bits wide and wrap around; weights
 * are signed bytes, inputs and h unsigned ones. Matrices [units x stride] are padded: the stride is a
 * multiple of 64, and lanes from row_count on hold numbers that nobody reads.
 */
#ifndef QHOST_KERNELS_INTEGER_H
#define QHOST_KERNELS_INTEGER_H

#include "qhost_kernels_base.h"
#include "qhost_kernels_changes.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/* A table that never falls has at most so many steps where it is counted up instead of looked up. */
#define QHOST_KERNEL_STEPS 15

typedef struct qhost_kernel_integer_table {
  uint8_t values[256];
  /* first + the number of steps below a place is the value there, if is_stairs; unused ones are 255. */
  uint8_t steps[QHOST_KERNEL_STEPS];
  uint8_t first;
  uint8_t is_stairs;
  uint8_t shift;
} qhost_kernel_integer_table;

/* What a unit does to its sum; outputs have no table. */
typedef struct qhost_kernel_integer_unit {
  const qhost_kernel_integer_table *table;
  int16_t offset;
} qhost_kernel_integer_unit;

/* A layer, and what is kept of it for a block of rows. */
typedef struct qhost_kernel_integer_layer {
  size_t input_count;
  size_t output_count;
  int8_t *weights;                  /* [M x N] */
  qhost_kernel_integer_unit *units; /* [M] */
  int16_t *sums;                    /* [M x stride], offsets not added */
  uint8_t *h;                       /* [M x stride]; unused in the last layer */
} qhost_kernel_integer_layer;

/* One place of a cut: what is added to the weight, and what the unit does to its sum there. */
typedef struct qhost_kernel_integer_change {
  int16_t weight;
  qhost_kernel_integer_unit unit;
} qhost_kernel_integer_change;

/* The rows that a kernel works on at a time, and the scratch memory of a cut in bytes. */
#define QHOST_KERNEL_INTEGER_STRIP 256
#define QHOST_KERNEL_INTEGER_SCRATCH(widest_layer) \
  ((4 * (widest_layer) + 6) * QHOST_KERNEL_INTEGER_STRIP + 16 * (widest_layer))

/* levels [N x stride] = clamp(floor(inputs [N x B] factor), 0, highest); NaN becomes 0. */
void qhost_kernel_integer_levels(const float *inputs, size_t input_count, size_t row_count,
                                 size_t stride, float factor, float highest, uint8_t *levels);

/* The sums of a layer, and its h unless it is the last. */
void qhost_kernel_integer_pass(const qhost_kernel_integer_layer *layer, int is_last,
                               const uint8_t *x, size_t stride);

/* outputs [C x B] = (sums + offsets) scale, output_stride apart. */
void qhost_kernel_integer_outputs(const qhost_kernel_integer_layer *layer, size_t row_count,
                                  size_t stride, float scale, size_t output_stride, float *outputs);

/*
 * Outputs [K x C x B] where unit `unit` of layers[0] becomes changes[k].unit and its sum changes by
 * changes[k].weight x; x [stride] is the input of the weight, or NULL. layers[layer_count - 1] is the
 * last.
 */
void qhost_kernel_integer_cut(const qhost_kernel_integer_layer *layers, size_t layer_count,
                              size_t unit, const uint8_t *x,
                              const qhost_kernel_integer_change *changes, size_t change_count,
                              size_t row_count, size_t stride, float scale, void *scratch,
                              float *outputs);

/*
 * qhost_kernel_integer_cut for the rows whose outputs may differ from those at the base point: where the
 * unit's own level changes. `strips` are the same layers with sums and h [M x strip] of their own;
 * `deltas` has room for one stride of words. Returns the rows that were found, over all changes.
 */
size_t qhost_kernel_integer_changes(const qhost_kernel_integer_layer *layers,
                                    const qhost_kernel_integer_layer *strips, size_t layer_count,
                                    size_t unit, const uint8_t *x,
                                    const qhost_kernel_integer_change *changes, size_t change_count,
                                    size_t row_count, size_t stride, float scale, void *scratch,
                                    int16_t *deltas, const qhost_kernel_changes *found);

/* Makes such a change to all sums and h; weight and unit themselves are the caller's. */
void qhost_kernel_integer_move(const qhost_kernel_integer_layer *layers, size_t layer_count,
                               size_t unit, const uint8_t *x,
                               const qhost_kernel_integer_change *change, size_t stride,
                               void *scratch);

#pragma GCC visibility pop

#endif
