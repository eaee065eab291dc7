/*
 * The gradient where psi of every layer was kept: only the slopes' state is undone. Products of both are taken before it
 * is, since undoing one alone would leave them at different places.
 */

/* Products for all qubits of a window, of two states in their places. */
INLINE void product_rows(const window *shared, size_t bits) {
  window w = *shared;
  vector sums[3];
  size_t last = ((size_t)1 << bits) - 1;
  for (size_t q = 0; q < bits; q++) sums[q] = w.sums[q];
  for (size_t o = 0; o < w.outer; o++)
    for (size_t k = 0; k < w.columns; k++)
      for (int part = 0; part < 2; part++) {
        size_t place = ((o << bits) * w.from.pitch + k) * LANES;
        const REAL *from = (part ? w.from.imaginary : w.from.real) + place;
        const REAL *slopes = (part ? w.slopes_from.imaginary : w.slopes_from.real) + place;
        vector v[GROUP], u[GROUP];
#pragma clang loop unroll(full)
        for (size_t i = 0; i <= last; i++) {
          v[i] = *(const vector *)(from + i * w.from.pitch * LANES);
          u[i] = *(const vector *)(slopes + i * w.from.pitch * LANES);
        }
#pragma clang loop unroll(full)
        for (size_t q = 0; q < bits; q++)
#pragma clang loop unroll(full)
          for (size_t i = 0; i <= last; i++) {
            if (i >> q & 1) continue;
            sums[q] += u[i | (size_t)1 << q] * v[i];
            sums[q] -= u[i] * v[i | (size_t)1 << q];
          }
      }
  for (size_t q = 0; q < bits; q++) w.sums[q] = sums[q];
}

static void product_window(const window *w);
QHOST_WIDE static void product_window(const window *w) {
  if (w->bits == 3) product_rows(w, 3);
  if (w->bits == 2) product_rows(w, 2);
  if (w->bits == 1) product_rows(w, 1);
}

/* Products of the low qubits, and these undone of the slopes' state. */
INLINE void kept_groups(const block *shared, int order) {
  block b = *shared;
  REAL tangents[3];
  vector t[LANE_BITS], sums[LOW], v[GROUP];
  memcpy(tangents, b.tangents + LANE_BITS, sizeof tangents);
  lane_tangents(b.tangents, t);
  for (size_t q = 0; q < LOW; q++) sums[q] = b.sums[q];
  for (size_t g = 0; g < b.groups; g++)
    for (int part = 0; part < 2; part++) {
      const vector *state = (const vector *)(b.parts[part] + g * GROUP * LANES);
      REAL *place = b.parts[2 + part] + g * GROUP * LANES;
      load_group(place, v);
      sum_group(state, v, sums);
      turn_group(b.turns, tangents, t, v);
      entangle_group(order, v);
      store_group(place, v);
    }
  for (size_t q = 0; q < LOW; q++) b.sums[q] = sums[q];
}

static void kept_block(const block *b);
QHOST_WIDE static void kept_block(const block *b) {
  if (b->order == KEEP) kept_groups(b, KEEP);
  if (b->order == GRAY) kept_groups(b, GRAY);
  if (b->order == PREFIX) kept_groups(b, PREFIX);
}

/* A window undone of the slopes' state alone. */
INLINE void undo_part(const window *w, size_t bits, int order, int lanes, size_t odd, REAL *place) {
  vector v[GROUP], u[GROUP];
  size_t last = ((size_t)1 << bits) - 1, change = order == KEEP ? 0 : order == GRAY ? odd * last : odd;
#pragma clang loop unroll(full)
  for (size_t i = 0; i <= last; i++) v[i] = *(const vector *)(place + i * w->from.pitch * LANES);
  turn(bits, w->turns, w->tangents, v);
  gather(bits, order, lanes, v, u);
#pragma clang loop unroll(full)
  for (size_t i = 0; i <= last; i++) *(vector *)(place + (i ^ change) * w->from.pitch * LANES) = u[i];
}

INLINE void undo_rows(const window *shared, size_t bits, int order, int lanes) {
  OWN_WINDOW(shared, w);
  for (size_t o = 0; o < w.outer; o++)
    for (size_t k = 0; k < w.columns; k++) {
      size_t odd = (size_t)__builtin_parityl(k & w.mask) ^ w.flip;
      size_t place = ((o << bits) * w.from.pitch + k) * LANES;
      undo_part(&w, bits, order, lanes, odd, w.slopes_from.real + place);
      undo_part(&w, bits, order, lanes, odd, w.slopes_from.imaginary + place);
    }
}

static void undo_window(const window *w);
QHOST_WIDE static void undo_window(const window *w) {
  if (w->order == KEEP) BY_BITS(undo_rows, w, KEEP, 0);
  if (w->order == GRAY) BY_BITS(undo_rows, w, GRAY, 0);
  if (w->order == PREFIX) BY_BITS(undo_rows, w, PREFIX, 1);
}

