#include <math.h>

#include "path_field.h"

enum { MOST_LEVELS = 6 };

typedef struct segment {
  size_t n, before, levels;
  float spacing;
} segment;

/* Draws the midpoints of one level between those that are there; the action's change at its slices is added. */
INLINE void draw_level(const field *f, const segment *s, size_t level, lanes *drawn, generator *g,
                       lanes *change) {
  size_t stride = (size_t)1 << level, length = (size_t)1 << s->levels;
  float spread = sqrtf(0.5f * (float)stride * s->spacing);
  for (size_t j = stride; j < length; j += 4 * stride) {
    lanes z[2], part;
    normals(g, &z[0], &z[1]);
    for (size_t l = 0; l < 2 && j + 2 * l * stride < length; l++) {
      size_t at = j + 2 * l * stride, i = (s->before + at) % s->n;
      lanes mean = 0.5f * (drawn[at - stride] + drawn[at + stride]);
      drawn[at] = FUSED(z[l], (lanes){} + spread, mean);
      potential_change(f, i, &f->x[i], &drawn[at], &part);
      *change += part;
    }
  }
}

/* A segment of 2^levels slices: coarse levels first, each accepted by how its coarse action changes. */
INLINE void move_levels(const field *f, const segment *s, generator *g, lanes *accepted) {
  size_t length = (size_t)1 << s->levels;
  lanes drawn[(1 << MOST_LEVELS) + 1], sum = (lanes){}, before = (lanes){};
  masks going = (masks){} - 1;
  drawn[0] = f->x[s->before];
  drawn[length] = f->x[(s->before + length) % s->n];
  for (size_t level = s->levels; level-- > 0;) {
    masks ok;
    draw_level(f, s, level, drawn, g, &sum);
    /* The potential at the slices of this level and coarser ones stands for all. */
    lanes coarse = sum * (float)((size_t)1 << level), change = coarse - before;
    accept(g, &change, &ok);
    going &= ok;
    before = coarse;
  }
  for (size_t j = 1; j < length; j++) {
    size_t i = (s->before + j) % s->n;
    f->x[i] = CHOSEN(going, drawn[j], f->x[i]);
  }
  *accepted -= __builtin_convertvector(going, lanes);
}

QHOST_WIDE
void qhost_kernel_paths_multilevel(const qhost_kernel_paths *paths, size_t levels, size_t first,
                                   float *accepted) {
  size_t n = paths->slice_count, length = (size_t)1 << levels;
  generator g;
  load_generator(paths, &g);
  lanes count = (lanes){};
  for (size_t k = 0; k < paths->neuron_count; k++) {
    field f;
    make_field(paths, k, &f);
    for (size_t moved = 0; moved + length <= n; moved += length) {
      segment s = {n, (first + moved) % n, levels, paths->spacing};
      move_levels(&f, &s, &g, &count);
    }
  }
  *(lanes *)accepted += count;
  store_generator(paths, &g);
}
