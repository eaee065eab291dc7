/* One strip of 16 rows through a convolution, in tiles of filters by neighbouring places. */
#ifndef QHOST_KERNELS_CONVOLVE_H
#define QHOST_KERNELS_CONVOLVE_H

#include "activate.h"
#include "qhost_kernels_convolution.h"

/* The 16 rows of one place. */
typedef float qhost_rows __attribute__((vector_size(4 * QHOST_KERNEL_LANES), may_alias));

QHOST_INLINE size_t sum_height(const qhost_kernel_stage *s) { return s->height - s->kernel + 1; }
QHOST_INLINE size_t sum_width(const qhost_kernel_stage *s) { return s->width - s->kernel + 1; }
QHOST_INLINE size_t pooled_height(const qhost_kernel_stage *s) {
  return s->pooling ? sum_height(s) / 2 : sum_height(s);
}
QHOST_INLINE size_t pooled_width(const qhost_kernel_stage *s) {
  return s->pooling ? sum_width(s) / 2 : sum_width(s);
}
/* Places of a plane of h. */
QHOST_INLINE size_t output_plane(const qhost_kernel_stage *s) {
  return (pooled_height(s) + 2 * s->margin) * (pooled_width(s) + 2 * s->margin);
}

/* A convolution of channels with what is summed before it: `from`, or the bias where that is NULL. */
typedef struct convolution {
  const float *weights; /* of the first filter and the first channel */
  size_t filter_step, channel_step, kernel;
  size_t channels, height, width; /* of the input */
  size_t filters;
  const float *bias;
} convolution;

/* `F` filters at `X` neighbouring places, both constants. */
QHOST_INLINE void convolve_tile(size_t F, size_t X, const convolution *c, const float *w,
                                const float *bias, const qhost_rows *x, const qhost_rows *from,
                                qhost_rows *u, size_t u_plane) {
  qhost_rows sums[8][4];
#pragma clang loop unroll(full)
  for (size_t f = 0; f < F; f++)
#pragma clang loop unroll(full)
    for (size_t i = 0; i < X; i++)
      sums[f][i] = from ? from[f * u_plane + i] : (qhost_rows){0} + bias[f];
  for (size_t n = 0; n < c->channels; n++, w += c->channel_step, x += c->height * c->width)
    for (size_t row = 0; row < c->kernel; row++)
      for (size_t column = 0; column < c->kernel; column++) {
        const qhost_rows *values = x + row * c->width + column;
        const float *weights = w + row * c->kernel + column;
#pragma clang loop unroll(full)
        for (size_t f = 0; f < F; f++)
#pragma clang loop unroll(full)
          for (size_t i = 0; i < X; i++) sums[f][i] += weights[f * c->filter_step] * values[i];
      }
#pragma clang loop unroll(full)
  for (size_t f = 0; f < F; f++)
#pragma clang loop unroll(full)
    for (size_t i = 0; i < X; i++) u[f * u_plane + i] = sums[f][i];
}

/* All places of `F` filters. */
QHOST_INLINE void convolve_filters(size_t F, const convolution *c, size_t first, const qhost_rows *x,
                                   const qhost_rows *from, qhost_rows *u) {
  size_t height = c->height - c->kernel + 1, width = c->width - c->kernel + 1;
  size_t plane = height * width;
  const float *w = c->weights + first * c->filter_step, *bias = c->bias + first;
  if (from) from += first * plane;
  u += first * plane;
  for (size_t row = 0; row < height; row++) {
    size_t i = 0;
#define QHOST_CONVOLVE(X)                                                                        \
  convolve_tile(F, X, c, w, bias, x + row * c->width + i,                                        \
                from ? from + row * width + i : NULL, u + row * width + i, plane)
    if (F <= 4)
      for (; i + 4 <= width; i += 4) QHOST_CONVOLVE(4);
    for (; i < width; i++) QHOST_CONVOLVE(1);
#undef QHOST_CONVOLVE
  }
}

/* u [filters x places] = from + W * x; `from` may be u. */
QHOST_INLINE void convolve(const convolution *c, const float *x, const float *from, float *u) {
  const qhost_rows *in = (const qhost_rows *)x, *before = (const qhost_rows *)from;
  qhost_rows *out = (qhost_rows *)u;
  size_t first = 0;
  if (c->width == c->kernel)
    for (; first + 8 <= c->filters; first += 8) convolve_filters(8, c, first, in, before, out);
  for (; first + 4 <= c->filters; first += 4) convolve_filters(4, c, first, in, before, out);
  for (; first < c->filters; first++) convolve_filters(1, c, first, in, before, out);
}

/* That of a layer, of its channels first ..< first + count. */
QHOST_INLINE convolution layer_convolution(const qhost_kernel_stage *s, size_t first, size_t count) {
  size_t taps = s->kernel * s->kernel;
  return (convolution){.weights = s->weights + first * taps, .filter_step = s->channels * taps,
                       .channel_step = taps, .kernel = s->kernel, .channels = count,
                       .height = s->height, .width = s->width, .filters = s->filters,
                       .bias = s->bias};
}

/* The larger of two; NaN if either is. */
QHOST_INLINE float larger(float a, float b) { return b <= a ? a : (a == a ? b : a); }

/* z of `filters` planes from u; nothing to do without pooling. */
QHOST_INLINE void pool(const qhost_kernel_stage *s, size_t filters, const float *u, float *z) {
  if (s->pooling == QHOST_KERNEL_POOL_NONE) return;
  size_t height = pooled_height(s), width = pooled_width(s), below = sum_width(s);
  int is_mean = s->pooling == QHOST_KERNEL_POOL_MEAN;
  for (size_t f = 0; f < filters; f++, u += sum_height(s) * below * QHOST_KERNEL_LANES)
    for (size_t row = 0; row < height; row++)
      for (size_t column = 0; column < width; column++, z += QHOST_KERNEL_LANES) {
        const float *a = u + 2 * (row * below + column) * QHOST_KERNEL_LANES;
        const float *b = a + QHOST_KERNEL_LANES, *c = a + below * QHOST_KERNEL_LANES;
        const float *d = c + QHOST_KERNEL_LANES;
        QHOST_LANES
        for (size_t i = 0; i < QHOST_KERNEL_LANES; i++)
          z[i] = is_mean ? ((a[i] + b[i]) + (c[i] + d[i])) * 0.25f
                         : larger(larger(a[i], b[i]), larger(c[i], d[i]));
      }
}

#endif
