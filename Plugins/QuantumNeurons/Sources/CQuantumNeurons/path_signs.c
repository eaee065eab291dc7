#include "path_field.h"

/* A bit for the sign, or none. */
INLINE void random_sign(generator *g, masks *sign) {
  words w;
  next_words(g, &w);
  *sign = (masks)(w & 0x80000000u);
}

/* Whether slices x and y do not hang together. */
INLINE void is_cut(const lanes *x, const lanes *y, float inverse, generator *g, masks *cut) {
  lanes product = *x * *y, exponent = product * (2.0f * inverse), u, most;
  words w;
  next_words(g, &w);
  uniform(&w, &u);
  decay(&exponent, &most);
  *cut = (product <= 0.0f) | (u < most);
}

/*
 * Walks once around: the sign is drawn again behind each cut. The last cluster hangs together with the first one where there is
 * no cut between them, and takes its sign.
 */
INLINE void turn_signs(lanes *x, masks *cuts, size_t n, float inverse, generator *g) {
  masks first, sign, anew, open;
  for (size_t i = 0; i < n; i++) is_cut(x + i, x + (i + 1 < n ? i + 1 : 0), inverse, g, cuts + i);
  random_sign(g, &first);
  /* From the end backwards: slices that no cut parts from slice 0. */
  open = ~cuts[n - 1];
  for (size_t i = n; i-- > 0;) {
    masks own = cuts[i] & 1;
    if (i + 1 < n) open &= ~cuts[i];
    cuts[i] = own | (open & 2);
  }
  sign = first;
  for (size_t i = 0; i < n; i++) {
    masks tail = -(cuts[i] >> 1 & 1), cut = -(cuts[i] & 1);
    masks own = (first & tail) | (sign & ~tail);
    x[i] = (lanes)((masks)x[i] ^ own);
    random_sign(g, &anew);
    sign = (anew & cut) | (sign & ~cut);
  }
}

QHOST_WIDE
void qhost_kernel_paths_signs(const qhost_kernel_paths *paths) {
  generator g;
  load_generator(paths, &g);
  for (size_t k = 0; k < paths->neuron_count; k++)
    turn_signs((lanes *)paths->paths + k * paths->slice_count, (masks *)paths->field,
               paths->slice_count, 1.0f / paths->spacing, &g);
  store_generator(paths, &g);
}
