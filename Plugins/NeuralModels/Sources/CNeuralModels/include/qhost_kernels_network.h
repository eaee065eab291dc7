/*
 * Activations and cuts of fully connected layers on a block of rows: z = W h + b [units x B], h =
 * activation(z).
 *
 * A matrix of activations has its rows (samples) contiguous and a stride from unit to unit. Matrices
 * marked "padded" have a stride of a multiple of 16 and own it whole: lanes from row_count to the
 * stride hold numbers that nobody reads.
 */
#ifndef QHOST_KERNELS_NETWORK_H
#define QHOST_KERNELS_NETWORK_H

#include "qhost_kernels_base.h"
#include "qhost_kernels_changes.h"
#include "qhost_kernels_dense.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

#define QHOST_KERNEL_IDENTITY 0u
#define QHOST_KERNEL_TANH 1u
#define QHOST_KERNEL_RELU 2u
#define QHOST_KERNEL_SIGMOID 3u
#define QHOST_KERNEL_STEP 4u /* z > 0 ? 1 : 0 */
#define QHOST_KERNEL_SIGN 5u /* z >= 0 ? 1 : -1 */
#define QHOST_KERNEL_SINE 6u
#define QHOST_KERNEL_LEARNED 7u /* a table's value */

/*
 * A learned activation: values at `count` >= 2 knots, equally far apart from -range to range, linear
 * between them and constant beyond. scale = (count - 1) / (2 range). Other activations have no table.
 */
typedef struct qhost_kernel_table {
  const float *knots;
  size_t count;
  float range;
  float scale;
} qhost_kernel_table;

/* h = activation(z + bias) for z, h [M x stride], padded; h may be z. bias [M] may be NULL. */
void qhost_kernel_activate(uint32_t activation, const qhost_kernel_table *table, const float *bias,
                           const float *z, size_t unit_count, size_t stride, float *h);

/* z [M x B] += bias [M]. */
void qhost_kernel_add_bias(const float *restrict bias, size_t unit_count, size_t row_count,
                           size_t stride, float *restrict z);

/*
 * g *= activation'(z), where h is z for sine and learned and activation(z) for the others; g, h
 * [M x stride], padded.
 */
void qhost_kernel_activation_gradient(uint32_t activation, const qhost_kernel_table *table,
                                      const float *restrict h, size_t unit_count, size_t stride,
                                      float *restrict g);

/*
 * gradient [count] += the sum over rows and units of g d(value at z)/d(knot); z, g [M x stride], of
 * which row_count rows count.
 */
void qhost_kernel_knot_gradient(const qhost_kernel_table *table, const float *restrict z,
                                const float *restrict g, size_t unit_count, size_t stride,
                                size_t row_count, float *restrict gradient);

/* A layer with what is kept of it at the base point of cuts; z and h are padded. */
typedef struct qhost_kernel_layer {
  size_t input_count;
  size_t output_count;
  const float *weights; /* [M x N] */
  float *z;             /* [M x stride] */
  float *h;             /* [M x stride]; unused in the last layer, which has no activation */
  qhost_kernel_table table;
} qhost_kernel_layer;

/* The rows that a cut works on at a time, and the scratch numbers that it needs. */
#define QHOST_KERNEL_STRIP 128
#define QHOST_KERNEL_CUT_SCRATCH(widest_layer) ((2 * (widest_layer) + 2) * QHOST_KERNEL_STRIP)

/*
 * The outputs [K x C x B] where z of unit `unit` of layers[0] changes by offsets[k] x, x [B] being the
 * unit's input that the weight belongs to, or NULL for its bias. layers[layer_count - 1] is the last.
 */
void qhost_kernel_network_cut(const qhost_kernel_layer *layers, size_t layer_count,
                              uint32_t activation, size_t unit, const float *x,
                              const float *offsets, size_t offset_count, size_t row_count,
                              size_t stride, float *scratch, float *outputs);

/*
 * The outputs where knot `knot` of layers[0], which has a learned activation and is not the last,
 * changes by offsets[k].
 */