/* Phases undone of one vector, and its product with psi before them. */
INLINE void unphase(const phases *p, const phase_pass *w, size_t r, size_t k, const vector *real,
                    const vector *imaginary, int swaps, vector *row_sum, vector *column_sum) {
  size_t place = r * w->from.pitch + k;
  VECTOR_PHASE(p, w->base + r * w->pitch + k, er, ei);
  vector c = swaps ? SWAP_0(*real) : *real, d = swaps ? SWAP_0(*imaginary) : *imaginary;
  vector u = c * er - d * ei, v = c * ei + d * er;
  vector x = ((const vector *)w->from.real)[place], y = ((const vector *)w->from.imaginary)[place];
  ((vector *)w->slopes_to.real)[place] = u;
  ((vector *)w->slopes_to.imaginary)[place] = v;
  vector product = u * y - v * x;
  *column_sum += product;
  *row_sum += product;
}

/* The only window of high qubits and the phases, both undone: a column whose lower qubits are of parity `odd`. */
INLINE void undo_column(const phases *p, const phase_pass *w, const window *own, size_t bits,
                        int order, int lanes, int swaps, size_t odd, size_t k) {
  vector part[GROUP], real[GROUP], imaginary[GROUP], column_sum = w->column_sums[k];
  size_t last = ((size_t)1 << bits) - 1, change = order == KEEP ? 0 : order == GRAY ? odd * last : odd;
#pragma clang loop unroll(full)
  for (size_t i = 0; i <= last; i++) part[i] = ((const vector *)w->slopes_from.real)[i * w->from.pitch + k];
  turn(bits, own->turns, own->tangents, part);
  gather(bits, order, lanes, part, real);
#pragma clang loop unroll(full)
  for (size_t i = 0; i <= last; i++)
    part[i] = ((const vector *)w->slopes_from.imaginary)[i * w->from.pitch + k];
  turn(bits, own->turns, own->tangents, part);
  gather(bits, order, lanes, part, imaginary);
#pragma clang loop unroll(full)
  for (size_t i = 0; i <= last; i++) {
    size_t r = i ^ change;
    unphase(p, w, r, k, real + i, imaginary + i, swaps && r > last / 2, w->row_sums + r, &column_sum);
  }
  w->column_sums[k] = column_sum;
}

INLINE void undo_top_rows(const phases *shared_phases, const phase_pass *shared_pass,
                          const window *shared, size_t bits, int order, int lanes, int swaps) {
  OWN_WINDOW(shared, own);
  phases p = *shared_phases;
  phase_pass w = *shared_pass;
  for (size_t k = 0; k < w.columns; k++) {
    if ((size_t)__builtin_parityl(k & own.mask) ^ own.flip)
      undo_column(&p, &w, &own, bits, order, lanes, swaps, 1, k);
    else
      undo_column(&p, &w, &own, bits, order, lanes, swaps, 0, k);
  }
}

INLINE void undo_top_by_order(const phases *p, const phase_pass *w, const window *own, size_t bits) {
  if (own->order == KEEP) undo_top_rows(p, w, own, bits, KEEP, 0, 0);
  if (own->order == GRAY) undo_top_rows(p, w, own, bits, GRAY, 0, 0);
  if (own->order == PREFIX && !w->swaps) undo_top_rows(p, w, own, bits, PREFIX, 1, 0);
  if (own->order == PREFIX && w->swaps) undo_top_rows(p, w, own, bits, PREFIX, 1, 1);
}

static void undo_top(const phases *p, const phase_pass *w, const window *own);
QHOST_WIDE static void undo_top(const phases *p, const phase_pass *w, const window *own) {
  if (own->bits == 3) undo_top_by_order(p, w, own, 3);
  if (own->bits == 2) undo_top_by_order(p, w, own, 2);
  if (own->bits == 1) undo_top_by_order(p, w, own, 1);
}

/* The phases alone, of a state without high qubits. */
INLINE void undo_phase_row(const phases *p, const phase_pass *w, size_t r, int swaps) {
  vector row_sum = w->row_sums[r];
  for (size_t k = 0; k < w->columns; k++) {
    size_t place = r * w->from.pitch + k;
    vector c = ((const vector *)w->slopes_from.real)[place];
    vector d = ((const vector *)w->slopes_from.imaginary)[place];
    vector column_sum = w->column_sums[k];
    unphase(p, w, r, k, &c, &d, swaps, &row_sum, &column_sum);
    w->column_sums[k] = column_sum;
  }
  w->row_sums[r] = row_sum;
}

static void undo_phase(const phases *p, const phase_pass *w);
QHOST_WIDE static void undo_phase(const phases *p, const phase_pass *w) {
  for (size_t r = 0; r < w->rows; r++) {
    if (w->swaps && r >= w->rows / 2)
      undo_phase_row(p, w, r, 1);
    else
      undo_phase_row(p, w, r, 0);
  }
}
