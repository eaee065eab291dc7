/* Circuits whose gradient undoes the slopes' state alone, since psi of every layer is in memory. */

/* psi of a layer among those that are kept. All begin at the same place within a page, as a state's parts do. */
static columns kept_state(const work *w, REAL *states, size_t layer) {
  size_t part = ((size_t)1 << w->n) + KEPT_GAP / sizeof(REAL);
  REAL *real = states + layer * 2 * (((size_t)1 << w->n) + 2 * KEPT_GAP / sizeof(REAL));
  return (columns){real, real + part, w->pitch};
}

size_t NAME(qhost_kernel_circuit_kept)(const qhost_kernel_circuit *circuit) {
  if (circuit->qubit_count > SMALL) return 0;
  return circuit->layer_count * 2 * (((size_t)1 << circuit->qubit_count) * sizeof(REAL) + 2 * KEPT_GAP);
}

void NAME(qhost_kernel_circuit_keep)(const qhost_kernel_circuit *circuit, REAL *states, void *scratch,
                                     REAL **real, REAL **imaginary) {
  work w = {0};
  lay_out(circuit, scratch, &w);
  w.state = kept_state(&w, states, 0);
  first_layer(&w);
  for (size_t layer = 1; layer < circuit->layer_count; layer++) {
    columns from = w.state;
    w.state = kept_state(&w, states, layer);
    forward_layer(&w, layer, from);
  }
  *real = w.state.real;
  *imaginary = w.state.imaginary;
}

/* Products of the high qubits, whose window is `top`; and all that is to be undone in blocks. */
static void undo_turns(work *w, const task *t, const window *top) {
  size_t size = ((size_t)1 << w->inner) / LANES;
  memset(w->sums, 0, sizeof w->sums);
  if (top->bits > 0) product_window(top);
  for (size_t place = 0; place < (size_t)1 << (w->n - LANE_BITS); place += size)
    undo_block(w, t, place);
}

/* The inverse of forward_layer on the slopes' state, and the gradient of its angles; `from` is psi of the layer before. */
static void undo_layer(work *w, size_t layer, columns from, double *gradient) {
  size_t n = w->n, before = (2 * layer - 1) * n;
  rotation r;
  make_rotation(w->circuit, layer, -1, &r);
  task t = make_task(w, layer, 1, &r);
  window top = make_window(w, &t, w->inner, n);
  top.columns = w->pitch;
  top.outer = 1;
  top.from = w->state;
  top.slopes_from = w->slopes;
  top.mask = t.entangler == QHOST_KERNEL_CIRCUIT_REVERSE ? w->pitch >> 1 : ~(size_t)0;
  undo_turns(w, &t, &top);
  turn_gradient(w, NULL, gradient + 2 * layer * n);
  if (layer == 0) return;
  phase_pass pass = {
      .rows = w->rows, .columns = w->pitch, .pitch = w->pitch, .from = from,
      .slopes_from = w->slopes, .slopes_to = w->slopes,
      .swaps = t.entangler == QHOST_KERNEL_CIRCUIT_CIRCULAR,
      .column_sums = w->column_sums, .row_sums = w->row_sums};
  memset(w->column_sums, 0, (w->pitch + w->rows) * sizeof(vector));
  make_phases(n, 0, w->circuit->cosines + before, w->circuit->sines + before, -1, r.scale, &w->phases);
  if (top.bits > 0)
    undo_top(&w->phases, &pass, &top);
  else
    undo_phase(&w->phases, &pass);
  phase_gradient(w, gradient + before);
}

void NAME(qhost_kernel_circuit_gradient_kept)(const qhost_kernel_circuit *circuit, REAL *states,
                                              REAL *slopes_real, REAL *slopes_imaginary, void *scratch,
                                              double *gradient) {
  work w = {.slopes = {slopes_real, slopes_imaginary, 0}};
  lay_out(circuit, scratch, &w);
  w.state = kept_state(&w, states, circuit->layer_count - 1);
  weigh((size_t)1 << w.n, w.state.real, w.state.imaginary, slopes_real, slopes_imaginary);
  for (size_t layer = circuit->layer_count; layer-- > 0;) {
    columns before = kept_state(&w, states, layer > 0 ? layer - 1 : 0);
    undo_layer(&w, layer, before, gradient);
    w.state = before;
  }
  memset(gradient + (2 * circuit->layer_count - 1) * w.n, 0, w.n * sizeof(double));
}
