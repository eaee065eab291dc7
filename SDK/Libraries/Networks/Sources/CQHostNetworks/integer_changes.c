#include "integer_carry.h"

/* Appends the rows of the strip whose delta is not 0; returns how many there are then. */
QHOST_INLINE size_t list_rows(const cut *c, size_t rows, const int16_t *delta, uint32_t *list,
                              int16_t *deltas, size_t count) {
  for (size_t i = 0; i < rows; i += 4) {
    uint64_t four;
    memcpy(&four, delta + i, sizeof four); /* strips end with lanes to spare */
    if (four == 0) continue;
    for (size_t j = i; j < i + 4 && j < rows; j++) {
      list[count] = (uint32_t)(c->start + j);
      deltas[count] = delta[j];
      count += delta[j] != 0;
    }
  }
  return count;
}

/* Whether the unit's sums change in the strip, or what it does to them. */
QHOST_INLINE int is_touched(const cut *c, const qhost_kernel_integer_change *change,
                            const uint8_t *x) {
  const qhost_kernel_integer_unit *before = c->layers->units + c->unit;
  if (change->unit.table != before->table || change->unit.offset != before->offset) return 1;
  if (!x || change->weight == 0) return 0;
  const uint8_t *column = x + c->start;
  uint8_t any = 0;
  for (size_t i = 0; i < c->lanes; i++) any |= column[i];
  return any != 0;
}

/* The rows where the unit's level changes, and by how much. */
QHOST_INLINE size_t find_rows(cut *c, const qhost_kernel_integer_change *change, const uint8_t *x,
                              size_t row_count, uint32_t *list, int16_t *deltas) {
  size_t count = 0;
  for (size_t start = 0; start < row_count; start += STRIP) {
    enter_strip(c, start);
    if (!is_touched(c, change, x) || !change_unit(0, c, change, x)) continue;
    count = list_rows(c, strip_rows(c, row_count), c->even.rows, list, deltas, count);
  }
  return count;
}

/* Copies what the layers after the unit's keep of `count` rows to the strip. */
QHOST_INLINE void gather(const qhost_kernel_integer_layer *layers,
                         const qhost_kernel_integer_layer *strips, size_t layer_count,
                         size_t stride, const uint32_t *list, size_t count) {
  for (size_t l = 1; l < layer_count; l++)
    for (size_t m = 0; m < layers[l].output_count; m++) {
      const int16_t *restrict sums = layers[l].sums + m * stride;
      const uint8_t *restrict h = layers[l].h + m * stride;
      int16_t *restrict sums_there = strips[l].sums + m * STRIP;
      uint8_t *restrict h_there = strips[l].h + m * STRIP;
      for (size_t i = 0; i < count; i++) sums_there[i] = sums[list[i]];
      if (l + 1 == layer_count) continue;
      for (size_t i = 0; i < count; i++) h_there[i] = h[list[i]];
    }
}

/* All rows, where a unit of the last layer changes. */
QHOST_INLINE void change_last(cut *c, const uint8_t *x, const qhost_kernel_integer_change *change,
                              size_t row_count, float scale, uint32_t *list, float *outputs) {
  size_t padded = (row_count + 15) & ~(size_t)15;
  for (size_t i = 0; i < row_count; i++) list[i] = (uint32_t)i;
  for (size_t start = 0; start < row_count; start += STRIP) {
    enter_strip(c, start);
    cut_last(c, x, change, scale, outputs + start, padded, strip_rows(c, row_count));
  }
}

QHOST_WIDE
size_t qhost_kernel_integer_changes(const qhost_kernel_integer_layer *layers,
                                    const qhost_kernel_integer_layer *strips, size_t layer_count,
                                    size_t unit, const uint8_t *x,
                                    const qhost_kernel_integer_change *changes, size_t change_count,
                                    size_t row_count, size_t stride, float scale, void *scratch,
                                    int16_t *deltas, const qhost_kernel_changes *found) {
  cut c = new_cut(layers, layer_count, unit, stride, scratch);
  cut s = new_cut(strips, layer_count, unit, STRIP, scratch);
  size_t outputs = layers[layer_count - 1].output_count, total = 0;
  for (size_t k = 0; k < change_count; k++) {
    uint32_t *list = found->rows + k * found->stride;
    float *out = found->outputs + k * outputs * found->stride;
    size_t count = row_count;
    if (layer_count == 1)
      change_last(&c, x, changes + k, row_count, scale, list, out);
    else
      count = find_rows(&c, changes + k, x, row_count, list, deltas);
    found->row_counts[k] = count;
    total += count;
    size_t padded = (count + 15) & ~(size_t)15;
    for (size_t start = 0; layer_count > 1 && start < count; start += STRIP) {
      size_t rows = count - start < STRIP ? count - start : STRIP;
      s.start = 0;
      s.lanes = (rows + 63) & ~(size_t)63;
      gather(layers, strips, layer_count, stride, list + start, rows);
      memset(s.even.rows, 0, s.lanes * sizeof *deltas);
      memcpy(s.even.rows, deltas + start, rows * sizeof *deltas);
      s.even.units[0] = (uint32_t)unit;
      s.even.count = 1;
      finish(&s, carry_on(0, &s), scale, out + start, padded, rows);
    }
  }
  return total;
}
