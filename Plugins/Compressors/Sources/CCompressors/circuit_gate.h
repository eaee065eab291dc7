/*
 * One gate at a time, on any qubit and with any control. Where target or control are within a vector, the matrix differs from lane to
 * lane: a lane whose control is 0 has the identity.
 */

/* A gate's matrix by lanes: real and imaginary parts of (00, 01, 10, 11), or of what a lane takes of itself and of its partner. */
typedef struct gate_lanes {
  vector real[4], imaginary[4];
  size_t target, control; /* bits of a vector's number; 0: not there */
  size_t count;           /* vectors */
} gate_lanes;

static int is_active(const qhost_kernel_gate *gate, size_t lane) {
  return gate->control < 0 || gate->control >= LANE_BITS || lane >> gate->control & 1;
}

static void spread_gate(const qhost_kernel_gate *gate, size_t n, gate_lanes *g) {
  size_t bit = (size_t)1 << gate->target >> LANE_BITS;
  *g = (gate_lanes){.target = bit, .count = (size_t)1 << (n - LANE_BITS)};
  if (gate->control >= LANE_BITS) g->control = (size_t)1 << (gate->control - LANE_BITS);
  for (size_t l = 0; l < LANES; l++) {
    int active = is_active(gate, l), upper = bit == 0 && l >> gate->target & 1;
    for (size_t entry = 0; entry < 4; entry++) {
      /* A lane's own entry comes first, then that of its partner. */
      size_t from = bit > 0 ? entry : entry > 1 ? 0 : upper ? 3 - entry : entry;
      int diagonal = bit > 0 ? entry == 0 || entry == 3 : entry == 0;
      g->real[entry][l] = (REAL)(active ? gate->matrix[2 * from] : diagonal);
      g->imaginary[entry][l] = (REAL)(active ? gate->matrix[2 * from + 1] : 0);
    }
  }
}

INLINE void swap_lanes(int q, const vector *from, vector *to) {
  if (q == 0) *to = SWAP_0(*from);
  if (q == 1) *to = SWAP_1(*from);
  if (q == 2) *to = SWAP_2(*from);
#if LANE_BITS == 4
  if (q == 3) *to = SWAP_3(*from);
#endif
}

/* x <- m[first] x + m[first + 1] y, complex. */
INLINE void mix(const gate_lanes *g, size_t first, const vector *x, const vector *y, vector *to) {
  const vector *a = g->real + first, *b = g->imaginary + first;
  to[0] = a[0] * x[0] - b[0] * x[1] + a[1] * y[0] - b[1] * y[1];
  to[1] = a[0] * x[1] + b[0] * x[0] + a[1] * y[1] + b[1] * y[0];
}

/* sum += conj(s) v. */
INLINE void overlap(const vector *s, const vector *v, vector *sum) {
  sum[0] += s[0] * v[0] + s[1] * v[1];
  sum[1] += s[0] * v[1] - s[1] * v[0];
}

/* A vector of a state, both parts, and the way back. */
INLINE void take(const columns *state, size_t k, vector *v) {
  v[0] = ((const vector *)state->real)[k];
  v[1] = ((const vector *)state->imaginary)[k];
}
INLINE void put(const columns *state, size_t k, const vector *v) {
  ((vector *)state->real)[k] = v[0];
  ((vector *)state->imaginary)[k] = v[1];
}

/* A gate within vectors; with `sums` [2 x 2] on the slopes' state too, after their products with psi. */
INLINE void apply_lanes(const gate_lanes *shared, const columns *states, int q, vector *sums) {
  gate_lanes g = *shared;
  vector v[2], u[2], w[2], s[2];
  for (size_t k = 0; k < g.count; k++) {
    if (g.control > 0 && !(k & g.control)) continue;
    take(states, k, v);
    swap_lanes(q, v, u);
    swap_lanes(q, v + 1, u + 1);
    mix(&g, 0, v, u, w);
    put(states, k, w);
    if (sums == NULL) continue;
    take(states + 1, k, s);
    swap_lanes(q, w, u);
    swap_lanes(q, w + 1, u + 1);
    overlap(s, w, sums);
    overlap(s, u, sums + 2);
    swap_lanes(q, s, u);
    swap_lanes(q, s + 1, u + 1);
    mix(&g, 0, s, u, w);
    put(states + 1, k, w);
  }
}

