#include "qhost_kernels_spins.h"

#include <math.h>
#include <string.h>

enum { L = QHOST_KERNEL_SPINS_CHAINS };

#define INLINE static inline __attribute__((always_inline))

/* xoshiro256+ (D. Blackman, S. Vigna, ACM TOMS 47, 2021), one for each chain; uniform over [0, 1). */
INLINE void uniform(uint64_t *seed, double *out) {
  uint64_t *s0 = seed, *s1 = seed + L, *s2 = seed + 2 * L, *s3 = seed + 3 * L;
  for (size_t l = 0; l < L; l++) {
    uint64_t sum = s0[l] + s3[l], t = s1[l] << 17;
    s2[l] ^= s0[l];
    s3[l] ^= s1[l];
    s1[l] ^= s2[l];
    s0[l] ^= s3[l];
    s2[l] ^= t;
    s3[l] = (s3[l] << 45) | (s3[l] >> 19);
    /* 52 bits as the mantissa of a number in [1, 2). */
    uint64_t bits = (sum >> 12) | 0x3FF0000000000000u;
    double value;
    memcpy(&value, &bits, sizeof value);
    out[l] = value - 1.0;
  }
}

/* psi after the flip of spin i over psi before it, [16]. */
INLINE void ratio(const qhost_kernel_spins_wave *wave, const qhost_kernel_spins_state *state,
                  size_t i, double *out) {
  size_t m = wave->hidden_count;
  const double *s = state->spins + i * L, *factors = wave->factors + i * m;
  double leap = wave->leaps[i], back = 1.0 / leap;
  for (size_t l = 0; l < L; l++) out[l] = s[l] > 0.0 ? back : leap;
  for (size_t j = 0; j < m; j++) {
    double f = factors[j], g = 1.0 / f;
    const double *q = state->q + j * L, *r = state->r + j * L;
    for (size_t l = 0; l < L; l++) {
      double up = s[l] > 0.0 ? f : g, down = s[l] > 0.0 ? g : f;
      out[l] *= (q[l] * up + down) * r[l];
    }
  }
}

/* The same for two spins that are flipped together. */
INLINE void pair_ratio(const qhost_kernel_spins_wave *wave, const qhost_kernel_spins_state *state,
                       size_t i, size_t k, double *out) {
  size_t m = wave->hidden_count;
  const double *s = state->spins + i * L, *t = state->spins + k * L;
  const double *fi = wave->factors + i * m, *fk = wave->factors + k * m;
  double li = wave->leaps[i], lk = wave->leaps[k];
  for (size_t l = 0; l < L; l++)
    out[l] = (s[l] > 0.0 ? 1.0 / li : li) * (t[l] > 0.0 ? 1.0 / lk : lk);
  for (size_t j = 0; j < m; j++) {
    double same = fi[j] * fk[j], apart = fi[j] / fk[j];
    double same_inverse = 1.0 / same, apart_inverse = 1.0 / apart;
    const double *q = state->q + j * L, *r = state->r + j * L;
    for (size_t l = 0; l < L; l++) {
      double one = s[l] == t[l] ? same : apart, other = s[l] == t[l] ? same_inverse : apart_inverse;
      double up = s[l] > 0.0 ? one : other, down = s[l] > 0.0 ? other : one;
      out[l] *= (q[l] * up + down) * r[l];
    }
  }
}

/* Flips spin i of the chains with flag 1. */
INLINE void flip(const qhost_kernel_spins_wave *wave, qhost_kernel_spins_state *state, size_t i,
                 const double *flags) {
  size_t m = wave->hidden_count;
  double *s = state->spins + i * L;
  const double *factors = wave->factors + i * m;
  for (size_t j = 0; j < m; j++) {
    double f = factors[j] * factors[j], g = 1.0 / f;
    double *q = state->q + j * L, *r = state->r + j * L;
    for (size_t l = 0; l < L; l++) {
      double step = s[l] > 0.0 ? f : g;
      double moved = q[l] * (flags[l] > 0.0 ? step : 1.0);
      q[l] = moved;
      r[l] = 1.0 / (moved + 1.0);
    }
  }
  for (size_t l = 0; l < L; l++) s[l] = flags[l] > 0.0 ? -s[l] : s[l];
}

