/* RY on the low qubits, which are the lanes of a vector and three more, with what an entangler does to them. */

typedef struct block {
  size_t groups;         /* of 8 vectors */
  REAL *parts[4];        /* real, imaginary, and of the slopes' state */
  int order;
  const REAL *tangents;  /* [LOW] */
  int turns;
  vector *sums;          /* [LOW], added to backwards */
} block;

/* -t where the lane's bit is 0, t where it is 1: a vector plus this times itself with lanes swapped is turned. */
INLINE void lane_tangents(const REAL *tangents, vector *t) {
  for (size_t q = 0; q < LANE_BITS; q++)
    for (size_t l = 0; l < LANES; l++) t[q][l] = l >> q & 1 ? tangents[q] : -tangents[q];
}

/* `tangents` are those of the qubits above the lanes. */
INLINE void turn_group(int turns, const REAL *tangents, const vector *t, vector *v) {
  for (int round = 0; round < turns; round++) {
#pragma clang loop unroll(full)
    for (size_t i = 0; i < GROUP; i++) {
      v[i] += t[0] * SWAP_0(v[i]);
      v[i] += t[1] * SWAP_1(v[i]);
      v[i] += t[2] * SWAP_2(v[i]);
#if LANE_BITS == 4
      v[i] += t[3] * SWAP_3(v[i]);
#endif
    }
    turn(3, 1, tangents, v);
  }
}

INLINE void entangle_group(int order, vector *v) {
  vector u[GROUP];
  if (order == KEEP) return;
#pragma clang loop unroll(full)
  for (size_t y = 0; y < GROUP; y++) {
    size_t x = source(order, y, 3);
    u[y] = order == GRAY ? GRAY_LANES(v[x], v[x ^ 1]) : PREFIX_LANES(v[x], v[x ^ 7]);
  }
#pragma clang loop unroll(full)
  for (size_t y = 0; y < GROUP; y++) v[y] = u[y];
}

INLINE void load_group(const REAL *from, vector *v) {
#pragma clang loop unroll(full)
  for (size_t i = 0; i < GROUP; i++) v[i] = ((const vector *)from)[i];
}

INLINE void store_group(REAL *to, const vector *v) {
#pragma clang loop unroll(full)
  for (size_t i = 0; i < GROUP; i++) ((vector *)to)[i] = v[i];
}

INLINE void forward_groups(const block *shared, int order) {
  block b = *shared;
  REAL tangents[3];
  vector t[LANE_BITS], v[GROUP];
  memcpy(tangents, b.tangents + LANE_BITS, sizeof tangents);
  lane_tangents(b.tangents, t);
  for (size_t g = 0; g < b.groups; g++)
    for (int part = 0; part < 2; part++) {
      REAL *place = b.parts[part] + g * GROUP * LANES;
      load_group(place, v);
      entangle_group(order, v);
      turn_group(b.turns, tangents, t, v);
      store_group(place, v);
    }
}

/* Products of the slopes' state and psi, for the gradient; those of lanes have their signs at the end. */
INLINE void sum_group(const vector *v, const vector *slopes, vector *sums) {
#pragma clang loop unroll(full)
  for (size_t i = 0; i < GROUP; i++) {
    sums[0] += slopes[i] * SWAP_0(v[i]);
    sums[1] += slopes[i] * SWAP_1(v[i]);
    sums[2] += slopes[i] * SWAP_2(v[i]);
#if LANE_BITS == 4
    sums[3] += slopes[i] * SWAP_3(v[i]);
#endif
  }
#pragma clang loop unroll(full)
  for (size_t q = 0; q < 3; q++)
#pragma clang loop unroll(full)
    for (size_t i = 0; i < GROUP; i++) {
      if (i >> q & 1) continue;
      sums[LANE_BITS + q] += slopes[i | (size_t)1 << q] * v[i];
      sums[LANE_BITS + q] -= slopes[i] * v[i | (size_t)1 << q];
    }
}

INLINE void backward_groups(const block *shared, int order) {
  block b = *shared;
  REAL tangents[3];
  vector t[LANE_BITS], sums[LOW], v[GROUP];
  memcpy(tangents, b.tangents + LANE_BITS, sizeof tangents);
  lane_tangents(b.tangents, t);
  for (size_t q = 0; q < LOW; q++) sums[q] = b.sums[q];
  for (size_t g = 0; g < b.groups; g++)
    for (int part = 0; part < 2; part++) {
      REAL *place = b.parts[part] + g * GROUP * LANES;
      REAL *slopes_place = b.parts[2 + part] + g * GROUP * LANES;
      load_group(place, v);
      sum_group(v, (const vector *)slopes_place, sums);
      turn_group(b.turns, tangents, t, v);
      entangle_group(order, v);
      store_group(place, v);
      /* Only now: both states together are more than there are registers. */
      load_group(slopes_place, v);
      turn_group(b.turns, tangents, t, v);
      entangle_group(order, v);
      store_group(slopes_place, v);
    }
  for (size_t q = 0; q < LOW; q++) b.sums[q] = sums[q];
}

static void forward_block(const block *b);
QHOST_WIDE static void forward_block(const block *b) {
  if (b->order == KEEP) forward_groups(b, KEEP);
  if (b->order == GRAY) forward_groups(b, GRAY);
  if (b->order == PREFIX) forward_groups(b, PREFIX);
}

static void backward_block(const block *b);
QHOST_WIDE static void backward_block(const block *b) {
  if (b->order == KEEP) backward_groups(b, KEEP);
  if (b->order == GRAY) backward_groups(b, GRAY);
  if (b->order == PREFIX) backward_groups(b, PREFIX);
}