void qhost_kernel_network_knot_cut(const qhost_kernel_layer *layers, size_t layer_count, size_t knot,
                                   const float *offsets, size_t offset_count, size_t row_count,
                                   size_t stride, float *scratch, float *outputs);

/* Makes that change by `offset` to all z and h. */
void qhost_kernel_network_knot_move(const qhost_kernel_layer *layers, size_t layer_count,
                                    size_t knot, float offset, size_t row_count, size_t stride,
                                    float *scratch);

/*
 * The outputs [J x C x B] with h of unit `unit` of layers[0], which is not the last, at values[j] in all rows; or, where
 * `reach` [stride] is not NULL, with its z at z + reach values[j].
 */
void qhost_kernel_network_hold(const qhost_kernel_layer *layers, size_t layer_count,
                               uint32_t activation, size_t unit, const float *reach,
                               const float *values, size_t value_count, size_t row_count,
                               size_t stride, float *scratch, float *outputs);

/* Makes the change of a weight by `offset` to all z and h. */
void qhost_kernel_network_move(const qhost_kernel_layer *layers, size_t layer_count,
                               uint32_t activation, size_t unit, const float *x, float offset,
                               size_t row_count, size_t stride, float *scratch);

/* The rows of x [B] that are not 0, and their values; room for B + 1 of each. Returns their number. */
size_t qhost_kernel_nonzero_rows(const float *restrict x, size_t row_count, uint32_t *restrict rows,
                                 float *restrict values);

/*
 * z and h of the layers after the first, or z of the only one, with the numbers of a row side by side: a
 * column each for z and then h of a layer's units, and for z of the last layer's. `width` is a multiple
 * of QHOST_KERNEL_LINE, and both arrays begin at a cache line.
 */
#define QHOST_KERNEL_LINE 16
typedef struct qhost_kernel_lines {
  float *numbers; /* [B x width] */
  float *strips;  /* [width x QHOST_KERNEL_STRIP], room for the rows that are worked on */
  size_t width;
} qhost_kernel_lines;

/* Writes the lines from the layers' own z and h, or these from the lines. Layers are those in the lines. */
void qhost_kernel_lines_write(const qhost_kernel_lines *lines, const qhost_kernel_layer *layers,
                              const qhost_kernel_layer *strips, size_t layer_count,
                              size_t row_count, size_t stride);
void qhost_kernel_lines_read(const qhost_kernel_lines *lines, const qhost_kernel_layer *layers,
                             const qhost_kernel_layer *strips, size_t layer_count,
                             size_t row_count, size_t stride);

/* What cuts of changed rows work on, from a unit's layer on. */
typedef struct qhost_kernel_changes_memory {
  const qhost_kernel_layer *layers;
  const qhost_kernel_layer *strips; /* the same layers with z and h in the lines' strips */
  size_t layer_count;
  int is_in_lines; /* whether the first of them is in the lines */
  size_t stride;   /* of the layers' own z and h */
  qhost_kernel_lines lines;
  float *scratch; /* (2 widest_layer + 4) strips and two strides */
} qhost_kernel_changes_memory;

/*
 * qhost_kernel_network_cut for the rows `rows` [count] whose inputs x [count] are not 0; rows NULL: all
 * of them, in order, and x NULL: 1. An offset of 0 changes nothing.
 */
void qhost_kernel_network_changes(const qhost_kernel_changes_memory *memory, uint32_t activation,
                                  size_t unit, const uint32_t *rows, const float *x, size_t count,
                                  const float *offsets, size_t offset_count,
                                  const qhost_kernel_changes *changes);

/* Makes such a change to all z and h: those of layers in the lines there, and nowhere else. */
void qhost_kernel_network_move_changes(const qhost_kernel_changes_memory *memory,
                                       uint32_t activation, size_t unit, const uint32_t *rows,
                                       const float *x, size_t count, float offset,
                                       const qhost_kernel_changes *changes);

#pragma GCC visibility pop

#endif
