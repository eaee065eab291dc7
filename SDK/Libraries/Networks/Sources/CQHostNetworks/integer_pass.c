#include "integer.h"

QHOST_WIDE
void qhost_kernel_integer_levels(const float *inputs, size_t input_count, size_t row_count,
                                 size_t stride, float factor, float highest, uint8_t *levels) {
  for (size_t n = 0; n < input_count; n++) {
    const float *restrict from = inputs + n * row_count;
    uint8_t *restrict to = levels + n * stride;
    QHOST_LANES
    for (size_t i = 0; i < row_count; i++) {
      float level = from[i] * factor;
      level = level > 0.0f ? level : 0.0f;
      to[i] = (uint8_t)(int32_t)(level < highest ? level : highest);
    }
  }
}

/* sums = Σ w x over the inputs that have a weight. */
QHOST_INLINE void sum_bytes(const int8_t *restrict w, size_t input_count, const uint8_t *x,
                            size_t stride, int16_t *restrict sums, size_t lanes) {
  memset(sums, 0, lanes * sizeof *sums);
  for (size_t n = 0; n < input_count; n++) {
    const uint8_t *restrict column = x + n * stride;
    int16_t weight = w[n];
    if (weight == 0) continue;
    QHOST_WORDS
    for (size_t i = 0; i < lanes; i++) sums[i] = (int16_t)(sums[i] + weight * column[i]);
  }
}

/* h of one unit, from its sums. */
QHOST_INLINE void unit_levels(const qhost_kernel_integer_unit *unit, const int16_t *sums,
                              uint8_t *h, size_t lanes) {
  QHOST_KERNEL_LINES uint8_t places[QHOST_INTEGER_STRIP];
  int16_t offset = unit->offset;
  int shift = unit->table->shift;
  QHOST_BYTES
  for (size_t i = 0; i < lanes; i++)
    places[i] = table_place((int16_t)(sums[i] + offset), shift);
  table_values(unit->table, places, h, lanes);
}

QHOST_WIDE
void qhost_kernel_integer_pass(const qhost_kernel_integer_layer *layer, int is_last,
                               const uint8_t *x, size_t stride) {
  QHOST_KERNEL_LINES int16_t sums[QHOST_INTEGER_STRIP];
  for (size_t start = 0; start < stride; start += QHOST_INTEGER_STRIP) {
    size_t lanes = stride - start < QHOST_INTEGER_STRIP ? stride - start : QHOST_INTEGER_STRIP;
    for (size_t m = 0; m < layer->output_count; m++) {
      sum_bytes(layer->weights + m * layer->input_count, layer->input_count, x + start, stride, sums,
                lanes);
      memcpy(layer->sums + m * stride + start, sums, lanes * sizeof *sums);
      if (!is_last) unit_levels(layer->units + m, sums, layer->h + m * stride + start, lanes);
    }
  }
}

QHOST_WIDE
void qhost_kernel_integer_outputs(const qhost_kernel_integer_layer *layer, size_t row_count,
                                  size_t stride, float scale, size_t output_stride,
                                  float *outputs) {
  for (size_t m = 0; m < layer->output_count; m++)
    integer_outputs(layer->sums + m * stride, layer->units[m].offset, scale,
                    outputs + m * output_stride, row_count);
}
