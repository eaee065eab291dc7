#include "network_carry.h"

/* What h changes by where z goes to z + value reach, in c->change. */
QHOST_INLINE void reach_out(uint32_t activation, const cut *c, const float *reach, float value) {
  const float *h = c->layers->h + c->unit * c->stride + c->start;
  const float *z = c->layers->z + c->unit * c->stride + c->start;
  QHOST_LANES
  for (size_t i = 0; i < c->lanes; i++) c->inputs[i] = z[i] + value * reach[c->start + i];
  values_of(activation, &c->layers->table, c->inputs, c->change, c->lanes);
  QHOST_LANES
  for (size_t i = 0; i < c->lanes; i++) c->change[i] -= h[i];
}

/* What h changes by where it becomes `value`. */
QHOST_INLINE void set_all(const cut *c, float value) {
  const float *h = c->layers->h + c->unit * c->stride + c->start;
  QHOST_LANES
  for (size_t i = 0; i < c->lanes; i++) c->change[i] = value - h[i];
}

QHOST_INLINE void hold(uint32_t activation, cut *c, const float *reach, const float *values,
                       size_t value_count, size_t row_count, float *outputs) {
  size_t point = c->layers[c->layer_count - 1].output_count * row_count;
  for (size_t start = 0; start < row_count; start += STRIP) {
    enter_strip(c, start, row_count, NULL);
    for (size_t k = 0; k < value_count; k++) {
      if (reach)
        reach_out(activation, c, reach, values[k]);
      else
        set_all(c, values[k]);
      carry_change(activation, 0, c, outputs + k * point + start, row_count, c->rows);
    }
  }
}

QHOST_WIDE
void qhost_kernel_network_hold(const qhost_kernel_layer *layers, size_t layer_count,
                               uint32_t activation, size_t unit, const float *reach,
                               const float *values, size_t value_count, size_t row_count,
                               size_t stride, float *scratch, float *outputs) {
  cut c = new_cut(layers, layer_count, unit, stride, scratch);
  hold(activation, &c, reach, values, value_count, row_count, outputs);
}
