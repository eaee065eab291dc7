/* A change of one unit of an integer network, carried through the layers after it. */
#ifndef QHOST_KERNELS_INTEGER_CARRY_H
#define QHOST_KERNELS_INTEGER_CARRY_H

#include "integer.h"

/*
 * A change of one unit, carried through the layers after it one strip of rows at a time. Changes of h
 * are kept as words; units that change in no row of the strip are left out of what follows.
 */
enum { STRIP = QHOST_INTEGER_STRIP };

/* The changes of those units of a layer that change in the strip. */
typedef struct changes {
  size_t count;
  uint32_t *units; /* [widest layer] */
  int16_t *rows;   /* [widest layer x STRIP] */
} changes;

typedef struct cut {
  const qhost_kernel_integer_layer *layers;
  size_t layer_count;
  size_t unit;
  size_t stride;
  size_t start;    /* of the strip */
  size_t lanes;    /* of the strip, a multiple of 64 */
  uint8_t *places; /* [STRIP] */
  uint8_t *levels; /* [STRIP] */
  int16_t *sums;   /* [STRIP] */
  int8_t *weights; /* [widest layer] of one unit, from those that change */
  changes even, odd;
} cut;

QHOST_INLINE cut new_cut(const qhost_kernel_integer_layer *layers, size_t layer_count, size_t unit,
                         size_t stride, void *scratch) {
  size_t widest = 1;
  for (size_t l = 0; l < layer_count; l++)
    if (layers[l].output_count > widest) widest = layers[l].output_count;
  cut c = {.layers = layers, .layer_count = layer_count, .unit = unit, .stride = stride};
  c.even.rows = scratch;
  c.odd.rows = c.even.rows + widest * STRIP;
  c.sums = c.odd.rows + widest * STRIP;
  c.places = (uint8_t *)(c.sums + STRIP);
  c.levels = c.places + STRIP;
  c.even.units = (uint32_t *)(c.levels + STRIP);
  c.odd.units = c.even.units + widest;
  c.weights = (int8_t *)(c.odd.units + widest);
  return c;
}

QHOST_INLINE void enter_strip(cut *c, size_t start) {
  c->start = start;
  c->lanes = c->stride - start < STRIP ? c->stride - start : STRIP;
}

/* delta = h at the places - h; `keep` makes it the unit's h. Whether any row changes. */
QHOST_INLINE int take_levels(int keep, const cut *c, const qhost_kernel_integer_table *table,
                             uint8_t *restrict h, int16_t *restrict delta) {
  const uint8_t *restrict levels = c->levels;
  uint8_t changed = 0;
  size_t lanes = c->lanes; /* a copy: stores of bytes might change the original */
  table_values(table, c->places, c->levels, lanes);
  QHOST_BYTES
  for (size_t i = 0; i < lanes; i++) {
    uint8_t before = h[i], after = levels[i];
    changed |= before ^ after;
    delta[i] = (int16_t)((int16_t)after - (int16_t)before);
    if (keep) h[i] = after;
  }
  return changed != 0;
}

/* The change of the unit itself, whose sum changes by weight x. */
QHOST_INLINE int change_unit(int keep, cut *c, const qhost_kernel_integer_change *change,
                             const uint8_t *x) {
  size_t place = c->unit * c->stride + c->start, lanes = c->lanes;
  int16_t *restrict sums = c->layers->sums + place;
  uint8_t *restrict places = c->places;
  int16_t weight = change->weight, offset = change->unit.offset;
  int shift = change->unit.table->shift;
  const uint8_t *restrict column = x ? x + c->start : c->levels;
  if (!x) weight = 0;
  QHOST_BYTES
  for (size_t i = 0; i < lanes; i++) {
    int16_t sum = (int16_t)(sums[i] + weight * column[i]);
    places[i] = table_place((int16_t)(sum + offset), shift);
    if (keep) sums[i] = sum;
  }
  c->even.units[0] = (uint32_t)c->unit;
  c->even.count = 1;
  return take_levels(keep, c, change->unit.table, c->layers->h + place, c->even.rows);
}

