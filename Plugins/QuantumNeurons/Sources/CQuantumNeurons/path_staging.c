#include <math.h>

#include "path_field.h"

/* Of a free bridge over `length` slices: how far slice j goes towards the end, and how wide it spreads. */
typedef struct bridge {
  float part[QHOST_PATH_LONGEST + 1], spread[QHOST_PATH_LONGEST + 1];
} bridge;

static void make_bridge(size_t length, float spacing, bridge *b) {
  for (size_t j = 0; j < length; j++) {
    float left = (float)(length - j);
    b->part[j] = 1.0f / (left + 1.0f);
    b->spread[j] = sqrtf(spacing * left / (left + 1.0f));
  }
}

INLINE size_t wrapped(size_t i, size_t n) { return i < n ? i : i - n; }

/* Draws a segment after slice `before`, and accepts it or not. */
INLINE void move_segment(const field *f, size_t n, size_t before, size_t length, const bridge *b,
                         generator *g, lanes *accepted) {
  lanes drawn[QHOST_PATH_LONGEST + 1], end = f->x[wrapped(before + length + 1, n)];
  lanes last = f->x[before], total = (lanes){};
  for (size_t j = 0; j < length; j += 2) {
    lanes z[2];
    normals(g, &z[0], &z[1]);
    for (size_t l = 0; l < 2 && j + l < length; l++) {
      size_t i = wrapped(before + 1 + j + l, n);
      lanes mean = FUSED(end - last, (lanes){} + b->part[j + l], last), change;
      last = FUSED(z[l], (lanes){} + b->spread[j + l], mean);
      drawn[j + l] = last;
      potential_change(f, i, &f->x[i], &last, &change);
      total += change;
    }
  }
  masks ok;
  accept(g, &total, &ok);
  for (size_t j = 0; j < length; j++) {
    size_t i = wrapped(before + 1 + j, n);
    f->x[i] = CHOSEN(ok, drawn[j], f->x[i]);
  }
  *accepted -= __builtin_convertvector(ok, lanes);
}

QHOST_WIDE
void qhost_kernel_paths_staging(const qhost_kernel_paths *paths, size_t length, size_t first,
                                float *accepted) {
  size_t n = paths->slice_count;
  bridge b;
  make_bridge(length, paths->spacing, &b);
  generator g;
  load_generator(paths, &g);
  lanes count = (lanes){};
  for (size_t k = 0; k < paths->neuron_count; k++) {
    field f;
    make_field(paths, k, &f);
    for (size_t moved = 0; moved + length + 1 <= n; moved += length + 1)
      move_segment(&f, n, wrapped(first % n + moved, n), length, &b, &g, &count);
  }
  *(lanes *)accepted += count;
  store_generator(paths, &g);
}
