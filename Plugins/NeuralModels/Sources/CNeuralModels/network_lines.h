/*
 * Numbers of a row side by side. What a change of one unit needs of the layers after it is some tens of
 * numbers a row: in planes [units x rows] each is in a cache line of its own, here they share one or two.
 */
#ifndef QHOST_KERNELS_NETWORK_LINES_H
#define QHOST_KERNELS_NETWORK_LINES_H

#include "network_carry.h"

enum { LINE = QHOST_KERNEL_LINE };

#if defined(__clang__)
#define QHOST_UNROLL _Pragma("clang loop unroll(full)")
#else
#define QHOST_UNROLL
#endif

#if defined(__clang__)
typedef float line __attribute__((vector_size(4 * QHOST_KERNEL_LINE), aligned(64)));

#define QHOST_LOW_1 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30
#define QHOST_HIGH_1 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31
#define QHOST_LOW_2 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29
#define QHOST_HIGH_2 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31
#define QHOST_LOW_4 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27
#define QHOST_HIGH_4 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31
#define QHOST_LOW_8 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23
#define QHOST_HIGH_8 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31

/* Exchanges blocks of `step` numbers between those of `count` lines that are `step` apart. */
#define QHOST_EXCHANGE(lines, count, step)                                                     \
  QHOST_UNROLL for (int i = 0; i < count; i++) {                                               \
    if (i & step) continue;                                                                    \
    line a = lines[i], b = lines[i + step];                                                    \
    lines[i] = __builtin_shufflevector(a, b, QHOST_LOW_##step);                                \
    lines[i + step] = __builtin_shufflevector(a, b, QHOST_HIGH_##step);                        \
  }

/* The columns of 16 lines become lines. */
QHOST_INLINE void transpose(line *lines) {
  QHOST_EXCHANGE(lines, LINE, 1)
  QHOST_EXCHANGE(lines, LINE, 2)
  QHOST_EXCHANGE(lines, LINE, 4)
  QHOST_EXCHANGE(lines, LINE, 8)
}
#else
typedef struct line {
  float lanes[QHOST_KERNEL_LINE];
} line;

QHOST_INLINE void transpose(line *lines) {
  for (int i = 0; i < LINE; i++)
    for (int c = 0; c < i; c++) {
      float number = lines[i].lanes[c];
      lines[i].lanes[c] = lines[c].lanes[i];
      lines[c].lanes[i] = number;
    }
}
#endif

/* Each by itself: addresses that compilers compute as vectors have to come back one by one. */
QHOST_INLINE size_t alone(size_t number) {
#if defined(__GNUC__)
  __asm__("" : "+r"(number));
#endif
  return number;
}

/* Line `c` of a row of the list, or of all rows. */
QHOST_INLINE line *line_of(const qhost_kernel_lines *l, const uint32_t *rows, size_t start,
                           size_t place, size_t c) {
  size_t row = alone(rows ? rows[place] : start + place);
  return (line *)(void *)(l->numbers + row * l->width + c);
}

QHOST_INLINE line *strip_of(const qhost_kernel_lines *l, size_t column, size_t i) {
  return (line *)(void *)(l->strips + column * STRIP + i);
}

/*
 * Columns from `first_column` on of the rows `rows` [count], or of those from `start` on, to strips
 * [width x STRIP]. Lanes beyond the last row get the last row's numbers.
 */
QHOST_INLINE void enter_lines(const qhost_kernel_lines *l, const uint32_t *rows, size_t start,
                              size_t count, size_t first_column) {
  for (size_t c = first_column & ~(size_t)(LINE - 1); c < l->width; c += LINE)
    for (size_t i = 0; i < count; i += LINE) {
      line lines[LINE];
      if (i + LINE <= count) {
        QHOST_UNROLL
        for (size_t j = 0; j < LINE; j++) lines[j] = *line_of(l, rows, start, i + j, c);
      } else {
        QHOST_UNROLL
        for (size_t j = 0; j < LINE; j++)
          lines[j] = *line_of(l, rows, start, i + j < count ? i + j : count - 1, c);
      }
      transpose(lines);
      QHOST_UNROLL
      for (size_t j = 0; j < LINE; j++) *strip_of(l, c + j, i) = lines[j];
    }
}

/* Puts the columns back. */
QHOST_INLINE void leave_lines(const qhost_kernel_lines *l, const uint32_t *rows, size_t start,
                              size_t count, size_t first_column) {
  for (size_t c = first_column & ~(size_t)(LINE - 1); c < l->width; c += LINE)
    for (size_t i = 0; i < count; i += LINE) {
      line lines[LINE];
      QHOST_UNROLL
      for (size_t j = 0; j < LINE; j++) lines[j] = *strip_of(l, c + j, i);
      transpose(lines);
      if (i + LINE <= count) {
        QHOST_UNROLL
        for (size_t j = 0; j < LINE; j++) *line_of(l, rows, start, i + j, c) = lines[j];
      } else {
        QHOST_UNROLL
        for (size_t j = 0; j < LINE; j++)
          if (i + j < count) *line_of(l, rows, start, i + j, c) = lines[j];
      }
    }
}

#endif
