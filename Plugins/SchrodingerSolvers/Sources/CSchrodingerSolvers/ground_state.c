#include "qhost_kernels_ground_state.h"

#include <string.h>

/* Fused multiply-add would give each variant its own last bit. */
#pragma STDC FP_CONTRACT OFF

enum { LANES = 8, ITERATIONS = 200 };

#define TINY 1e-290     /* in place of a pivot of 0 */
#define ROUNDING 4e-16  /* of a residual, H scaled to a norm of about 1 */
#define OVERFLOW 1e140  /* products of two solutions above this are left to the pivots */
#define INLINE static inline __attribute__((always_inline))

/* What is known of the lowest level of each lane, in units of `scale` above `floor`. */
typedef struct {
  double floor[LANES], scale[LANES], hop[LANES];
  double shift[LANES], low[LANES], high[LANES], level[LANES];
  double done[LANES]; /* 1: the level is found; 2: left to the pivots */
} levels;

/* What one trial shift showed, each lane. */
typedef struct {
  double gamma[LANES];    /* the residual of x: (H - shift) x = gamma e_twist, x_twist = 1 */
  double square[LANES];   /* |x|^2 */
  double trace[LANES];    /* of the inverse of H - shift */
  double positive[LANES]; /* 1: x has no change of sign */
  double below[LANES];    /* 0: no level lies below the shift */
} trial;

INLINE double absolute(double x) { return x < 0 ? -x : x; }
INLINE double larger(double a, double b) { return a > b ? a : b; }
INLINE double smaller(double a, double b) { return a < b ? a : b; }

/* Scales H; brackets its lowest level between that of the empty box and that of one site alone. */
INLINE void prepare(size_t L, size_t n, const double *hopping, double *restrict diagonal,
                    levels *restrict s) {
  double highest[LANES];
  for (size_t l = 0; l < L; l++) s->floor[l] = highest[l] = diagonal[l];
  for (size_t g = 1; g < n; g++)
    for (size_t l = 0; l < L; l++) {
      s->floor[l] = smaller(diagonal[g * L + l], s->floor[l]);
      highest[l] = larger(diagonal[g * L + l], highest[l]);
    }
  double angle = 3.14159265358979323846 / (double)(n + 1);
  for (size_t l = 0; l < L; l++) {
    s->scale[l] = highest[l] - s->floor[l] + hopping[l];
    s->hop[l] = hopping[l] / s->scale[l];
    /* 2 - 2 cos a > a^2 (1 - a^2 / 12), less rounding */
    s->low[l] = s->hop[l] * angle * angle * (1 - angle * angle / 12) * (1 - 1e-12);
    s->high[l] = 2 * s->hop[l];
    s->shift[l] = s->low[l];
    s->done[l] = 0;
  }
  double inverse[LANES];
  for (size_t l = 0; l < L; l++) inverse[l] = 1 / s->scale[l];
  for (size_t g = 0; g < n; g++)
    for (size_t l = 0; l < L; l++)
      diagonal[g * L + l] = (diagonal[g * L + l] - s->floor[l]) * inverse[l] + 2 * s->hop[l];
}

/* The two solutions at once, p_0 = 1 and q_{n-1} = 1. */
INLINE void shoot(size_t L, size_t n, const double *restrict diagonal, const levels *restrict s,
                  double *restrict p, double *restrict q) {
  double inverse[LANES], p0[LANES], p1[LANES], q0[LANES], q1[LANES];
  for (size_t l = 0; l < L; l++) {
    inverse[l] = 1 / s->hop[l];
    p0[l] = q0[l] = 0;
    p1[l] = q1[l] = 1;
    p[l] = q[(n - 1) * L + l] = 1;
  }
  for (size_t g = 0; g + 1 < n; g++)
    for (size_t l = 0; l < L; l++) {
      size_t a = g * L + l, b = (n - 1 - g) * L + l;
      double ca = (diagonal[a] - s->shift[l]) * inverse[l];
      double cb = (diagonal[b] - s->shift[l]) * inverse[l];
      double pn = ca * p1[l] - p0[l], qn = cb * q1[l] - q0[l];
      p0[l] = p1[l], q0[l] = q1[l];
      p[a + L] = p1[l] = pn;
      q[b - L] = q1[l] = qn;
    }
}

