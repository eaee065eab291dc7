/* Sums and tables in integers, on strips of rows; see qhost_kernels_integer.h. */
#ifndef QHOST_KERNELS_INTEGER_LANES_H
#define QHOST_KERNELS_INTEGER_LANES_H

#include "qhost_kernels_elementary.h"
#include "qhost_kernels_integer.h"

enum { QHOST_INTEGER_STRIP = QHOST_KERNEL_INTEGER_STRIP };

/* Bytes fill a 512-bit register 64 at a time; words then take two. */
#if defined(__clang__)
#define QHOST_BYTES \
  _Pragma("clang loop vectorize(assume_safety) vectorize_width(64) interleave(disable)")
#define QHOST_WORDS \
  _Pragma("clang loop vectorize(assume_safety) vectorize_width(32) interleave(disable)")
#else
#define QHOST_BYTES
#define QHOST_WORDS
#endif

/* Where a sum that has its offset lies in the unit's table: clamp(sum >> shift, 0, 255). */
QHOST_INLINE uint8_t table_place(int16_t sum, int shift) {
  int16_t highest = (int16_t)((256 << (shift & 7)) - 1);
  sum = sum > 0 ? sum : 0;
  sum = sum < highest ? sum : highest;
  return (uint8_t)((uint16_t)sum >> (shift & 7));
}

/* levels = the table's values at places: compares, 64 at a time, are faster than look-ups. */
QHOST_INLINE void table_values(const qhost_kernel_integer_table *table, const uint8_t *places,
                               uint8_t *levels, size_t lanes) {
  if (!table->is_stairs) {
    for (size_t i = 0; i < lanes; i++) levels[i] = table->values[places[i]];
    return;
  }
  uint8_t steps[QHOST_KERNEL_STEPS], first = table->first;
  memcpy(steps, table->steps, sizeof steps);
  QHOST_BYTES
  for (size_t i = 0; i < lanes; i++) {
    uint8_t place = places[i], level = first;
#pragma clang loop unroll(full)
    for (int t = 0; t < QHOST_KERNEL_STEPS; t++)
      level = place > steps[t] ? (uint8_t)(level + 1) : level;
    levels[i] = level;
  }
}

/* to = from + w x for `inputs` <= 8 inputs, a constant; `from` may be to. */
QHOST_INLINE void integer_tile(size_t inputs, const int8_t *restrict w, const int16_t *x,
                               const int16_t *from, int16_t *to, size_t lanes) {
  QHOST_WORDS
  for (size_t i = 0; i < lanes; i++) {
    int16_t sum = from[i];
#pragma clang loop unroll(full)
    for (size_t n = 0; n < inputs; n++) sum = (int16_t)(sum + w[n] * x[n * QHOST_INTEGER_STRIP + i]);
    to[i] = sum;
  }
}

/* to = from + w x for x [count x strip]. */
QHOST_INLINE void integer_product(const int8_t *restrict w, const int16_t *x, size_t count,
                                  const int16_t *from, int16_t *to, size_t lanes) {
  size_t n = 0;
#define QHOST_INTEGER_STEP(inputs)                                             \
  {                                                                            \
    integer_tile(inputs, w + n, x + n * QHOST_INTEGER_STRIP, from, to, lanes); \
    from = to;                                                                 \
    n += inputs;                                                               \
  }
  while (n + 8 <= count) QHOST_INTEGER_STEP(8)
  if (n + 4 <= count) QHOST_INTEGER_STEP(4)
  if (n + 2 <= count) QHOST_INTEGER_STEP(2)
  if (n < count) QHOST_INTEGER_STEP(1)
#undef QHOST_INTEGER_STEP
  if (count == 0 && to != from) memcpy(to, from, lanes * sizeof *to);
}

/* outputs = (sums + offset) scale. */
QHOST_INLINE void integer_outputs(const int16_t *sums, int16_t offset, float scale, float *outputs,
                                  size_t rows) {
  QHOST_LANES
  for (size_t i = 0; i < rows; i++) outputs[i] = (float)(int16_t)(sums[i] + offset) * scale;
}

#endif
