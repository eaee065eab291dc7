/*
 * RY on two neighbouring high qubits or three, the window, with what an entangler does to them. Qubits below the window
 * are those of a row's columns and lanes.
 */

#include <string.h>

/* What happens in a window. */
typedef struct window {
  size_t bits;          /* its qubits, 1 to 3 */
  size_t outer;         /* groups of 2^bits rows */
  size_t columns;       /* of a row */
  columns from, to;
  columns slopes_from, slopes_to; /* backwards: the slopes' state, of the same pitches */
  int order;                      /* where amplitudes come from */
  size_t mask, flip;              /* the columns' bits that change the lowest qubit, and what all others amount to */
  const REAL *tangents;           /* [bits] */
  int turns;
  vector *sums; /* [bits], added to backwards */
} window;

/* Copies what loops read into variables, which stores to the state cannot change. */
#define OWN_WINDOW(shared, own)                                                   \
  REAL tangents[3];                                                               \
  memcpy(tangents, (shared)->tangents, (shared)->bits * sizeof *tangents);        \
  window own = *(shared);                                                         \
  own.tangents = tangents

/* RY of the window's qubits on 2^bits vectors. */
INLINE void turn(size_t bits, int turns, const REAL *t, vector *v) {
  for (int turn = 0; turn < turns; turn++) {
#pragma clang loop unroll(full)
    for (size_t q = 0; q < bits; q++) {
      vector tangent = t[q] - (vector){0};
#pragma clang loop unroll(full)
      for (size_t i = 0; i < (size_t)1 << bits; i++) {
        if (i >> q & 1) continue;
        size_t j = i | (size_t)1 << q;
        vector a = v[i], b = v[j];
        v[i] = a - tangent * b;
        v[j] = b + tangent * a;
      }
    }
  }
}

/* u[y] = v[source(y)]; lanes of odd parity from the source of y with 1 added below the window. */
INLINE void gather(size_t bits, int order, int lanes, const vector *v, vector *u) {
  size_t last = ((size_t)1 << bits) - 1;
#pragma clang loop unroll(full)
  for (size_t y = 0; y <= last; y++) {
    size_t x = source(order, y, bits), other = order == GRAY ? x ^ 1 : x ^ last;
    u[y] = lanes ? ODD_LANES(v[x], v[other]) : v[x];
  }
}

/* One group of rows of one part: entangle, then turn. */
INLINE void forward_group(const window *w, size_t bits, int order, int lanes, size_t odd,
                          const REAL *from, REAL *to) {
  vector v[GROUP], u[GROUP];
  size_t last = ((size_t)1 << bits) - 1, change = order == KEEP ? 0 : order == GRAY ? odd : odd * last;
#pragma clang loop unroll(full)
  for (size_t i = 0; i <= last; i++)
    v[i] = *(const vector *)(from + (i ^ change) * w->from.pitch * LANES);
  gather(bits, order, lanes, v, u);
  turn(bits, w->turns, w->tangents, u);
#pragma clang loop unroll(full)
  for (size_t i = 0; i <= last; i++) *(vector *)(to + i * w->to.pitch * LANES) = u[i];
}

/* The same undone, of psi and of the slopes' state, whose products go into `sums` [bits] first. */
INLINE void backward_group(const window *w, size_t bits, int order, int lanes, size_t odd,
                           const REAL *const from[2], REAL *const to[2], vector *sums) {
  vector v[2][GROUP], u[GROUP];
  size_t last = ((size_t)1 << bits) - 1, change = order == KEEP ? 0 : order == GRAY ? odd * last : odd;
#pragma clang loop unroll(full)
  for (size_t i = 0; i <= last; i++) {
    v[0][i] = *(const vector *)(from[0] + i * w->from.pitch * LANES);
    v[1][i] = *(const vector *)(from[1] + i * w->from.pitch * LANES);
  }
#pragma clang loop unroll(full)
  for (size_t q = 0; q < bits; q++)
#pragma clang loop unroll(full)
    for (size_t i = 0; i <= last; i++) {
      if (i >> q & 1) continue;
      size_t j = i | (size_t)1 << q;
      sums[q] += v[1][j] * v[0][i];
      sums[q] -= v[1][i] * v[0][j];
    }
#pragma clang loop unroll(full)
  for (int state = 0; state < 2; state++) {
    turn(bits, w->turns, w->tangents, v[state]);
    gather(bits, order, lanes, v[state], u);
#pragma clang loop unroll(full)
    for (size_t i = 0; i <= last; i++)
      *(vector *)(to[state] + (i ^ change) * w->to.pitch * LANES) = u[i];
  }
}

INLINE void forward_rows(const window *shared, size_t bits, int order, int lanes) {
  OWN_WINDOW(shared, w);
  for (size_t o = 0; o < w.outer; o++)
    for (size_t k = 0; k < w.columns; k++) {
      size_t odd = (size_t)__builtin_parityl(k & w.mask) ^ w.flip;
      size_t from = ((o << bits) * w.from.pitch + k) * LANES;
      size_t to = ((o << bits) * w.to.pitch + k) * LANES;
      forward_group(&w, bits, order, lanes, odd, w.from.real + from, w.to.real + to);
      forward_group(&w, bits, order, lanes, odd, w.from.imaginary + from, w.to.imaginary + to);
    }
}

INLINE void backward_rows(const window *shared, size_t bits, int order, int lanes) {
  OWN_WINDOW(shared, w);
  vector sums[3];
  for (size_t q = 0; q < bits; q++) sums[q] = w.sums[q];
  for (size_t o = 0; o < w.outer; o++)
    for (size_t k = 0; k < w.columns; k++) {
      size_t odd = (size_t)__builtin_parityl(k & w.mask) ^ w.flip;
      size_t from = ((o << bits) * w.from.pitch + k) * LANES;
      size_t to = ((o << bits) * w.to.pitch + k) * LANES;
      backward_group(&w, bits, order, lanes, odd,
                     (const REAL *const[]){w.from.real + from, w.slopes_from.real + from},
                     (REAL *const[]){w.to.real + to, w.slopes_to.real + to}, sums);
      backward_group(
          &w, bits, order, lanes, odd,
          (const REAL *const[]){w.from.imaginary + from, w.slopes_from.imaginary + from},
          (REAL *const[]){w.to.imaginary + to, w.slopes_to.imaginary + to}, sums);
    }
  for (size_t q = 0; q < bits; q++) w.sums[q] = sums[q];
}

#define BY_BITS(rows, w, order, lanes)               \
  do {                                               \
    if ((w)->bits == 3) rows(w, 3, order, lanes);    \
    if ((w)->bits == 2) rows(w, 2, order, lanes);    \
    if ((w)->bits == 1) rows(w, 1, order, lanes);    \
  } while (0)

static void forward_window(const window *w);
QHOST_WIDE static void forward_window(const window *w) {
  if (w->order == KEEP) BY_BITS(forward_rows, w, KEEP, 0);
  if (w->order == GRAY) BY_BITS(forward_rows, w, GRAY, 1);
  if (w->order == PREFIX) BY_BITS(forward_rows, w, PREFIX, 0);
}

static void backward_window(const window *w);
QHOST_WIDE static void backward_window(const window *w) {
  if (w->order == KEEP) BY_BITS(backward_rows, w, KEEP, 0);
  if (w->order == GRAY) BY_BITS(backward_rows, w, GRAY, 0);
  if (w->order == PREFIX) BY_BITS(backward_rows, w, PREFIX, 1);
}
