/*
 * The phases of RZ and the only window of high qubits in one, where there are no more than three of these: forward, and
 * without a tile.
 */

/* One row's vector with its phase; its lanes flip their lowest bit if `flips`. */
#define PHASED_ROW(w, r, k, er, ei, flips, to_real, to_imaginary)        \
  do {                                                                   \
    vector a = ((const vector *)(w)->from.real)[(r) * (w)->from.pitch + (k)];      \
    vector b = ((const vector *)(w)->from.imaginary)[(r) * (w)->from.pitch + (k)]; \
    vector x = a * er - b * ei, y = a * ei + b * er;                     \
    (to_real) = (flips) ? SWAP_0(x) : x;                                 \
    (to_imaginary) = (flips) ? SWAP_0(y) : y;                            \
  } while (0)

/*
 * Both parts of `rows` vectors, each with its phase; the upper half's lanes flip their lowest bit if `swaps`. A row and the one of
 * all other bits have conjugate factors, so that four products serve both.
 */
INLINE void load_phased(const phases *p, const phase_pass *w, size_t k, size_t rows, int swaps,
                        vector *real, vector *imaginary) {
  VECTOR_PHASE(p, w->base + k, er, ei);
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows / 2; r++) {
    size_t s = rows - 1 - r;
    vector row_real = p->row_real[r] - (vector){0}, row_imaginary = p->row_imaginary[r] - (vector){0};
    vector rr = row_real * er, ii = row_imaginary * ei, ri = row_real * ei, ir = row_imaginary * er;
    vector e = rr - ii, f = ri + ir, g = rr + ii, h = ri - ir;
    PHASED_ROW(w, r, k, e, f, 0, real[r], imaginary[r]);
    PHASED_ROW(w, s, k, g, h, swaps, real[s], imaginary[s]);
  }
}

/* The rows of `v` that are `change` apart from their own, entangled, turned and stored. */
INLINE void turn_column(const window *w, size_t bits, int order, int lanes, const vector *v,
                        REAL *to) {
  vector u[GROUP];
  gather(bits, order, lanes, v, u);
  turn(bits, w->turns, w->tangents, u);
#pragma clang loop unroll(full)
  for (size_t i = 0; i < (size_t)1 << bits; i++)
    *(vector *)(to + i * w->to.pitch * LANES) = u[i];
}

/* A column whose lower qubits are of parity `odd`, which is known when this is compiled. */
INLINE void top_column(const phases *p, const phase_pass *w, const window *own, size_t bits,
                       int order, int lanes, int swaps, size_t odd, size_t k) {
  vector real[GROUP], imaginary[GROUP], u[GROUP];
  size_t last = ((size_t)1 << bits) - 1, change = order == KEEP ? 0 : order == GRAY ? odd : odd * last;
  load_phased(p, w, k, last + 1, swaps, real, imaginary);
#pragma clang loop unroll(full)
  for (size_t i = 0; i <= last; i++) u[i] = real[i ^ change];
  turn_column(own, bits, order, lanes, u, own->to.real + k * LANES);
#pragma clang loop unroll(full)
  for (size_t i = 0; i <= last; i++) u[i] = imaginary[i ^ change];
  turn_column(own, bits, order, lanes, u, own->to.imaginary + k * LANES);
}

INLINE void top_rows(const phases *shared_phases, const phase_pass *shared_pass,
                     const window *shared, size_t bits, int order, int lanes, int swaps) {
  OWN_WINDOW(shared, own);
  phases p = *shared_phases;
  phase_pass w = *shared_pass;
  for (size_t k = 0; k < w.columns; k++) {
    if ((size_t)__builtin_parityl(k & own.mask) ^ own.flip)
      top_column(&p, &w, &own, bits, order, lanes, swaps, 1, k);
    else
      top_column(&p, &w, &own, bits, order, lanes, swaps, 0, k);
  }
}

INLINE void top_by_order(const phases *p, const phase_pass *w, const window *own, size_t bits) {
  if (own->order == KEEP) top_rows(p, w, own, bits, KEEP, 0, 0);
  if (own->order == GRAY && !w->swaps) top_rows(p, w, own, bits, GRAY, 1, 0);
  if (own->order == GRAY && w->swaps) top_rows(p, w, own, bits, GRAY, 1, 1);
  if (own->order == PREFIX) top_rows(p, w, own, bits, PREFIX, 0, 0);
}

static void forward_top(const phases *p, const phase_pass *w, const window *own);
QHOST_WIDE static void forward_top(const phases *p, const phase_pass *w, const window *own) {
  if (own->bits == 3) top_by_order(p, w, own, 3);
  if (own->bits == 2) top_by_order(p, w, own, 2);
  if (own->bits == 1) top_by_order(p, w, own, 1);
}
