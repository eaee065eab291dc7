/*
 * The two passes of a layer. Forward the highest window of qubits comes first, so that those below it are still as they
 * were; backwards it is the last one.
 */

/* What a layer's passes do. */
typedef struct task {
  uint32_t entangler;
  int backwards;
  int order;
  const rotation *rotation;
} task;

static task make_task(const work *w, size_t layer, int backwards, const rotation *r) {
  task t = {QHOST_KERNEL_CIRCUIT_NONE, backwards, KEEP, r};
  if (layer == 0 || layer > w->circuit->repetitions) return t;
  t.entangler = w->circuit->entangler;
  if (t.entangler != QHOST_KERNEL_CIRCUIT_NONE)
    t.order = (t.entangler == QHOST_KERNEL_CIRCUIT_REVERSE) == backwards ? GRAY : PREFIX;
  return t;
}

/* The window of at most 3 qubits that begins at `start`, of those below `high`. */
static window make_window(work *w, const task *t, size_t start, size_t high) {
  window pass = {.order = t->order, .turns = t->rotation->turns};
  pass.bits = high - start < 3 ? high - start : 3;
  pass.tangents = t->rotation->tangents + start;
  pass.sums = w->sums + start;
  return pass;
}

static void run_window(const task *t, const window *pass) {
  if (t->backwards)
    backward_window(pass);
  else
    forward_window(pass);
}

/* The high qubits in the columns from `base` on. */
static void turn_tile(work *w, const task *t, size_t base) {
  size_t count = (w->n - w->inner + 2) / 3, own = w->columns;
  for (size_t step = 0; step < count; step++) {
    size_t index = t->backwards ? step : count - 1 - step, start = w->inner + 3 * index;
    window pass = make_window(w, t, start, w->n);
    pass.columns = own << (start - w->inner);
    pass.outer = w->rows >> (start - w->inner + pass.bits);
    pass.from = w->tile;
    pass.slopes_from = w->slopes_tile;
    pass.from.pitch = pass.columns;
    pass.to = pass.from;
    pass.slopes_to = pass.slopes_from;
    if (index == 0) {
      /* The columns of a row are all below the window: they come from the state, and go there. */
      *(t->backwards ? &pass.from : &pass.to) = at(w->state, base);
      *(t->backwards ? &pass.slopes_from : &pass.slopes_to) = at(w->slopes, base);
    }
    pass.mask = ~(size_t)0;
    if (t->entangler == QHOST_KERNEL_CIRCUIT_REVERSE)
      pass.mask = index == 0 ? w->pitch >> 1 : pass.columns >> 1;
    if (index == 0 || t->entangler != QHOST_KERNEL_CIRCUIT_REVERSE)
      pass.flip = (size_t)__builtin_parityl(base & pass.mask);
    run_window(t, &pass);
  }
}

/* Phases, and the high qubits where they are one window: all columns at once, from the state to itself. */
static void turn_top(work *w, const task *t, columns from) {
  phase_pass pass = {
      .rows = w->rows, .columns = w->pitch, .pitch = w->pitch, .from = from, .to = w->state,
      .swaps = t->entangler == QHOST_KERNEL_CIRCUIT_CIRCULAR};
  window top = make_window(w, t, w->inner, w->n);
  top.to = w->state;
  top.mask = t->entangler == QHOST_KERNEL_CIRCUIT_REVERSE ? w->pitch >> 1 : ~(size_t)0;
  forward_top(&w->phases, &pass, &top);
}

/* The lowest qubits of a block: a vector's and three more. */
static void turn_low(work *w, const task *t, size_t place) {
  columns state = at(w->state, place), slopes = at(w->slopes, place);
  block b = {
      .groups = ((size_t)1 << w->inner) / (GROUP * LANES),
      .parts = {state.real, state.imaginary, slopes.real, slopes.imaginary},
      .order = t->order,
      .tangents = t->rotation->tangents,
      .turns = t->rotation->turns,
      .sums = w->sums};
  if (t->backwards)
    backward_block(&b);
  else
    forward_block(&b);
}

/* All qubits of a block, whose first vector is at `place`. */
static void turn_block(work *w, const task *t, size_t place) {
  size_t count = (w->inner - LOW + 2) / 3;
  if (t->backwards) turn_low(w, t, place);
  for (size_t step = 0; step < count; step++) {
    size_t start = LOW + 3 * (t->backwards ? step : count - 1 - step);
    window pass = make_window(w, t, start, w->inner);
    pass.columns = (size_t)1 << (start - LANE_BITS);
    pass.outer = (size_t)1 << (w->inner - start - pass.bits);
    pass.from = at(w->state, place);
    pass.slopes_from = at(w->slopes, place);
    pass.from.pitch = pass.columns;
    pass.to = pass.from;
    pass.slopes_to = pass.slopes_from;
    pass.mask = t->entangler == QHOST_KERNEL_CIRCUIT_REVERSE ? pass.columns >> 1 : ~(size_t)0;
    run_window(t, &pass);
  }
  if (!t->backwards) turn_low(w, t, place);
}

static void turn_blocks(work *w, const task *t) {
  size_t block = ((size_t)1 << w->inner) / LANES;
  for (size_t place = 0; place < (size_t)1 << (w->n - LANE_BITS); place += block)
    turn_block(w, t, place);
}

/* The phases of some columns: from the state to the tile, or back. */
static phase_pass make_phase_pass(const work *w, const task *t, size_t base) {
  phase_pass pass = {
      .rows = w->rows, .columns = w->columns, .base = base, .pitch = w->pitch,
      .swaps = t->entangler == QHOST_KERNEL_CIRCUIT_CIRCULAR,
      .column_sums = w->column_sums + base, .row_sums = w->row_sums};
  pass.from = pass.to = at(w->state, base);
  pass.slopes_from = pass.slopes_to = at(w->slopes, base);
  if (w->n == w->inner) return pass;
  *(t->backwards ? &pass.from : &pass.to) = w->tile;
  *(t->backwards ? &pass.slopes_from : &pass.slopes_to) = w->slopes_tile;
  return pass;
}

/* The products of a block's qubits, and these undone of the slopes' state, where psi was kept. */
static void undo_block(work *w, const task *t, size_t place) {
  size_t count = (w->inner - LOW + 2) / 3;
  window passes[(FIRST_LEVEL + 2) / 3];
  for (size_t step = 0; step < count; step++) {
    size_t start = LOW + 3 * step;
    window pass = make_window(w, t, start, w->inner);
    pass.columns = (size_t)1 << (start - LANE_BITS);
    pass.outer = (size_t)1 << (w->inner - start - pass.bits);
    pass.from = at(w->state, place);
    pass.slopes_from = at(w->slopes, place);
    pass.from.pitch = pass.columns;
    pass.mask = t->entangler == QHOST_KERNEL_CIRCUIT_REVERSE ? pass.columns >> 1 : ~(size_t)0;
    passes[step] = pass;
    product_window(&passes[step]);
  }
  columns state = at(w->state, place), slopes = at(w->slopes, place);
  block b = {
      .groups = ((size_t)1 << w->inner) / (GROUP * LANES),
      .parts = {state.real, state.imaginary, slopes.real, slopes.imaginary},
      .order = t->order, .tangents = t->rotation->tangents, .turns = t->rotation->turns, .sums = w->sums};
  kept_block(&b);
  for (size_t step = 0; step < count; step++) undo_window(&passes[step]);
}
