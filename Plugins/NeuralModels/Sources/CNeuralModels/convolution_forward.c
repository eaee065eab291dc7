#include "convolution.h"

/* h of all planes from z, inside their margins. */
QHOST_INLINE void activate_planes(uint32_t activation, const qhost_kernel_stage *s, const float *z,
                                  float *h) {
  size_t height = pooled_height(s), lanes = pooled_width(s) * QHOST_KERNEL_LANES;
  size_t line = lanes + 2 * s->margin * QHOST_KERNEL_LANES;
  size_t inside = s->margin * (line + QHOST_KERNEL_LANES);
  for (size_t f = 0; f < s->filters; f++) {
    float *to = h + f * output_plane(s) * QHOST_KERNEL_LANES + inside;
    for (size_t row = 0; row < height; row++, z += lanes, to += line) {
      QHOST_LANES
      for (size_t i = 0; i < lanes; i++) to[i] = activate(activation, &s->table, z[i]);
    }
  }
}

/* A strip's planes, inside margins that are 0 already; lanes beyond the last row become 0. */
QHOST_INLINE void take_inputs(const qhost_kernel_stage *s, size_t margin, const float *values,
                              size_t row_count, size_t rows, float *x) {
  size_t height = s->height - 2 * margin, width = s->width - 2 * margin;
  for (size_t c = 0; c < s->channels; c++)
    for (size_t row = 0; row < height; row++) {
      size_t line = c * s->height + row + margin;
      float *to = x + (line * s->width + margin) * QHOST_KERNEL_LANES;
      for (size_t i = 0; i < width; i++, to += QHOST_KERNEL_LANES, values += row_count) {
        if (rows < QHOST_KERNEL_LANES) memset(to, 0, QHOST_KERNEL_LANES * sizeof *to);
        memcpy(to, values, rows * sizeof *to);
      }
    }
}

QHOST_WIDE
void qhost_kernel_convolution_forward(const qhost_kernel_stage *stages, size_t stage_count,
                                      const float *values, size_t margin, float *x, size_t x_step,
                                      size_t row_count, float *outputs) {
  const qhost_kernel_stage *last = stages + stage_count - 1;
  for (size_t start = 0, strip = 0; start < row_count; start += QHOST_KERNEL_LANES, strip++) {
    size_t rest = row_count - start;
    size_t rows = rest < QHOST_KERNEL_LANES ? rest : QHOST_KERNEL_LANES;
    float *packed = x + strip * x_step;
    take_inputs(stages, margin, values + start, row_count, rows, packed);
    const float *input = packed;
    for (const qhost_kernel_stage *s = stages; s <= last; s++) {
      float *u = s->u + strip * s->u_step, *z = s->z + strip * s->z_step;
      convolution c = layer_convolution(s, 0, s->channels);
      convolve(&c, input, NULL, u);
      pool(s, s->filters, u, z);
      if (s == last) break;
      float *h = s->h + strip * s->h_step;
      QHOST_WITH_ACTIVATION(s->activation, activate_planes, s, z, h)
      input = h;
    }
    const float *z = last->z + strip * last->z_step;
    for (size_t c = 0; c < last->filters; c++)
      memcpy(outputs + c * row_count + start, z + c * QHOST_KERNEL_LANES, rows * sizeof *z);
  }
}
