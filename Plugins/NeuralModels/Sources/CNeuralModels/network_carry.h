/* What cuts of a network have in common: a change of one unit, carried through the layers after it. */
#ifndef QHOST_KERNELS_NETWORK_CARRY_H
#define QHOST_KERNELS_NETWORK_CARRY_H

#include "activate.h"
#include "qhost_kernels_dense_strip.h"

/*
 * A change of one unit, carried through the layers after it one strip of rows at a time, so that what
 * is kept of a strip stays in the first-level cache over all offsets.
 */
enum { STRIP = QHOST_KERNEL_STRIP };

/* What the functions below have in common; only the strip changes. */
typedef struct cut {
  const qhost_kernel_layer *layers;
  size_t layer_count;
  size_t unit;
  size_t stride;
  size_t start;          /* of the strip */
  size_t rows;           /* of the strip */
  size_t lanes;          /* rows, rounded up to a multiple of 16 */
  float *inputs;         /* [STRIP] */
  float *change;         /* [STRIP] of the unit itself */
  float *even, *odd;     /* [widest layer x STRIP] of the layers after it, in turn */
} cut;

QHOST_INLINE int change_rows(uint32_t activation, int keep, const qhost_kernel_table *table, float w,
                             const float *x, float *z, float *h, float *delta, size_t lanes) {
  uint32_t changed = 0;
  QHOST_LANES
  for (size_t i = 0; i < lanes; i++) {
    float before = h[i], sum = z[i] + w * x[i], after = activate(activation, table, sum);
    float change = after - before;
    delta[i] = change;
    changed |= change != 0.0f;
    if (keep) {
      z[i] = sum;
      h[i] = after;
    }
  }
  return changed != 0;
}

#define QHOST_CHANGE_ROWS(activation, ...) changed = change_rows(activation, __VA_ARGS__)

/* delta = activation(z + w x) - h; `keep` makes z + w x the unit's z. Whether any delta is not 0. */
QHOST_INLINE int unit_change(uint32_t activation, int keep, const qhost_kernel_table *table, float w,
                             const float *x, float *z, float *h, float *delta, size_t lanes) {
  int changed = 0;
  QHOST_WITH_ACTIVATION(activation, QHOST_CHANGE_ROWS, keep, table, w, x, z, h, delta, lanes)
  return changed;
}

QHOST_INLINE void update_rows(uint32_t activation, int keep, const qhost_kernel_table *table, float *z,
                              float *h, float *delta, size_t lanes) {
  QHOST_LANES
  for (size_t i = 0; i < lanes; i++) {
    float before = h[i], sum = delta[i], after = activate(activation, table, sum);
    delta[i] = after - before;
    if (keep) {
      z[i] = sum;
      h[i] = after;
    }
  }
}

/* delta becomes activation(delta) - h, where it came as z; `keep` makes it the unit's z. */
QHOST_INLINE void unit_update(uint32_t activation, int keep, const qhost_kernel_table *table, float *z,
                              float *h, float *delta, size_t lanes) {
  QHOST_WITH_ACTIVATION(activation, update_rows, keep, table, z, h, delta, lanes)
}

/* The changes of the layer after the unit's, whose z change by one product each. */
QHOST_INLINE void spread(uint32_t activation, int keep, const cut *c, const qhost_kernel_layer *layer,
                         float *delta) {
  const float *weights = layer->weights + c->unit;
  for (size_t m = 0; m < layer->output_count; m++) {
    size_t place = m * c->stride + c->start;
    unit_change(activation, keep, &layer->table, weights[m * layer->input_count], c->change,
                layer->z + place, layer->h + place, delta + m * STRIP, c->lanes);
  }
}

/* The changes of a layer further on, from those of the layer before it. */
QHOST_INLINE void pass_on(uint32_t activation, int keep, const cut *c,
                          const qhost_kernel_layer *layer, const float *before, float *delta) {
  dense_strip(layer->weights, layer->input_count, 1, before, STRIP, layer->input_count,
              layer->output_count, layer->z + c->start, c->stride, delta, STRIP, c->lanes);
  for (size_t m = 0; m < layer->output_count; m++) {
    size_t place = m * c->stride + c->start;
    unit_update(activation, keep, &layer->table, layer->z + place, layer->h + place,
                delta + m * STRIP, c->lanes);
  }
}

/* Outputs [C x lanes] from the changes of `layer`, in c->even. */
QHOST_INLINE void finish(uint32_t activation, int keep, const cut *c,
                         const qhost_kernel_layer *layer, float *outputs, size_t output_stride,
                         size_t lanes) {
  const qhost_kernel_layer *last = c->layers + c->layer_count - 1;
  float *now = c->even, *next = c->odd;
  while (++layer < last) {
    pass_on(activation, keep, c, layer, now, next);
    float *spare = now;
    now = next;
    next = spare;
  }
  dense_strip(last->weights, last->input_count, 1, now, STRIP, last->input_count,
              last->output_count, last->z + c->start, c->stride, outputs, output_stride, lanes);
}

/* Outputs [C x lanes] from the changes of the unit, in c->change. */
QHOST_INLINE void carry_change(uint32_t activation, int keep, const cut *c, float *outputs,
                               size_t output_stride, size_t lanes) {
  const qhost_kernel_layer *layer = c->layers + 1, *last = c->layers + c->layer_count - 1;
  if (layer == last) {
    dense_strip(last->weights + c->unit, last->input_count, 1, c->change, STRIP, 1,
                last->output_count, last->z + c->start, c->stride, outputs, output_stride, lanes);
    return;
  }
  spread(activation, keep, c, layer, c->even);
  finish(activation, keep, c, layer, outputs, output_stride, lanes);
}

QHOST_INLINE cut new_cut(const qhost_kernel_layer *layers, size_t layer_count, size_t unit,
                         size_t stride, float *scratch) {
  size_t widest = 0;
  for (size_t l = 0; l < layer_count; l++)
    if (layers[l].output_count > widest) widest = layers[l].output_count;
  cut c = {.layers = layers, .layer_count = layer_count, .unit = unit, .stride = stride};
  c.inputs = scratch;
  c.change = scratch + STRIP;
  c.even = scratch + 2 * STRIP;
  c.odd = c.even + widest * STRIP;
  return c;
}

/*
 * Moves the cut to the strip at `start`; returns the unit's inputs there. Those of a bias are 1, and
 * those of a strip with lanes to spare are copied, since x ends with its last row.
 */
QHOST_INLINE const float *enter_strip(cut *c, size_t start, size_t row_count, const float *x) {
  c->start = start;
  c->rows = row_count - start < STRIP ? row_count - start : STRIP;
  c->lanes = (c->rows + 15) & ~(size_t)15;
  if (x && c->rows == c->lanes) return x + start;
  for (size_t i = 0; i < c->lanes; i++) c->inputs[i] = x ? 0.0f : 1.0f;
  if (x) memcpy(c->inputs, x + start, c->rows * sizeof *x);
  return c->inputs;
}

#endif