QHOST_KERNEL void qhost_kernel_spins_begin(const qhost_kernel_spins_wave *wave,
                                           qhost_kernel_spins_state *state) {
  size_t n = wave->spin_count, m = wave->hidden_count;
  for (size_t j = 0; j < m; j++) {
    double angles[L];
    for (size_t l = 0; l < L; l++) angles[l] = wave->bias[j];
    for (size_t i = 0; i < n; i++)
      for (size_t l = 0; l < L; l++)
        angles[l] += wave->weights[j * n + i] * state->spins[i * L + l];
    for (size_t l = 0; l < L; l++) {
      double q = exp(2.0 * angles[l]);
      state->q[j * L + l] = q;
      state->r[j * L + l] = 1.0 / (q + 1.0);
    }
  }
}

QHOST_KERNEL size_t qhost_kernel_spins_sweep(const qhost_kernel_spins_wave *wave,
                                             qhost_kernel_spins_state *state, int pairs) {
  size_t n = wave->spin_count, moves = 0;
  double ratios[L], chances[L], flags[L];
  for (size_t i = 0; i < n; i++) {
    size_t k = i + 1 < n ? i + 1 : 0;
    uniform(state->seed, chances);
    if (pairs)
      pair_ratio(wave, state, i, k, ratios);
    else
      ratio(wave, state, i, ratios);
    const double *s = state->spins + i * L, *t = state->spins + k * L;
    double sum = 0.0;
    for (size_t l = 0; l < L; l++) {
      int apart = !pairs || s[l] != t[l];
      /* Finite, so that what is as good as certain is no 0 times infinity. */
      double odds = ratios[l] * ratios[l];
      odds = odds < 1e300 ? odds : 1e300;
      flags[l] = apart && chances[l] * (1.0 + odds) < odds ? 1.0 : 0.0;
      sum += flags[l];
    }
    if (sum == 0.0) continue;
    moves += (size_t)sum;
    flip(wave, state, i, flags);
    if (pairs) flip(wave, state, k, flags);
  }
  return moves;
}

QHOST_KERNEL void qhost_kernel_spins_energy(const qhost_kernel_spins_wave *wave,
                                            const qhost_kernel_spins_chain *chain,
                                            const qhost_kernel_spins_state *state,
                                            double *energies) {
  size_t n = wave->spin_count;
  double ratios[L];
  for (size_t l = 0; l < L; l++) energies[l] = 0.0;
  for (size_t i = 0; i < n; i++) {
    size_t k = i + 1 < n ? i + 1 : 0;
    const double *s = state->spins + i * L, *t = state->spins + k * L;
    double z = chain->z[i], x = 2.0 * chain->x[i], h = chain->h[i];
    for (size_t l = 0; l < L; l++) energies[l] += z * s[l] * t[l];
    if (chain->flips_spins && h != 0.0) {
      ratio(wave, state, i, ratios);
      for (size_t l = 0; l < L; l++) energies[l] -= h * ratios[l];
    }
    if (chain->flips_pairs && x != 0.0 && i != k) {
      pair_ratio(wave, state, i, k, ratios);
      for (size_t l = 0; l < L; l++) energies[l] += s[l] != t[l] ? x * ratios[l] : 0.0;
    }
  }
}

QHOST_KERNEL void qhost_kernel_spins_outer(size_t m, size_t n, size_t k, const double *a,
                                           const double *b, double *c, size_t c_stride) {
  enum { TILE = 4 };
  for (size_t i = 0; i < m; i += TILE) {
    size_t rows = m - i < TILE ? m - i : TILE;
    for (size_t j = 0; j < n; j += TILE) {
      size_t columns = n - j < TILE ? n - j : TILE;
      double sums[TILE][TILE][8] = {{{0.0}}};
      size_t wide = k / 8 * 8;
      if (rows == TILE && columns == TILE) {
        for (size_t p = 0; p < wide; p += 8)
          for (size_t u = 0; u < TILE; u++)
            for (size_t v = 0; v < TILE; v++)
              for (size_t l = 0; l < 8; l++)
                sums[u][v][l] += a[(i + u) * k + p + l] * b[(j + v) * k + p + l];
      } else {
        for (size_t u = 0; u < rows; u++)
          for (size_t v = 0; v < columns; v++)
            for (size_t p = 0; p < wide; p += 8)
              for (size_t l = 0; l < 8; l++)
                sums[u][v][l] += a[(i + u) * k + p + l] * b[(j + v) * k + p + l];
      }
      for (size_t u = 0; u < rows; u++)
        for (size_t v = 0; v < columns; v++) {
          double sum = 0.0;
          for (size_t l = 0; l < 8; l++) sum += sums[u][v][l];
          for (size_t p = wide; p < k; p++) sum += a[(i + u) * k + p] * b[(j + v) * k + p];
          c[(i + u) * c_stride + j + v] = sum;
        }
    }
  }
}
