#include "convolution.h"

/*
 * A change of one parameter, carried through the layers after it one strip of rows at a time, so that
 * what is kept of a strip stays in the second-level cache over all offsets.
 */
enum { LANES = QHOST_KERNEL_LANES };

/* What the functions below have in common; only the strip changes. */
typedef struct cut {
  const qhost_kernel_stage *stages, *last;
  qhost_kernel_parameter at;
  const qhost_kernel_cut_scratch *scratch;
  size_t strip;
  const float *x; /* the input of the parameter's layer, of the strip */
} cut;

/*
 * Changes of h of planes first ..< first + count into `delta`, from their new z; `keep` makes those
 * their z and h. Whether any change is not 0.
 */
QHOST_INLINE int plane_changes(uint32_t activation, int keep, const qhost_kernel_stage *s,
                               size_t count, const float *sums, float *z, float *h, float *delta) {
  size_t height = pooled_height(s), lanes = pooled_width(s) * LANES;
  size_t line = lanes + 2 * s->margin * LANES, plane = output_plane(s) * LANES;
  size_t inside = s->margin * (line + LANES);
  uint32_t changed = 0;
  for (size_t f = 0; f < count; f++)
    for (size_t row = 0; row < height; row++, sums += lanes, z += lanes) {
      float *to = delta + f * plane + inside + row * line, *own = h + f * plane + inside + row * line;
      QHOST_LANES
      for (size_t i = 0; i < lanes; i++) {
        float sum = sums[i], before = own[i], after = activate(activation, &s->table, sum);
        float change = after - before;
        to[i] = change;
        changed |= change != 0.0f;
        if (keep) {
          z[i] = sum;
          own[i] = after;
        }
      }
    }
  return changed != 0;
}

/* The same for a knot, with which h of all planes changes in proportion. */
QHOST_INLINE void knot_changes(int keep, const qhost_kernel_stage *s, size_t knot, float offset,
                               const float *z, float *h, float *delta) {
  size_t height = pooled_height(s), lanes = pooled_width(s) * LANES;
  size_t line = lanes + 2 * s->margin * LANES, plane = output_plane(s) * LANES;
  size_t inside = s->margin * (line + LANES);
  for (size_t f = 0; f < s->filters; f++)
    for (size_t row = 0; row < height; row++, z += lanes) {
      float *to = delta + f * plane + inside + row * line, *own = h + f * plane + inside + row * line;
      QHOST_LANES
      for (size_t i = 0; i < lanes; i++) {
        float change = offset * knot_share(&s->table, knot, z[i]);
        to[i] = change;
        if (keep) own[i] += change;
      }
    }
}

/* u of the parameter's filter where the parameter changes by `offset`. */
QHOST_INLINE void changed_sums(const cut *c, const qhost_kernel_stage *s, float offset,
                               const float *u, float *out) {
  size_t height = sum_height(s), width = sum_width(s);
  const qhost_rows *from = (const qhost_rows *)u;
  qhost_rows *to = (qhost_rows *)out;
  if (c->at.channel == SIZE_MAX) {
    for (size_t i = 0; i < height * width; i++) to[i] = from[i] + offset;
    return;
  }
  size_t line = c->at.channel * s->height + c->at.tap / s->kernel;
  const qhost_rows *x = (const qhost_rows *)c->x + line * s->width + c->at.tap % s->kernel;
  for (size_t row = 0; row < height; row++)
    for (size_t i = 0; i < width; i++)
      to[row * width + i] = from[row * width + i] + offset * x[row * s->width + i];
}

QHOST_INLINE int layer_changes(int keep, const qhost_kernel_stage *s, size_t count, const float *sums,
                               float *z, float *h, float *delta) {
  int changed = 0;
#define QHOST_CHANGES(activation, ...) changed = plane_changes(activation, __VA_ARGS__)
  QHOST_WITH_ACTIVATION(s->activation, QHOST_CHANGES, keep, s, count, sums, z, h, delta)
#undef QHOST_CHANGES
  return changed;
}

/*
 * The last layer's z of a strip where the parameter changes by `offset`; `keep` makes all changes.
 * NULL when no row changes.
 */
