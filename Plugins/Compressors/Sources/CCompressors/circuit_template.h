/* Circuits in one precision: see qhost_kernels_circuit.h. REAL, LANE_BITS, LEAST_SCALE and NAME are given. */
#include "circuit_vector.h"
#include "circuit_window.h"
#include "circuit_block.h"
#include "circuit_phase.h"
#include "circuit_top.h"
#include "circuit_layers.h"
#include "circuit_kept.h"
#include "circuit_passes.h"

size_t NAME(qhost_kernel_circuit_scratch)(size_t qubit_count) {
  return scratch_vectors(qubit_count) * sizeof(vector);
}

/* RZ of the layer before, the entangler, RY; from the state `from` to that of `w`: the same one, above SMALL qubits. */
static void forward_layer(work *w, size_t layer, columns from) {
  size_t n = w->n, before = (2 * layer - 1) * n;
  rotation r;
  make_rotation(w->circuit, layer, 1, &r);
  task t = make_task(w, layer, 0, &r);
  int is_window = n > w->inner && n - w->inner <= 3;
  size_t apart = is_window ? n - w->inner : 0;
  make_phases(n - apart, apart, w->circuit->cosines + before, w->circuit->sines + before, 1, r.scale,
              &w->phases);
  if (is_window) turn_top(w, &t, from);
  for (size_t base = 0; base < w->pitch && !is_window; base += w->columns) {
    phase_pass pass = make_phase_pass(w, &t, base);
    pass.from = at(from, base);
    forward_phase(&w->phases, &pass);
    if (n > w->inner) turn_tile(w, &t, base);
  }
  turn_blocks(w, &t);
}

void NAME(qhost_kernel_circuit_forward)(const qhost_kernel_circuit *circuit, int finish, REAL *real,
                                        REAL *imaginary, void *scratch) {
  work w = {.state = {real, imaginary, 0}};
  lay_out(circuit, scratch, &w);
  first_layer(&w);
  for (size_t layer = 1; layer < circuit->layer_count; layer++) forward_layer(&w, layer, w.state);
  if (!finish) return;
  size_t last = (2 * circuit->layer_count - 1) * w.n;
  make_phases(w.n, 0, circuit->cosines + last, circuit->sines + last, 1, 1, &w.phases);
  phase_pass pass = {.rows = w.rows, .columns = w.pitch, .pitch = w.pitch, .from = w.state, .to = w.state};
  forward_phase(&w.phases, &pass);
}

/* The state of the slopes: psi times dL/dp. */
static void weigh(size_t count, const REAL *restrict real, const REAL *restrict imaginary,
                             REAL *restrict slopes_real, REAL *restrict slopes_imaginary);
QHOST_WIDE static void weigh(size_t count, const REAL *restrict real, const REAL *restrict imaginary,
                             REAL *restrict slopes_real, REAL *restrict slopes_imaginary) {
  for (size_t i = 0; i < count; i++) {
    REAL slope = slopes_real[i];
    slopes_real[i] = slope * real[i];
    slopes_imaginary[i] = slope * imaginary[i];
  }
}

/* Of a vector's lanes, those whose bit q is 1 less the others. */
static double lane_difference(const vector *v, size_t q) {
  double sum = 0;
  for (size_t l = 0; l < LANES; l++) sum += l >> q & 1 ? (*v)[l] : -(*v)[l];
  return sum;
}

/* dL/dy of a layer, from the products that its passes left; `squares` as of a rotation, or NULL where nothing was undone before. */
static void turn_gradient(const work *w, const double *squares, double *gradient) {
  for (size_t q = 0; q < w->n; q++) {
    size_t low = q < w->inner ? LOW : w->inner, start = q < LOW ? 0 : low + (q - low) / 3 * 3;
    double sum = q < LANE_BITS ? lane_difference(w->sums + q, q) : total(w->sums + q);
    gradient[q] = squares == NULL ? sum : sum * squares[start];
  }
}

/* dL/dz of a layer, from the sums over rows and over columns, which are lost. */
static void phase_gradient(const work *w, double *gradient) {
  size_t column_bits = (size_t)__builtin_ctzl(w->pitch), row_bits = (size_t)__builtin_ctzl(w->rows);
  sum_by_bits(column_bits, w->column_sums, gradient + LANE_BITS);
  sum_by_bits(row_bits, w->row_sums, gradient + LANE_BITS + column_bits);
  for (size_t q = 0; q < LANE_BITS; q++) gradient[q] = -lane_difference(w->column_sums, q);
}

/* The inverse of forward_layer on both states, and the gradient of its angles. */
static void backward_layer(work *w, size_t layer, double *gradient) {
  size_t n = w->n, before = (2 * layer - 1) * n;
  rotation r;
  make_rotation(w->circuit, layer, -1, &r);
  task t = make_task(w, layer, 1, &r);
  memset(w->sums, 0, sizeof w->sums);
  memset(w->column_sums, 0, (w->pitch + w->rows) * sizeof(vector));
  turn_blocks(w, &t);
  if (layer > 0)
    make_phases(n, 0, w->circuit->cosines + before, w->circuit->sines + before, -1, r.scale, &w->phases);
  for (size_t base = 0; base < w->pitch; base += w->columns) {
    if (n > w->inner) turn_tile(w, &t, base);
    if (layer == 0) continue;
    phase_pass pass = make_phase_pass(w, &t, base);
    backward_phase(&w->phases, &pass);
  }
  turn_gradient(w, r.squares, gradient + 2 * layer * n);
  if (layer > 0) phase_gradient(w, gradient + before);
}

void NAME(qhost_kernel_circuit_gradient)(const qhost_kernel_circuit *circuit, REAL *real,
                                         REAL *imaginary, REAL *slopes_real, REAL *slopes_imaginary,
                                         void *scratch, double *gradient) {
  work w = {.state = {real, imaginary, 0}, .slopes = {slopes_real, slopes_imaginary, 0}};
  lay_out(circuit, scratch, &w);
  weigh((size_t)1 << w.n, real, imaginary, slopes_real, slopes_imaginary);
  for (size_t layer = circuit->layer_count; layer-- > 0;) backward_layer(&w, layer, gradient);
  memset(gradient + (2 * circuit->layer_count - 1) * w.n, 0, w.n * sizeof(double));
}

#include "circuit_keep.h"
#include "circuit_gate.h"
