/* RZ on all qubits: amplitude x is multiplied by the product of e^(-iz/2) for its bits 0 and e^(iz/2) for 1. */

/* That product, as those of the lanes times those of the vectors. */
typedef struct phases {
  vector lane_real, lane_imaginary;
  REAL *real, *imaginary; /* [2^(n - LANE_BITS)] */
  REAL row_real[GROUP], row_imaginary[GROUP]; /* of the highest qubits, where these are apart */
} phases;

/* Doubles a table of products by one qubit more. */
INLINE void double_phases(size_t count, REAL c, REAL s, REAL *restrict real,
                          REAL *restrict imaginary) {
  for (size_t i = 0; i < count; i++) {
    REAL a = real[i], b = imaginary[i];
    real[i] = a * c + b * s;
    imaginary[i] = b * c - a * s;
    real[i + count] = a * c - b * s;
    imaginary[i + count] = a * s + b * c;
  }
}

/* With `sign` -1 the inverse of RZ; all products are `scale` long. */
static void make_phases(size_t n, size_t rows, const double *cosines, const double *sines, double sign,
                                   double scale, phases *p);
QHOST_WIDE static void make_phases(size_t n, size_t rows, const double *cosines, const double *sines, double sign,
                                   double scale, phases *p) {
  REAL real[LANES] = {1}, imaginary[LANES] = {0};
  for (size_t q = 0; q < LANE_BITS; q++)
    double_phases((size_t)1 << q, (REAL)cosines[q], (REAL)(sign * sines[q]), real, imaginary);
  for (size_t l = 0; l < LANES; l++) {
    p->lane_real[l] = real[l];
    p->lane_imaginary[l] = imaginary[l];
  }
  p->real[0] = (REAL)scale;
  p->imaginary[0] = 0;
  for (size_t q = LANE_BITS; q < n; q++)
    double_phases((size_t)1 << (q - LANE_BITS), (REAL)cosines[q], (REAL)(sign * sines[q]), p->real,
                  p->imaginary);
  p->row_real[0] = 1;
  p->row_imaginary[0] = 0;
  for (size_t q = 0; q < rows; q++)
    double_phases((size_t)1 << q, (REAL)cosines[n + q], (REAL)(sign * sines[n + q]), p->row_real,
                  p->row_imaginary);
}

/* Rows of columns that get their phases. */
typedef struct phase_pass {
  size_t rows, columns;
  columns from, to;
  columns slopes_from, slopes_to;  /* backwards */
  size_t base, pitch;              /* the place of the first column's product, and from row to row */
  int swaps;                       /* whether the upper half's lowest qubit flips: CX(n - 1, 0) */
  vector *column_sums, *row_sums;  /* backwards, added to: Im(conj(slopes' state) psi) */
} phase_pass;

/* e = the phase of a vector; a variable for each part. */
#define VECTOR_PHASE(p, place, er, ei)                                                   \
  vector high_real = (p)->real[place] - (vector){0};                                     \
  vector high_imaginary = (p)->imaginary[place] - (vector){0};                           \
  vector er = high_real * (p)->lane_real - high_imaginary * (p)->lane_imaginary;         \
  vector ei = high_real * (p)->lane_imaginary + high_imaginary * (p)->lane_real

INLINE void forward_phase_row(const phases *p, const phase_pass *w, size_t r, int swaps) {
  const vector *real = (const vector *)w->from.real + r * w->from.pitch;
  const vector *imaginary = (const vector *)w->from.imaginary + r * w->from.pitch;
  vector *to_real = (vector *)w->to.real + r * w->to.pitch;
  vector *to_imaginary = (vector *)w->to.imaginary + r * w->to.pitch;
  for (size_t k = 0; k < w->columns; k++) {
    VECTOR_PHASE(p, w->base + r * w->pitch + k, er, ei);
    vector a = real[k], b = imaginary[k], x = a * er - b * ei, y = a * ei + b * er;
    to_real[k] = swaps ? SWAP_0(x) : x;
    to_imaginary[k] = swaps ? SWAP_0(y) : y;
  }
}

static void forward_phase(const phases *p, const phase_pass *w);
QHOST_WIDE static void forward_phase(const phases *p, const phase_pass *w) {
  for (size_t r = 0; r < w->rows; r++) {
    if (w->swaps && r >= w->rows / 2)
      forward_phase_row(p, w, r, 1);
    else
      forward_phase_row(p, w, r, 0);
  }
}

INLINE void backward_phase_row(const phases *p, const phase_pass *w, size_t r, int swaps) {
  const vector *real = (const vector *)w->from.real + r * w->from.pitch;
  const vector *imaginary = (const vector *)w->from.imaginary + r * w->from.pitch;
  const vector *slopes_real = (const vector *)w->slopes_from.real + r * w->from.pitch;
  const vector *slopes_imaginary = (const vector *)w->slopes_from.imaginary + r * w->from.pitch;
  vector *to_real = (vector *)w->to.real + r * w->to.pitch;
  vector *to_imaginary = (vector *)w->to.imaginary + r * w->to.pitch;
  vector *slopes_to_real = (vector *)w->slopes_to.real + r * w->to.pitch;
  vector *slopes_to_imaginary = (vector *)w->slopes_to.imaginary + r * w->to.pitch;
  vector row_sum = {0};
  for (size_t k = 0; k < w->columns; k++) {
    VECTOR_PHASE(p, w->base + r * w->pitch + k, er, ei);
    vector a = real[k], b = imaginary[k], c = slopes_real[k], d = slopes_imaginary[k];
    if (swaps) {
      a = SWAP_0(a);
      b = SWAP_0(b);
      c = SWAP_0(c);
      d = SWAP_0(d);
    }
    vector x = a * er - b * ei, y = a * ei + b * er, u = c * er - d * ei, v = c * ei + d * er;
    to_real[k] = x;
    to_imaginary[k] = y;
    slopes_to_real[k] = u;
    slopes_to_imaginary[k] = v;
    vector product = u * y - v * x;
    w->column_sums[k] += product;
    row_sum += product;
  }
  w->row_sums[r] += row_sum;
}

static void backward_phase(const phases *p, const phase_pass *w);
QHOST_WIDE static void backward_phase(const phases *p, const phase_pass *w) {
  for (size_t r = 0; r < w->rows; r++) {
    if (w->swaps && r >= w->rows / 2)
      backward_phase_row(p, w, r, 1);
    else
      backward_phase_row(p, w, r, 0);
  }
}

INLINE double total(const vector *v) {
  double sum = 0;
  for (size_t l = 0; l < LANES; l++) sum += (*v)[l];
  return sum;
}

/*
 * Of 2^bits sums, which are lost: gradient[q] = those of places whose bit q is 0, less the others.
 */
static void sum_by_bits(size_t bits, vector *sums, double *gradient);
QHOST_WIDE static void sum_by_bits(size_t bits, vector *sums, double *gradient) {
  for (size_t q = bits; q-- > 0;) {
    vector difference = {0};
    size_t half = (size_t)1 << q;
    for (size_t i = 0; i < half; i++) {
      difference += sums[i] - sums[i + half];
      sums[i] += sums[i + half];
    }
    gradient[q] = total(&difference);
  }
}
