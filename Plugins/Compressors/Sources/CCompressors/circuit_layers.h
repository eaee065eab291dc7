/* A whole circuit: which passes a layer is, and what they work on. */
#include <math.h>
#include <string.h>

/*
 * Qubits below INNER are worked on a block of memory at a time, those above in tiles of a few columns, which are
 * copied: rows lie a power of two apart, in the same sets of a cache. States of up to SMALL qubits have smaller blocks,
 * for the first-level cache. Kept states' parts are KEPT_GAP bytes apart, for the same reason as rows are copied.
 */
enum { FIRST_LEVEL = 10, SMALL = 13, INNER = 12, TILE = 128, TILE_COLUMNS = 4, KEPT_GAP = 1024 };

/* What is the same for all layers. */
typedef struct work {
  const qhost_kernel_circuit *circuit;
  size_t n, inner;            /* qubits of a block */
  size_t rows, pitch;         /* of the state: 2^(n - inner), and vectors of each */
  size_t columns;             /* of a tile */
  columns state, slopes, tile, slopes_tile;
  phases phases;
  vector *column_sums, *row_sums; /* [pitch], [rows] */
  vector sums[QHOST_KERNEL_CIRCUIT_MOST];
} work;

/* RY of a layer: see qhost_kernels_circuit.h. */
typedef struct rotation {
  REAL tangents[QHOST_KERNEL_CIRCUIT_MOST];
  double squares[QHOST_KERNEL_CIRCUIT_MOST]; /* by which undoing the qubits below makes products of states too large */
  double scale;                              /* the product of the cosines */
  int turns;
} rotation;

static void make_rotation(const qhost_kernel_circuit *circuit, size_t layer, double sign,
                          rotation *r) {
  size_t n = circuit->qubit_count;
  const double *c = circuit->cosines + 2 * layer * n, *s = circuit->sines + 2 * layer * n;
  double product = 1, square = 1;
  for (size_t q = 0; q < n; q++) product *= c[q];
  r->turns = fabs(product) < LEAST_SCALE ? 2 : 1;
  r->scale = 1;
  for (size_t q = 0; q < n; q++) {
    /* Half the angle has no small cosine once whole turns, which are factors of -1, are left out. */
    double tangent = r->turns == 1 ? s[q] / c[q] : copysign(1, c[q]) * s[q] / (1 + fabs(c[q]));
    double cosine = r->turns == 1 ? c[q] : copysign(0.5, c[q]) * (1 + fabs(c[q]));
    r->tangents[q] = (REAL)(sign * tangent);
    r->squares[q] = square;
    square *= cosine * cosine;
    r->scale *= cosine;
  }
}

static size_t inner_qubits(size_t n) {
  if (n <= FIRST_LEVEL) return n;
  return n <= SMALL ? FIRST_LEVEL : INNER;
}

static size_t tile_columns(size_t n) {
  size_t inner = inner_qubits(n), rows = (size_t)1 << (n - inner), columns = TILE / rows;
  size_t pitch = (size_t)1 << (inner - LANE_BITS);
  if (columns > pitch) return pitch;
  return columns < TILE_COLUMNS ? TILE_COLUMNS : columns;
}

/* Vectors of scratch memory, in the order in which `lay_out` takes them. */
static size_t scratch_vectors(size_t n) {
  size_t inner = inner_qubits(n), rows = (size_t)1 << (n - inner);
  size_t pitch = (size_t)1 << (inner - LANE_BITS), products = ((size_t)2 << (n - LANE_BITS)) / LANES;
  return products + 2 + 4 * rows * tile_columns(n) + pitch + 2 * rows;
}

static void lay_out(const qhost_kernel_circuit *circuit, void *scratch, work *w) {
  size_t n = circuit->qubit_count, products = ((size_t)1 << (n - LANE_BITS)) / LANES + 1;
  w->circuit = circuit;
  w->n = n;
  w->inner = inner_qubits(n);
  /* Without rows of their own the upper half is one, for CX(n - 1, 0). */
  w->rows = n == w->inner ? 2 : (size_t)1 << (n - w->inner);
  w->pitch = ((size_t)1 << (n - LANE_BITS)) / w->rows;
  w->columns = n == w->inner ? w->pitch : tile_columns(n);
  vector *next = scratch;
  w->phases.real = (REAL *)next;
  w->phases.imaginary = (REAL *)(next += products);
  next += products;
  size_t tile = w->rows * w->columns;
  REAL **parts[] = {&w->tile.real, &w->tile.imaginary, &w->slopes_tile.real,
                    &w->slopes_tile.imaginary};
  if (n > w->inner)
    for (size_t part = 0; part < 4; part++, next += tile) *parts[part] = (REAL *)next;
  w->column_sums = next;
  w->row_sums = next + w->pitch;
  w->tile.pitch = w->slopes_tile.pitch = w->columns;
  w->state.pitch = w->slopes.pitch = w->pitch;
}

static columns at(columns c, size_t place) {
  c.real += place * LANES;
  c.imaginary += place * LANES;
  return c;
}

/* H, then RY(y_0), on |0...0>: the product of the qubits' states, which is real. */
static void first_layer(const work *w);
QHOST_WIDE static void first_layer(const work *w) {
  REAL *restrict real = w->state.real;
  real[0] = 1;
  for (size_t q = 0; q < w->n; q++) {
    double c = w->circuit->cosines[q], s = w->circuit->sines[q];
    REAL zero = (REAL)((c - s) * 0.70710678118654752440), one = (REAL)((c + s) * 0.70710678118654752440);
    size_t count = (size_t)1 << q;
    for (size_t i = 0; i < count; i++) {
      real[i + count] = real[i] * one;
      real[i] *= zero;
    }
  }
  memset(w->state.imaginary, 0, sizeof(REAL) << w->n);
}