QHOST_INLINE const float *carry(int keep, const cut *c, float offset) {
  const qhost_kernel_stage *s = c->stages + c->at.stage;
  const qhost_kernel_cut_scratch *room = c->scratch;
  size_t plane = output_plane(s), first = 0, count = s->filters * plane;
  float *delta = room->even, *next = room->odd;
  float *u = s->u + c->strip * s->u_step, *z = s->z + c->strip * s->z_step;
  float *h = s->h + c->strip * s->h_step;
  if (c->at.filter == SIZE_MAX) {
    knot_changes(keep, s, c->at.tap, offset, z, h, delta);
  } else {
    size_t sums = sum_height(s) * sum_width(s) * LANES;
    size_t pooled = pooled_height(s) * pooled_width(s) * LANES;
    float *own = u + c->at.filter * sums, *out = keep ? own : room->u;
    if (s == c->last) {
      if (!keep) memcpy(room->u, u, s->filters * sums * sizeof *u);
      changed_sums(c, s, offset, own, keep ? own : room->u + c->at.filter * sums);
      return keep ? u : room->u;
    }
    changed_sums(c, s, offset, own, out);
    pool(s, 1, out, room->z);
    first = c->at.filter * plane, count = plane;
    if (!layer_changes(keep, s, 1, s->pooling ? room->z : out, z + c->at.filter * pooled,
                       h + first * LANES, delta))
      return NULL;
  }
  for (;;) {
    /* Places are channels where the next layer is a fully connected one. */
    size_t channel_plane = s[1].height * s[1].width;
    s++;
    u = s->u + c->strip * s->u_step;
    float *out = keep ? u : room->u;
    convolution after = layer_convolution(s, first / channel_plane, count / channel_plane);
    convolve(&after, delta, u, out);
    if (s == c->last) return out;
    z = s->z + c->strip * s->z_step, h = s->h + c->strip * s->h_step;
    pool(s, s->filters, out, room->z);
    layer_changes(keep, s, s->filters, s->pooling ? room->z : out, z, h, next);
    float *spare = delta;
    delta = next, next = spare;
    first = 0, count = s->filters * output_plane(s);
  }
}

QHOST_INLINE cut new_cut(const qhost_kernel_stage *stages, size_t stage_count,
                         qhost_kernel_parameter at, const qhost_kernel_cut_scratch *scratch) {
  return (cut){.stages = stages, .last = stages + stage_count - 1, .at = at, .scratch = scratch};
}

QHOST_INLINE void enter_strip(cut *c, size_t strip, const float *x, size_t x_step) {
  const qhost_kernel_stage *s = c->stages + c->at.stage;
  c->strip = strip;
  c->x = s > c->stages ? s[-1].h + strip * s[-1].h_step : x + strip * x_step;
}

/* Margins of changes are 0; what was left there by layers of other margins is taken away. */
QHOST_INLINE void clear_changes(const cut *c) {
  size_t largest = 0;
  for (const qhost_kernel_stage *s = c->stages; s < c->last; s++) {
    size_t size = s->filters * output_plane(s);
    if (s->margin && size > largest) largest = size;
  }
  memset(c->scratch->even, 0, largest * LANES * sizeof(float));
  memset(c->scratch->odd, 0, largest * LANES * sizeof(float));
}

QHOST_WIDE
void qhost_kernel_convolution_cut(const qhost_kernel_stage *stages, size_t stage_count,
                                  const float *x, size_t x_step, size_t row_count,
                                  qhost_kernel_parameter parameter, const float *offsets,
                                  size_t offset_count, const qhost_kernel_cut_scratch *scratch,
                                  float *outputs) {
  cut c = new_cut(stages, stage_count, parameter, scratch);
  size_t count = c.last->filters, point = count * row_count;
  for (size_t start = 0, strip = 0; start < row_count; start += LANES, strip++) {
    enter_strip(&c, strip, x, x_step);
    size_t rows = row_count - start < LANES ? row_count - start : LANES;
    for (size_t k = 0; k < offset_count; k++) {
      clear_changes(&c);
      const float *z = carry(0, &c, offsets[k]);
      if (!z) z = c.last->z + strip * c.last->z_step;
      float *out = outputs + k * point + start;
      for (size_t o = 0; o < count; o++)
        memcpy(out + o * row_count, z + o * LANES, rows * sizeof *z);
    }
  }
}

QHOST_WIDE
void qhost_kernel_convolution_move(const qhost_kernel_stage *stages, size_t stage_count,
                                   const float *x, size_t x_step, size_t row_count,
                                   qhost_kernel_parameter parameter, float offset,
                                   const qhost_kernel_cut_scratch *scratch) {
  cut c = new_cut(stages, stage_count, parameter, scratch);
  for (size_t start = 0, strip = 0; start < row_count; start += LANES, strip++) {
    enter_strip(&c, strip, x, x_step);
    clear_changes(&c);
    carry(1, &c, offset);
  }
}