/* Joins the two solutions where their product is largest. */
INLINE void join(size_t L, size_t n, const double *restrict diagonal, const levels *restrict s,
                 const double *restrict p, const double *restrict q, double *restrict x,
                 trial *restrict t) {
  double largest[LANES], twist[LANES], total[LANES];
  for (size_t l = 0; l < L; l++) largest[l] = twist[l] = total[l] = 0;
  for (size_t g = 0; g < n; g++)
    for (size_t l = 0; l < L; l++) {
      double product = p[g * L + l] * q[g * L + l], size = absolute(product);
      total[l] += product;
      twist[l] = size > largest[l] ? (double)g : twist[l];
      largest[l] = larger(size, largest[l]);
    }
  double left[LANES], right[LANES], least[LANES], sign[LANES];
  for (size_t l = 0; l < L; l++) {
    size_t k = (size_t)twist[l], a = k * L + l;
    double before = k > 0 ? p[a - L] : 0, after = k + 1 < n ? q[a + L] : 0;
    left[l] = 1 / p[a], right[l] = 1 / q[a];
    t->gamma[l] = diagonal[a] - s->shift[l] - s->hop[l] * (before * left[l] + after * right[l]);
    t->trace[l] = total[l] / (p[a] * q[a] * t->gamma[l]);
    t->square[l] = largest[l] < OVERFLOW ? 0 : 1e300;
    least[l] = sign[l] = 0;
  }
  for (size_t g = 0; g < n; g++)
    for (size_t l = 0; l < L; l++) {
      double pg = p[g * L + l], qg = q[g * L + l];
      double value = (double)g <= twist[l] ? pg * left[l] : qg * right[l];
      x[g * L + l] = value;
      t->square[l] += value * value;
      least[l] = smaller(value, least[l]);
      sign[l] = smaller(pg, sign[l]);
    }
  for (size_t l = 0; l < L; l++) {
    t->positive[l] = least[l] < 0 ? 0 : 1;
    double wronskian = t->gamma[l] * left[l] * right[l]; /* its sign: p beyond the right wall */
    t->below[l] = sign[l] < 0 || wronskian < 0 ? 1 : 0;
  }
}

/*
 * The same trial for one packet whose solutions overflow: the pivots of H - shift from the top and
 * from the bottom, which are the ratios of p and q. Slower by a chain of divisions, and safe at any
 * barrier.
 */
static void factor(size_t n, const double *restrict diagonal, const levels *restrict s,
                   double *restrict down, double *restrict up, double *restrict x,
                   trial *restrict t) {
  double hop = s->hop[0], shift = s->shift[0], p = diagonal[0] - shift, q = diagonal[n - 1] - shift;
  t->below[0] = 0;
  for (size_t g = 0; g + 1 < n; g++) {
    p = absolute(p) < TINY ? TINY : p;
    q = absolute(q) < TINY ? TINY : q;
    if (p < 0) t->below[0] = 1;
    down[g] = hop / p;
    up[n - 1 - g] = hop / q;
    p = diagonal[g + 1] - shift - hop * down[g];
    q = diagonal[n - 2 - g] - shift - hop * up[n - 1 - g];
  }
  if (p < 0) t->below[0] = 1;
  size_t twist = 0;
  for (size_t g = 0; g < n; g++) {
    double before = g > 0 ? down[g - 1] : 0, after = g + 1 < n ? up[g + 1] : 0;
    double gamma = diagonal[g] - shift - hop * (before + after);
    gamma = absolute(gamma) < TINY ? TINY : gamma;
    t->trace[0] = g > 0 ? t->trace[0] + 1 / gamma : 1 / gamma;
    if (g == 0 || absolute(gamma) < absolute(t->gamma[0])) t->gamma[0] = gamma, twist = g;
  }
  x[twist] = 1;
  for (size_t g = twist; g-- > 0;) x[g] = x[g + 1] * down[g];
  for (size_t g = twist + 1; g < n; g++) x[g] = x[g - 1] * up[g];
  t->square[0] = 0, t->positive[0] = 1;
  for (size_t g = 0; g < n; g++) {
    t->square[0] += x[g] * x[g];
    if (x[g] < 0) t->positive[0] = 0;
  }
}

/* Narrows the brackets and moves the shifts; returns how many lanes are not done. */
INLINE int advance(size_t L, double tolerance, const trial *restrict t, levels *restrict s) {
  int open = 0;
  for (size_t l = 0; l < L; l++) {
    if (s->done[l] != 0) continue;
    int usable = t->positive[l] != 0 && t->square[l] < 1e300;
    double quotient = s->shift[l] + t->gamma[l] / t->square[l]; /* the Rayleigh quotient of x */
    if (t->below[l] == 0) s->low[l] = larger(s->shift[l], s->low[l]);
    else s->high[l] = smaller(s->shift[l], s->high[l]);
    if (usable) s->high[l] = smaller(quotient, s->high[l]);
    double others = absolute(t->trace[l] * t->gamma[l] / t->square[l] - 1);
    int exact = absolute(t->gamma[l]) <= ROUNDING * __builtin_elementwise_sqrt(t->square[l]);
    int narrow = s->high[l] - s->low[l] <= ROUNDING * s->high[l];
    s->level[l] = s->high[l];
    s->done[l] = (usable && (exact || others <= tolerance)) || narrow ? 1 : 0;
    if (s->done[l] != 0) continue;
    open++;
    s->shift[l] = usable ? s->high[l] : 0.5 * (s->low[l] + s->high[l]);
  }
  return open;
}

