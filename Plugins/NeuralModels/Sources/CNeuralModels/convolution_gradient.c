#include "convolution.h"

enum { LANES = QHOST_KERNEL_LANES, TILE = 4 };

QHOST_INLINE float lane_sum(const qhost_rows *rows) {
  const float *v = (const float *)rows;
  float sum = 0.0f;
  for (int l = 0; l < 4; l++) sum += (v[l] + v[l + 4]) + (v[l + 8] + v[l + 12]);
  return sum;
}

/* Where g has the first place of u, from line to line, and from plane to plane. */
typedef struct sums_layout {
  size_t inside, line, plane;
} sums_layout;

QHOST_INLINE sums_layout layout_of(const qhost_kernel_stage *s) {
  size_t margin = s->kernel - 1, line = sum_width(s) + 2 * margin;
  return (sums_layout){margin * (line + 1), line, line * (sum_height(s) + 2 * margin)};
}

/* out += sums over places and rows of products of `F` planes of g with x at `T` taps; constants. */
QHOST_INLINE void weight_tile(size_t F, size_t T, const qhost_kernel_stage *s, const qhost_rows *g,
                              sums_layout at, const qhost_rows *x, const size_t *taps, float *out) {
  qhost_rows sums[TILE][TILE] = {0};
  size_t height = sum_height(s), width = sum_width(s);
  for (size_t row = 0; row < height; row++)
    for (size_t i = 0; i < width; i++) {
      const qhost_rows *slopes = g + row * at.line + i, *values = x + row * s->width + i;
#pragma clang loop unroll(full)
      for (size_t f = 0; f < F; f++)
#pragma clang loop unroll(full)
        for (size_t t = 0; t < T; t++) sums[f][t] += slopes[f * at.plane] * values[taps[t]];
    }
  for (size_t f = 0; f < F; f++)
    for (size_t t = 0; t < T; t++)
      out[f * s->channels * s->kernel * s->kernel + t] += lane_sum(&sums[f][t]);
}

QHOST_INLINE void weight_gradient(const qhost_kernel_stage *s, const float *g, const float *x,
                                  float *out) {
  sums_layout at = layout_of(s);
  size_t square = s->kernel * s->kernel, count = s->channels * square;
  const qhost_rows *slopes = (const qhost_rows *)g + at.inside, *values = (const qhost_rows *)x;
  for (size_t f = 0; f < s->filters;) {
    size_t filters = s->filters - f >= TILE ? TILE : 1;
    for (size_t n = 0; n < count;) {
      size_t taps = count - n >= TILE ? TILE : 1, places[TILE];
      for (size_t t = 0; t < taps; t++) {
        size_t channel = (n + t) / square, tap = (n + t) % square;
        places[t] = (channel * s->height + tap / s->kernel) * s->width + tap % s->kernel;
      }
#define QHOST_TILE(F, T)                                                                         \
  weight_tile(F, T, s, slopes + f * at.plane, at, values, places, out + f * count + n)
      if (filters == TILE && taps == TILE) QHOST_TILE(TILE, TILE);
      else if (filters == TILE) QHOST_TILE(TILE, 1);
      else if (taps == TILE) QHOST_TILE(1, TILE);
      else QHOST_TILE(1, 1);
#undef QHOST_TILE
      n += taps;
    }
    f += filters;
  }
}

QHOST_INLINE void bias_gradient(const qhost_kernel_stage *s, const float *g, float *out) {
  sums_layout at = layout_of(s);
  const qhost_rows *slopes = (const qhost_rows *)g + at.inside;
  for (size_t f = 0; f < s->filters; f++) {
    qhost_rows sum = {0};
    for (size_t row = 0; row < sum_height(s); row++)
      for (size_t i = 0; i < sum_width(s); i++) sum += slopes[f * at.plane + row * at.line + i];
    out[f] += lane_sum(&sum);
  }
}

/* The slope of one place of z goes to the first of the largest of its four places of u, or to all. */
QHOST_INLINE void unpool(const qhost_kernel_stage *s, const float *u, const float *slope, float *g,
                         size_t line) {
  const float *lower = u + sum_width(s) * LANES;
  float *below = g + line * LANES;
  int is_mean = s->pooling == QHOST_KERNEL_POOL_MEAN;
  QHOST_LANES
  for (size_t i = 0; i < LANES; i++) {
    float a = u[i], b = u[i + LANES], c = lower[i], d = lower[i + LANES], value = slope[i];
    float top = b > a ? b : a, bottom = d > c ? d : c;
    float above = bottom > top ? 0.0f : value, under = bottom > top ? value : 0.0f;
    g[i] = is_mean ? 0.25f * value : (b > a ? 0.0f : above);
    g[i + LANES] = is_mean ? 0.25f * value : (b > a ? above : 0.0f);
    below[i] = is_mean ? 0.25f * value : (d > c ? 0.0f : under);
    below[i + LANES] = is_mean ? 0.25f * value : (d > c ? under : 0.0f);
  }
}

