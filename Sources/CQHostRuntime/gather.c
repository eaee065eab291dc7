#include "qhost_kernels_elementary.h"
#include "qhost_kernels_gather.h"

/*
 * Squares of 16 rows by 16 columns are turned about in registers, so that reads and writes both fill
 * cache lines. A few squares of the same columns follow each other: their writes then share pages.
 */
enum { LANES = 16, ROWS = 64 };

typedef float vector __attribute__((vector_size(4 * LANES), aligned(4), may_alias));

/* Exchanges the blocks off the diagonal of all squares of twice `step`; the lists say from where. */
#define LIST(...) __VA_ARGS__
#define EXCHANGE(step, upper, lower)                              \
  _Pragma("clang loop unroll(full)")                              \
  for (int i = 0; i < LANES; i++) {                               \
    if (i & (step)) continue;                                     \
    vector a = rows[i], b = rows[i + (step)];                     \
    rows[i] = __builtin_shufflevector(a, b, upper);               \
    rows[i + (step)] = __builtin_shufflevector(a, b, lower);      \
  }

QHOST_INLINE void transpose(vector *rows) {
  EXCHANGE(8, LIST(0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
           LIST(8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31))
  EXCHANGE(4, LIST(0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27),
           LIST(4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31))
  EXCHANGE(2, LIST(0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29),
           LIST(2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31))
  EXCHANGE(1, LIST(0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30),
           LIST(1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31))
}

/*
 * The two parts of the kernel for a table of TYPE, whose elements READ(x) turns into numbers: columns from
 * `column` on, of which there are 16, of the 16 rows at `rows`; and those of rows [start, end), one number
 * after the other.
 */
#define PARTS(NAME, TYPE, READ)                                                                      \
  QHOST_INLINE void NAME##_square(const TYPE *source, const float *values, size_t width,             \
                                  const int64_t *rows, size_t column, size_t count, float *out) {    \
    vector square[LANES];                                                                            \
    _Pragma("clang loop unroll(full)")                                                               \
    for (int l = 0; l < LANES; l++) {                                                                \
      const TYPE *from = source + (size_t)rows[l] * width + column;                                  \
      float line[LANES];                                                                             \
      for (int c = 0; c < LANES; c++) line[c] = READ(from[c]);                                       \
      square[l] = *(const vector *)line;                                                             \
    }                                                                                                \
    transpose(square);                                                                               \
    _Pragma("clang loop unroll(full)")                                                               \
    for (int l = 0; l < LANES; l++) *(vector *)(out + (column + (size_t)l) * count) = square[l];     \
  }                                                                                                  \
  QHOST_INLINE void NAME##_rest(const TYPE *restrict source, const float *values, size_t width,      \
                                const int64_t *restrict rows, size_t start, size_t end,              \
                                size_t column, size_t count, float *restrict out) {                  \
    for (size_t f = column; f < width; f++)                                                          \
      for (size_t r = start; r < end; r++)                                                           \
        out[f * count + r] = READ(source[(size_t)rows[r] * width + f]);                              \
  }                                                                                                  \
  QHOST_INLINE void NAME##_all(const TYPE *restrict source, const float *values, size_t width,       \
                               const int64_t *restrict rows, size_t count, float *restrict out) {    \
    size_t whole = count / LANES * LANES, wide = width / LANES * LANES;                              \
    for (size_t start = 0; start < whole; start += ROWS) {                                           \
      size_t end = start + ROWS < whole ? start + ROWS : whole;                                      \
      for (size_t column = 0; column < wide; column += LANES)                                        \
        for (size_t r = start; r < end; r += LANES)                                                  \
          NAME##_square(source, values, width, rows + r, column, count, out + r);                    \
      NAME##_rest(source, values, width, rows, start, end, wide, count, out);                        \
    }                                                                                                \
    NAME##_rest(source, values, width, rows, whole, count, 0, count, out);                           \
  }

#define ITSELF(x) (x)
#define LISTED(x) values[x]
PARTS(reals, float, ITSELF)
PARTS(bytes, uint8_t, LISTED)
PARTS(words, uint16_t, LISTED)

QHOST_WIDE
void qhost_kernel_gather(const float *restrict source, size_t width, const int64_t *restrict rows,
                         size_t count, float *restrict out) {
  reals_all(source, NULL, width, rows, count, out);
}

QHOST_WIDE
void qhost_kernel_gather_bytes(const uint8_t *restrict source, const float *values, size_t width,
                               const int64_t *restrict rows, size_t count, float *restrict out) {
  bytes_all(source, values, width, rows, count, out);
}

QHOST_WIDE
void qhost_kernel_gather_words(const uint16_t *restrict source, const float *values, size_t width,
                               const int64_t *restrict rows, size_t count, float *restrict out) {
  words_all(source, values, width, rows, count, out);
}
