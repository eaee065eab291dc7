/* What the other neurons and the inputs do to one neuron; see qhost_kernels_paths.h. */
#include "path_lanes.h"

#define NOBODY SIZE_MAX

/* The path of neuron k and, for each slice, the factors of q, x^2 and q^2 in the action. */
typedef struct field {
  lanes *x;
  lanes *q, *x2, *q2;
} field;

INLINE void well(const lanes *x, lanes *q) {
  lanes d = FUSED(*x, *x, (lanes){} - 1.0f);
  *q = d * d;
}

INLINE const lanes *path_of(const qhost_kernel_paths *paths, size_t k) {
  return (const lanes *)paths->paths + k * paths->slice_count;
}

/* What couplings do to neuron k, but for those with neuron `but`. */
INLINE void add_excitations(const qhost_kernel_paths *paths, size_t k, size_t but, const field *f) {
  for (size_t e = 0; e < paths->excitation_count; e++) {
    qhost_kernel_coupling c = paths->excitations[e];
    if (c.first == but || c.second == but) continue;
    lanes weight = ((const lanes *)paths->excitation_weights)[e] * paths->spacing;
    if (c.second == k) {
      const lanes *from = path_of(paths, c.first);
      for (size_t i = 0; i < paths->slice_count; i++) {
        lanes q;
        well(from + i, &q);
        f->x2[i] = FUSED(weight, q, f->x2[i]);
      }
    } else if (c.first == k && !paths->is_feed_forward) {
      const lanes *to = path_of(paths, c.second);
      for (size_t i = 0; i < paths->slice_count; i++)
        f->q[i] = FUSED(weight, to[i] * to[i], f->q[i]);
    }
  }
}

INLINE void add_inhibitions(const qhost_kernel_paths *paths, size_t k, size_t but, const field *f) {
  for (size_t e = 0; e < paths->inhibition_count; e++) {
    qhost_kernel_coupling c = paths->inhibitions[e];
    if ((c.first != k && c.second != k) || c.first == but || c.second == but) continue;
    lanes weight = ((const lanes *)paths->inhibition_weights)[e] * paths->spacing;
    const lanes *other = path_of(paths, c.first == k ? c.second : c.first);
    for (size_t i = 0; i < paths->slice_count; i++) {
      lanes q;
      well(other + i, &q);
      f->q2[i] = FUSED(weight, q * q, f->q2[i]);
    }
  }
}

/* Of neuron k, without its couplings with neuron `but` (NOBODY: with all), in `scratch` [3 x slices]. */
INLINE void make_partial_field(const qhost_kernel_paths *paths, size_t k, size_t but, lanes *scratch,
                               field *f) {
  size_t n = paths->slice_count;
  f->x = (lanes *)paths->paths + k * n;
  f->q = scratch, f->x2 = f->q + n, f->q2 = f->x2 + n;
  lanes own = (lanes){} + paths->spacing * paths->stiffness;
  lanes drive = ((const lanes *)paths->drives)[k] * paths->spacing;
  lanes block = ((const lanes *)paths->blocks)[k] * paths->spacing;
  for (size_t i = 0; i < n; i++) {
    float p = paths->pulse[i];
    f->q[i] = own;
    f->x2[i] = drive * p;
    f->q2[i] = block * (p * p);
  }
  add_excitations(paths, k, but, f);
  add_inhibitions(paths, k, but, f);
}

INLINE void make_field(const qhost_kernel_paths *paths, size_t k, field *f) {
  make_partial_field(paths, k, NOBODY, (lanes *)paths->field, f);
}

/* a V at y less a V at x, in slice i. */
INLINE void potential_change(const field *f, size_t i, const lanes *x, const lanes *y, lanes *change) {
  lanes x2 = *x * *x, y2 = *y * *y, dx = x2 - 1.0f, dy = y2 - 1.0f;
  lanes qx = dx * dx, qy = dy * dy;
  lanes inner = FUSED(qx + qy, f->q2[i], f->q[i]);
  *change = FUSED(qy - qx, inner, (y2 - x2) * f->x2[i]);
}