/* A gate between vectors; `sums` are [4 x 2]. */
INLINE void apply_rows(const gate_lanes *shared, const columns *states, vector *sums) {
  gate_lanes g = *shared;
  vector v[2], u[2], x[2], y[2], s[2], t[2];
  for (size_t k = 0; k < g.count; k++) {
    if (k & g.target || (g.control > 0 && !(k & g.control))) continue;
    take(states, k, v);
    take(states, k | g.target, u);
    mix(&g, 0, v, u, x);
    mix(&g, 2, v, u, y);
    put(states, k, x);
    put(states, k | g.target, y);
    if (sums == NULL) continue;
    take(states + 1, k, s);
    take(states + 1, k | g.target, t);
    overlap(s, x, sums);
    overlap(s, y, sums + 2);
    overlap(t, x, sums + 4);
    overlap(t, y, sums + 6);
    mix(&g, 0, s, t, v);
    mix(&g, 2, s, t, u);
    put(states + 1, k, v);
    put(states + 1, k | g.target, u);
  }
}

INLINE void apply_gate(const gate_lanes *g, const columns *states, size_t target, vector *sums) {
  if (g->target > 0) apply_rows(g, states, sums);
  else if (target == 0) apply_lanes(g, states, 0, sums);
  else if (target == 1) apply_lanes(g, states, 1, sums);
  else if (target == 2) apply_lanes(g, states, 2, sums);
#if LANE_BITS == 4
  else apply_lanes(g, states, 3, sums);
#endif
}

static void forward_gate(const gate_lanes *g, const columns *states, size_t target);
QHOST_WIDE static void forward_gate(const gate_lanes *g, const columns *states, size_t target) {
  apply_gate(g, states, target, NULL);
}

static void backward_gate(const gate_lanes *g, const columns *states, size_t target, vector *sums);
QHOST_WIDE static void backward_gate(const gate_lanes *g, const columns *states, size_t target, vector *sums) {
  vector own[8];
  memset(own, 0, sizeof own);
  apply_gate(g, states, target, own);
  for (size_t i = 0; i < 8; i++) sums[i] = own[i];
}

void NAME(qhost_kernel_gate_forward)(const qhost_kernel_gate *gate, size_t qubit_count, REAL *real,
                                     REAL *imaginary) {
  gate_lanes g;
  spread_gate(gate, qubit_count, &g);
  forward_gate(&g, &(columns){real, imaginary, 0}, (size_t)gate->target);
}

void NAME(qhost_kernel_gate_backward)(const qhost_kernel_gate *gate, size_t qubit_count, REAL *real,
                                      REAL *imaginary, REAL *slopes_real, REAL *slopes_imaginary,
                                      double *overlaps) {
  gate_lanes g;
  vector sums[8];
  spread_gate(gate, qubit_count, &g);
  backward_gate(&g, (columns[]){{real, imaginary, 0}, {slopes_real, slopes_imaginary, 0}},
                (size_t)gate->target, sums);
  memset(overlaps, 0, 8 * sizeof *overlaps);
  for (size_t l = 0; l < LANES; l++) {
    if (!is_active(gate, l)) continue;
    int upper = g.target == 0 && l >> gate->target & 1;
    for (size_t entry = 0; entry < (g.target > 0 ? 4 : 2); entry++) {
      size_t to = g.target > 0 ? entry : upper ? 3 - entry : entry;
      for (size_t part = 0; part < 2; part++) overlaps[2 * to + part] += sums[2 * entry + part][l];
    }
  }
}