/* L packets whose scaled H is in `diagonal` [n x L]; leaves their amplitudes in `x` [n x L]. */
INLINE void find_levels(size_t L, size_t n, double tolerance, int pivots, levels *restrict s,
                        const double *restrict diagonal, double *restrict p, double *restrict q,
                        double *restrict x) {
  trial t;
  for (int i = 0; i < ITERATIONS; i++) {
    if (pivots) {
      factor(n, diagonal, s, p, q, x, &t);
    } else {
      shoot(L, n, diagonal, s, p, q);
      join(L, n, diagonal, s, p, q, x, &t);
      for (size_t l = 0; i == 0 && l < L; l++)
        if (!(t.square[l] < 1e300)) s->done[l] = 2;
    }
    if (advance(L, tolerance, &t, s) == 0) break;
  }
  for (size_t l = 0; l < L; l++) t.square[l] = 1 / __builtin_elementwise_sqrt(t.square[l]);
  for (size_t g = 0; g < n; g++)
    for (size_t l = 0; l < L; l++) x[g * L + l] = absolute(x[g * L + l]) * t.square[l];
}

/* One packet. */
INLINE double solve_one(size_t n, const double *potential, double hopping, double tolerance,
                        double *restrict scratch, double *restrict x) {
  double *diagonal = scratch, *p = diagonal + n, *q = p + n;
  levels s;
  memcpy(diagonal, potential, n * sizeof *diagonal);
  prepare(1, n, &hopping, diagonal, &s);
  find_levels(1, n, tolerance, 0, &s, diagonal, p, q, x);
  if (s.done[0] == 2) {
    s.done[0] = 0;
    find_levels(1, n, tolerance, 1, &s, diagonal, p, q, x);
  }
  return s.floor[0] + s.scale[0] * s.level[0];
}

/* LANES packets side by side, of which the first `used` are wanted. */
INLINE void solve_lanes(size_t used, size_t n, const double *restrict potentials,
                        const double *hopping, double tolerance, double *restrict scratch,
                        double *restrict amplitudes, double *restrict energies) {
  double *diagonal = scratch, *p = diagonal + n * LANES, *q = p + n * LANES, *x = q + n * LANES;
  double hop[LANES];
  levels s;
  for (size_t l = 0; l < LANES; l++) {
    size_t packet = l < used ? l : used - 1;
    hop[l] = hopping[packet];
    for (size_t g = 0; g < n; g++) diagonal[g * LANES + l] = potentials[packet * n + g];
  }
  prepare(LANES, n, hop, diagonal, &s);
  find_levels(LANES, n, tolerance, 0, &s, diagonal, p, q, x);
  for (size_t l = 0; l < used; l++) {
    energies[l] = s.floor[l] + s.scale[l] * s.level[l];
    for (size_t g = 0; g < n; g++) amplitudes[l * n + g] = x[g * LANES + l];
  }
  for (size_t l = 0; l < used; l++)
    if (s.done[l] == 2)
      energies[l] =
          solve_one(n, potentials + l * n, hop[l], tolerance, scratch, amplitudes + l * n);
}

QHOST_KERNEL
size_t qhost_kernel_ground_state(size_t count, size_t grid, const double *potentials,
                                 const double *hopping, double tolerance, double *scratch,
                                 double *amplitudes, double *energies) {
  for (size_t b = 0; b < count; b++) {
    double low = hopping[b], high = low, wrong = 0;
    for (size_t g = 0; g < grid; g++) {
      double v = potentials[b * grid + g];
      low = smaller(v, low), high = larger(v, high);
      wrong = v - v == 0 ? wrong : 1;
    }
    if (wrong != 0 || high - low > 1e308) return b;
  }
  size_t b = 0;
  for (; count - b > 2; b += LANES < count - b ? LANES : count - b)
    solve_lanes(LANES < count - b ? LANES : count - b, grid, potentials + b * grid, hopping + b,
                tolerance, scratch, amplitudes + b * grid, energies + b);
  for (; b < count; b++)
    energies[b] = solve_one(grid, potentials + b * grid, hopping[b], tolerance, scratch,
                            amplitudes + b * grid);
  return count;
}
