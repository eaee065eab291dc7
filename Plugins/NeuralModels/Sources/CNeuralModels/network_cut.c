#include "network_carry.h"

/*
 * Outputs [C x lanes] where a unit with an activation changes by offset x; with `keep` they are the
 * last layer's own z. Returns 0, having written nothing, when no row changes.
 */
QHOST_INLINE int carry(uint32_t activation, int keep, const cut *c, const float *x, float offset,
                       float *outputs, size_t output_stride, size_t lanes) {
  const qhost_kernel_layer *layer = c->layers;
  size_t place = c->unit * c->stride + c->start;
  if (!unit_change(activation, keep, &layer->table, offset, x, layer->z + place, layer->h + place,
                   c->change, c->lanes))
    return 0;
  carry_change(activation, keep, c, outputs, output_stride, lanes);
  return 1;
}

QHOST_INLINE void copy_outputs(const cut *c, float *outputs, size_t output_stride) {
  const qhost_kernel_layer *last = c->layers + c->layer_count - 1;
  for (size_t o = 0; o < last->output_count; o++)
    memcpy(outputs + o * output_stride, last->z + o * c->stride + c->start,
           c->rows * sizeof *outputs);
}

QHOST_INLINE void cut_hidden(uint32_t activation, cut *c, const float *x, const float *offsets,
                             size_t offset_count, size_t row_count, float *outputs) {
  size_t point = c->layers[c->layer_count - 1].output_count * row_count;
  for (size_t start = 0; start < row_count; start += STRIP) {
    const float *inputs = enter_strip(c, start, row_count, x);
    for (size_t k = 0; k < offset_count; k++) {
      float *out = outputs + k * point + start;
      if (!carry(activation, 0, c, inputs, offsets[k], out, row_count, c->rows))
        copy_outputs(c, out, row_count);
    }
  }
}

QHOST_INLINE void cut_last(cut *c, const float *x, const float *offsets, size_t offset_count,
                           size_t row_count, float *outputs) {
  size_t point = c->layers->output_count * row_count;
  for (size_t start = 0; start < row_count; start += STRIP) {
    const float *inputs = enter_strip(c, start, row_count, x);
    const float *z = c->layers->z + c->unit * c->stride + start;
    for (size_t k = 0; k < offset_count; k++) {
      float *out = outputs + k * point + start, offset = offsets[k];
      copy_outputs(c, out, row_count);
      out += c->unit * row_count;
      QHOST_LANES
      for (size_t i = 0; i < c->rows; i++) out[i] = z[i] + offset * inputs[i];
    }
  }
}

QHOST_WIDE
void qhost_kernel_network_cut(const qhost_kernel_layer *layers, size_t layer_count,
                              uint32_t activation, size_t unit, const float *x,
                              const float *offsets, size_t offset_count, size_t row_count,
                              size_t stride, float *scratch, float *outputs) {
  cut c = new_cut(layers, layer_count, unit, stride, scratch);
  if (layer_count == 1) {
    cut_last(&c, x, offsets, offset_count, row_count, outputs);
    return;
  }
  cut_hidden(activation, &c, x, offsets, offset_count, row_count, outputs);
}

QHOST_INLINE void move_hidden(uint32_t activation, cut *c, const float *x, float offset,
                              size_t row_count) {
  float *z = c->layers[c->layer_count - 1].z;
  for (size_t start = 0; start < row_count; start += STRIP) {
    const float *inputs = enter_strip(c, start, row_count, x);
    carry(activation, 1, c, inputs, offset, z + start, c->stride, c->lanes);
  }
}

QHOST_WIDE
void qhost_kernel_network_move(const qhost_kernel_layer *layers, size_t layer_count,
                               uint32_t activation, size_t unit, const float *x, float offset,
                               size_t row_count, size_t stride, float *scratch) {
  if (layer_count > 1) {
    cut c = new_cut(layers, layer_count, unit, stride, scratch);
    move_hidden(activation, &c, x, offset, row_count);
    return;
  }
  float *restrict z = layers->z + unit * stride;
  for (size_t i = 0; i < row_count; i++) z[i] += x ? offset * x[i] : offset;
}

/* Outputs [C x lanes] where a knot of the first layer changes by an offset, and all units with it. */
QHOST_INLINE void carry_knot(int keep, const cut *c, size_t knot, float offset, float *outputs,
                             size_t output_stride, size_t lanes) {
  const qhost_kernel_layer *layer = c->layers;
  for (size_t m = 0; m < layer->output_count; m++) {
    const float *z = layer->z + m * c->stride + c->start;
    float *h = layer->h + m * c->stride + c->start, *delta = c->even + m * STRIP;
    QHOST_LANES
    for (size_t i = 0; i < c->lanes; i++) {
      float change = offset * knot_share(&layer->table, knot, z[i]);
      delta[i] = change;
      if (keep) h[i] += change;
    }
  }
  finish(QHOST_KERNEL_LEARNED, keep, c, layer, outputs, output_stride, lanes);
}

QHOST_WIDE
void qhost_kernel_network_knot_cut(const qhost_kernel_layer *layers, size_t layer_count, size_t knot,
                                   const float *offsets, size_t offset_count, size_t row_count,
                                   size_t stride, float *scratch, float *outputs) {
  cut c = new_cut(layers, layer_count, 0, stride, scratch);
  size_t point = layers[layer_count - 1].output_count * row_count;
  for (size_t start = 0; start < row_count; start += STRIP) {
    enter_strip(&c, start, row_count, NULL);
    for (size_t k = 0; k < offset_count; k++)
      carry_knot(0, &c, knot, offsets[k], outputs + k * point + start, row_count, c.rows);
  }
}

QHOST_WIDE
void qhost_kernel_network_knot_move(const qhost_kernel_layer *layers, size_t layer_count,
                                    size_t knot, float offset, size_t row_count, size_t stride,
                                    float *scratch) {
  cut c = new_cut(layers, layer_count, 0, stride, scratch);
  float *z = layers[layer_count - 1].z;
  for (size_t start = 0; start < row_count; start += STRIP) {
    enter_strip(&c, start, row_count, NULL);
    carry_knot(1, &c, knot, offset, z + start, stride, c.lanes);
  }
}
