#include "path_field.h"

/* Of a move of slice i between its neighbours: whether it is accepted. */
INLINE void move_slice(const field *f, size_t i, size_t before, size_t after, float width, float inverse,
                       generator *g, lanes *accepted) {
  lanes x = f->x[i], u, most, change;
  words w;
  next_words(g, &w);
  /* The lower 12 bits propose, symmetrically about x; the upper 20 accept. */
  lanes y = FUSED(FLOATS(w & 0xFFFu), (lanes){} + width, x - 2047.5f * width);
  potential_change(f, i, &x, &y, &change);
  lanes kinetic = (y - x) * ((y + x) - (f->x[before] + f->x[after]));
  change = FUSED(kinetic, (lanes){} + inverse, change);
  uniform(&w, &u);
  decay(&change, &most);
  masks ok = u < most;
  f->x[i] = CHOSEN(ok, y, x);
  *accepted -= __builtin_convertvector(ok, lanes);
}

QHOST_WIDE
void qhost_kernel_paths_local(const qhost_kernel_paths *paths, float step, float *accepted) {
  size_t n = paths->slice_count;
  float width = step / 2048.0f, inverse = 1.0f / paths->spacing;
  generator g;
  load_generator(paths, &g);
  lanes count = (lanes){};
  for (size_t k = 0; k < paths->neuron_count; k++) {
    field f;
    make_field(paths, k, &f);
    move_slice(&f, 0, n - 1, 1, width, inverse, &g, &count);
    for (size_t i = 2; i < n; i += 2) move_slice(&f, i, i - 1, i + 1, width, inverse, &g, &count);
    for (size_t i = 1; i + 1 < n; i += 2) move_slice(&f, i, i - 1, i + 1, width, inverse, &g, &count);
    move_slice(&f, n - 1, n - 2, 0, width, inverse, &g, &count);
  }
  *(lanes *)accepted += count;
  store_generator(paths, &g);
}