/* One unit's weights from the units that change. */
QHOST_INLINE void take_weights(const cut *c, const qhost_kernel_integer_layer *layer, size_t unit,
                               const changes *from) {
  const int8_t *row = layer->weights + unit * layer->input_count;
  for (size_t n = 0; n < from->count; n++) c->weights[n] = row[from->units[n]];
}

/* The changes of a layer from those of the layer before it. */
QHOST_INLINE void pass_on(int keep, const cut *c, const qhost_kernel_integer_layer *layer,
                          const changes *from, changes *to) {
  int16_t *restrict after = c->sums;
  uint8_t *restrict places = c->places;
  size_t lanes = c->lanes;
  to->count = 0;
  for (size_t m = 0; m < layer->output_count; m++) {
    const qhost_kernel_integer_unit *unit = layer->units + m;
    size_t place = m * c->stride + c->start;
    int16_t offset = unit->offset;
    int shift = unit->table->shift;
    take_weights(c, layer, m, from);
    if (from->count == 1 && c->weights[0] == 0) continue;
    integer_product(c->weights, from->rows, from->count, layer->sums + place, after, lanes);
    QHOST_BYTES
    for (size_t i = 0; i < lanes; i++)
      places[i] = table_place((int16_t)(after[i] + offset), shift);
    if (keep) memcpy(layer->sums + place, after, lanes * sizeof *after);
    if (take_levels(keep, c, unit->table, layer->h + place, to->rows + to->count * STRIP))
      to->units[to->count++] = (uint32_t)m;
  }
}

/* Carries the changes in c->even on to the last layer; those of the layer before it. */
QHOST_INLINE const changes *carry_on(int keep, cut *c) {
  changes *now = &c->even, *next = &c->odd;
  for (size_t l = 1; l + 1 < c->layer_count && now->count > 0; l++) {
    pass_on(keep, c, c->layers + l, now, next);
    changes *spare = now;
    now = next;
    next = spare;
  }
  return now;
}

/* Carries the change of the unit on; none if no row changes. */
QHOST_INLINE const changes *carry(int keep, cut *c, const qhost_kernel_integer_change *change,
                                  const uint8_t *x) {
  if (!change_unit(keep, c, change, x)) c->even.count = 0;
  return carry_on(keep, c);
}

/* Outputs [C x rows] of the strip, which change by those of the layer before the last. */
QHOST_INLINE void finish(const cut *c, const changes *from, float scale, float *outputs,
                         size_t output_stride, size_t rows) {
  const qhost_kernel_integer_layer *last = c->layers + c->layer_count - 1;
  for (size_t o = 0; o < last->output_count; o++) {
    const int16_t *sums = last->sums + o * c->stride + c->start;
    if (from->count > 0) {
      take_weights(c, last, o, from);
      integer_product(c->weights, from->rows, from->count, sums, c->sums, c->lanes);
      sums = c->sums;
    }
    integer_outputs(sums, last->units[o].offset, scale, outputs + o * output_stride, rows);
  }
}

/* A cut of a unit of the last layer: one output changes. */
QHOST_INLINE void cut_last(const cut *c, const uint8_t *x,
                           const qhost_kernel_integer_change *change, float scale, float *outputs,
                           size_t output_stride, size_t rows) {
  const int16_t *restrict sums = c->layers->sums + c->unit * c->stride + c->start;
  int16_t *restrict after = c->sums;
  const uint8_t *restrict column = x ? x + c->start : c->levels;
  int16_t weight = x ? change->weight : 0;
  size_t lanes = c->lanes;
  changes none = {.count = 0};
  finish(c, &none, scale, outputs, output_stride, rows);
  QHOST_WORDS
  for (size_t i = 0; i < lanes; i++) after[i] = (int16_t)(sums[i] + weight * column[i]);
  integer_outputs(after, change->unit.offset, scale, outputs + c->unit * output_stride, rows);
}

/* Rows of the strip, of which there are row_count in all. */
QHOST_INLINE size_t strip_rows(const cut *c, size_t row_count) {
  size_t left = row_count - c->start;
  return left < c->lanes ? left : c->lanes;
}

#endif