/* g of u from slopes of z, both of one strip. */
QHOST_INLINE void spread_slopes(const qhost_kernel_stage *s, const float *u, const float *slopes,
                                float *g) {
  sums_layout at = layout_of(s);
  size_t height = pooled_height(s), width = pooled_width(s), step = s->pooling ? 2 : 1;
  for (size_t f = 0; f < s->filters; f++, u += sum_height(s) * sum_width(s) * LANES)
    for (size_t row = 0; row < height; row++)
      for (size_t i = 0; i < width; i++, slopes += LANES) {
        float *to = g + (f * at.plane + at.inside + step * (row * at.line + i)) * LANES;
        if (s->pooling) unpool(s, u + 2 * (row * sum_width(s) + i) * LANES, slopes, to, at.line);
        else memcpy(to, slopes, LANES * sizeof *to);
      }
}

/* Slopes of z, in place at the start of the buffer, from those of h with its margins. */
QHOST_INLINE void through_activation(uint32_t activation, const qhost_kernel_stage *s,
                                     const float *z, const float *h, float *slopes, float *knots) {
  size_t width = pooled_width(s), line = width + 2 * s->margin, to = 0;
  int from_z = activation == QHOST_KERNEL_SINE || activation == QHOST_KERNEL_LEARNED;
  for (size_t f = 0; f < s->filters; f++)
    for (size_t row = 0; row < pooled_height(s); row++) {
      size_t from = f * output_plane(s) + (row + s->margin) * line + s->margin;
      float *out = slopes + to * LANES, *in = slopes + from * LANES;
      memmove(out, in, width * LANES * sizeof *out);
      if (knots)
        qhost_kernel_knot_gradient(&s->table, z + to * LANES, out, 1, width * LANES, width * LANES,
                                   knots);
      const float *restrict value = from_z ? z + to * LANES : h + from * LANES;
      QHOST_LANES
      for (size_t i = 0; i < width * LANES; i++)
        out[i] *= activation_slope(activation, &s->table, value[i]);
      to += width;
    }
}

/* The weights with filters and channels exchanged and kernels turned about. */
QHOST_INLINE void turn_weights(const qhost_kernel_stage *s, float *turned) {
  size_t taps = s->kernel * s->kernel;
  for (size_t c = 0; c < s->channels; c++)
    for (size_t f = 0; f < s->filters; f++)
      for (size_t t = 0; t < taps; t++)
        *turned++ = s->weights[(f * s->channels + c) * taps + taps - 1 - t];
}

/* Slopes of a layer's input, margins included, from its g. */
QHOST_INLINE void input_slopes(const qhost_kernel_stage *s, const float *turned, const float *g,
                               float *slopes) {
  size_t taps = s->kernel * s->kernel, margin = s->kernel - 1;
  convolution c = {.weights = turned, .filter_step = s->filters * taps, .channel_step = taps,
                   .kernel = s->kernel, .channels = s->filters,
                   .height = sum_height(s) + 2 * margin, .width = sum_width(s) + 2 * margin,
                   .filters = s->channels, .bias = s->bias};
  memset(slopes, 0, s->channels * s->height * s->width * LANES * sizeof *slopes);
  convolve(&c, g, slopes, slopes);
}

/* Slopes of the outputs of a strip; 0 in lanes beyond the last row. */
QHOST_INLINE void take_slopes(size_t outputs, const float *slopes, size_t start, size_t row_count,
                              float *out) {
  size_t rows = row_count - start < LANES ? row_count - start : LANES;
  memset(out, 0, outputs * LANES * sizeof *out);
  for (size_t c = 0; c < outputs; c++)
    memcpy(out + c * LANES, slopes + c * row_count + start, rows * sizeof *out);
}

QHOST_WIDE
void qhost_kernel_convolution_gradient(const qhost_kernel_stage *stages,
                                       const qhost_kernel_stage_gradient *gradients,
                                       size_t stage_count, const float *x, size_t x_step,
                                       size_t row_count, const float *slopes, float *scratch) {
  for (size_t l = 1; l < stage_count; l++) turn_weights(stages + l, gradients[l].turned);
  for (size_t start = 0, strip = 0; start < row_count; start += LANES, strip++) {
    take_slopes(stages[stage_count - 1].filters, slopes, start, row_count, scratch);
    for (size_t l = stage_count; l-- > 0;) {
      const qhost_kernel_stage *s = stages + l;
      const qhost_kernel_stage_gradient *to = gradients + l;
      const float *u = s->u + strip * s->u_step, *z = s->z + strip * s->z_step;
      const float *input = l ? s[-1].h + strip * s[-1].h_step : x + strip * x_step;
      if (l + 1 < stage_count) {
        const float *h = s->h + strip * s->h_step;
        QHOST_WITH_ACTIVATION(s->activation, through_activation, s, z, h, scratch, to->knots)
      }
      spread_slopes(s, u, scratch, to->g);
      weight_gradient(s, to->g, input, to->weights);
      bias_gradient(s, to->g, to->bias);
      if (l) input_slopes(s, to->turned, to->g, scratch);
    }
  }
}
