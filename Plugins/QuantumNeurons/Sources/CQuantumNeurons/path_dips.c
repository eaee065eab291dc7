#include <math.h>

#include "path_field.h"

/* Two neurons, how they are coupled, and the pulse that they move about. */
typedef struct dip {
  field first, second;
  int is_pair, has_back, has_both;
  lanes forth, back, both; /* a w from first to second, from second to first, and of inhibition */
  size_t start, end;       /* slices that move; their neighbours exist */
  const float *root; /* of the pulse */
  float inverse; /* 1 / 2a */
} dip;

/* Sums up all couplings between two neurons. */
INLINE void sum_couplings(const qhost_kernel_paths *paths, size_t first, size_t second, dip *d) {
  d->forth = d->back = d->both = (lanes){};
  for (size_t e = 0; e < paths->excitation_count; e++) {
    qhost_kernel_coupling c = paths->excitations[e];
    lanes weight = ((const lanes *)paths->excitation_weights)[e] * paths->spacing;
    if (c.first == first && c.second == second) d->forth += weight;
    if (c.first == second && c.second == first) d->back += weight, d->has_back = 1;
  }
  for (size_t e = 0; e < paths->inhibition_count; e++) {
    qhost_kernel_coupling c = paths->inhibitions[e];
    if ((c.first == first && c.second == second) || (c.first == second && c.second == first))
      d->both += ((const lanes *)paths->inhibition_weights)[e] * paths->spacing, d->has_both = 1;
  }
}

/* The kinetic action's change where x is followed by x_next, and both are moved. */
INLINE void kinetic_change(const lanes *x, const lanes *next, const lanes *move, const lanes *next_move,
                           lanes *sum) {
  lanes way = *next - *x, change = *next_move - *move;
  *sum = FUSED(change, FUSED((lanes){} + 2.0f, way, change), *sum);
}

/* The mutual potential's change in a slice. */
INLINE void mutual_change(const dip *d, const lanes *x, const lanes *y, const lanes *x_new,
                          const lanes *y_new, lanes *sum) {
  lanes qx, qy, qx_new, qy_new;
  well(x, &qx), well(x_new, &qx_new);
  *sum += d->forth * (*y_new * *y_new * qx_new - *y * *y * qx);
  if (!d->has_back && !d->has_both) return;
  well(y, &qy), well(y_new, &qy_new);
  *sum += d->back * (*x_new * *x_new * qy_new - *x * *x * qy);
  if (d->has_both) *sum += d->both * (qx_new * qx_new * (qy_new * qy_new) - qx * qx * (qy * qy));
}

/* The action's change when the neurons move by their deltas times the root of the pulse. */
INLINE void dip_change(const dip *d, const lanes *delta, lanes *change) {
  lanes kinetic = (lanes){}, potential = (lanes){}, last[2] = {(lanes){}, (lanes){}};
  const field *f[2] = {&d->first, &d->second};
  for (size_t i = d->start; i <= d->end; i++) {
    float shape = i < d->end ? d->root[i] : 0.0f;
    lanes now[2], moved[2], part;
    for (int m = 0; m <= d->is_pair; m++) {
      now[m] = delta[m] * shape;
      kinetic_change(&f[m]->x[i - 1], &f[m]->x[i], &last[m], &now[m], &kinetic);
      last[m] = now[m];
      moved[m] = f[m]->x[i] + now[m];
      potential_change(f[m], i, &f[m]->x[i], &moved[m], &part);
      potential += part;
    }
    if (d->is_pair)
      mutual_change(d, &f[0]->x[i], &f[1]->x[i], &moved[0], &moved[1], &potential);
  }
  *change = FUSED(kinetic, (lanes){} + d->inverse, potential);
}

INLINE void move_dip(const dip *d, float width, generator *g, lanes *accepted) {
  lanes delta[2], change;
  masks ok;
  for (int m = 0; m < 2; m++) {
    words w;
    lanes u;
    next_words(g, &w);
    uniform(&w, &u);
    delta[m] = (u - 0.5f) * (2.0f * width);
  }
  dip_change(d, delta, &change);
  accept(g, &change, &ok);
  for (size_t i = d->start; i < d->end; i++) {
    float shape = d->root[i];
    lanes x = d->first.x[i] + delta[0] * shape;
    d->first.x[i] = CHOSEN(ok, x, d->first.x[i]);
    if (!d->is_pair) continue;
    lanes y = d->second.x[i] + delta[1] * shape;
    d->second.x[i] = CHOSEN(ok, y, d->second.x[i]);
  }
  *accepted -= __builtin_convertvector(ok, lanes);
}

/* Where the pulse between two slices is above what matters; the slices before and behind stay where they are. */
static void find_pulse(const float *pulse, size_t from, size_t to, dip *d) {
  enum { LEAST_PER_MILLION = 100 };
  float least = 1e-6f * LEAST_PER_MILLION;
  d->start = from + 1, d->end = to - 1;
  while (d->start < d->end && pulse[d->start] < least) d->start++;
  while (d->end > d->start && pulse[d->end - 1] < least) d->end--;
}

INLINE void move_pair(const qhost_kernel_paths *paths, size_t first, size_t second, float width,
                      size_t period, generator *g, lanes *accepted) {
  dip d = {.is_pair = first != second, .inverse = 0.5f / paths->spacing};
  d.root = paths->field + 6 * paths->slice_count * LANES;
  lanes *scratch = (lanes *)paths->field;
  make_partial_field(paths, first, d.is_pair ? second : NOBODY, scratch, &d.first);
  if (d.is_pair)
    make_partial_field(paths, second, first, scratch + 3 * paths->slice_count, &d.second);
  sum_couplings(paths, first, second, &d);
  for (size_t from = 0; from + period <= paths->slice_count; from += period) {
    find_pulse(paths->pulse, from, from + period, &d);
    if (d.start < d.end) move_dip(&d, width, g, accepted);
  }
}

QHOST_WIDE
void qhost_kernel_paths_dips(const qhost_kernel_paths *paths, float width, size_t period,
                             float *accepted) {
  generator g;
  load_generator(paths, &g);
  lanes count = (lanes){};
  float *root = paths->field + 6 * paths->slice_count * LANES;
  for (size_t i = 0; i < paths->slice_count; i++) root[i] = sqrtf(paths->pulse[i]);
  for (size_t e = 0; e < paths->excitation_count; e++) {
    qhost_kernel_coupling c = paths->excitations[e];
    move_pair(paths, c.first, c.second, width, period, &g, &count);
  }
  for (size_t k = 0; k < paths->neuron_count && paths->excitation_count == 0; k++)
    move_pair(paths, k, k, width, period, &g, &count);
  *(lanes *)accepted += count;
  store_generator(paths, &g);
}
