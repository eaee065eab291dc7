#include "integer_carry.h"

QHOST_WIDE
void qhost_kernel_integer_cut(const qhost_kernel_integer_layer *layers, size_t layer_count,
                              size_t unit, const uint8_t *x,
                              const qhost_kernel_integer_change *changes, size_t change_count,
                              size_t row_count, size_t stride, float scale, void *scratch,
                              float *outputs) {
  cut c = new_cut(layers, layer_count, unit, stride, scratch);
  size_t point = layers[layer_count - 1].output_count * row_count;
  for (size_t start = 0; start < row_count; start += STRIP) {
    enter_strip(&c, start);
    for (size_t k = 0; k < change_count; k++) {
      float *out = outputs + k * point + start;
      size_t rows = strip_rows(&c, row_count);
      if (layer_count == 1)
        cut_last(&c, x, changes + k, scale, out, row_count, rows);
      else
        finish(&c, carry(0, &c, changes + k, x), scale, out, row_count, rows);
    }
  }
}

QHOST_WIDE
void qhost_kernel_integer_move(const qhost_kernel_integer_layer *layers, size_t layer_count,
                               size_t unit, const uint8_t *x,
                               const qhost_kernel_integer_change *change, size_t stride,
                               void *scratch) {
  const qhost_kernel_integer_layer *last = layers + layer_count - 1;
  if (layer_count == 1) {
    int16_t *restrict sums = last->sums + unit * stride;
    for (size_t i = 0; x && i < stride; i++) sums[i] = (int16_t)(sums[i] + change->weight * x[i]);
    return;
  }
  cut c = new_cut(layers, layer_count, unit, stride, scratch);
  for (size_t start = 0; start < stride; start += STRIP) {
    enter_strip(&c, start);
    const changes *from = carry(1, &c, change, x);
    if (from->count == 0) continue;
    for (size_t o = 0; o < last->output_count; o++) {
      int16_t *sums = last->sums + o * stride + start;
      take_weights(&c, last, o, from);
      integer_product(c.weights, from->rows, from->count, sums, sums, c.lanes);
    }
  }
}
