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

QHOST_WIDE
void qhost_kernel_convolution_forward(const qhost_kernel_stage *stages, size_t stage_count,
                                      const float *x, size_t x_step, size_t row_count,
                                      float *outputs) {
  const qhost_kernel_stage *last = stages + stage_count - 1;
  for (size_t strip = 0; strip * QHOST_KERNEL_LANES < row_count; strip++) {
    const float *input = x + strip * x_step;
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
    size_t start = strip * QHOST_KERNEL_LANES, rest = row_count - start;
    size_t rows = rest < QHOST_KERNEL_LANES ? rest : QHOST_KERNEL_LANES;
    const float *z = last->z + strip * last->z_step;
    for (size_t c = 0; c < last->filters; c++)
      memcpy(outputs + c * row_count + start, z + c * QHOST_KERNEL_LANES, rows * sizeof *z);
  }
}
