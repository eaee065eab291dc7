/*
 * Metropolis-Hastings sampling of spins from the square of a restricted Boltzmann machine, and their local
 * energies; sixteen chains side by side.
 *
 * psi(s) = exp(sum a_i s_i) prod_j cosh(theta_j), theta_j = b_j + sum_i W_ji s_i. Kept for each chain are
 * q_j = exp(2 theta_j) and r_j = 1 / (q_j + 1). Flipping s_i takes d = 2 W_ji s_i off theta_j, and
 *
 *   cosh(theta_j - d) / cosh(theta_j) = (q_j exp(-d) + exp(d)) r_j,
 *
 * a sum of positive numbers: nothing cancels however large the angles are, and no exponential is taken.
 */
#ifndef QHOST_KERNELS_SPINS_H
#define QHOST_KERNELS_SPINS_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

enum {
  QHOST_KERNEL_SPINS_CHAINS = 16,
  /* The words of a chain's random generator. */
  QHOST_KERNEL_SPINS_SEED = 4
};

typedef struct qhost_kernel_spins_wave {
  size_t spin_count, hidden_count;    /* N, M */
  const double *visible;              /* a [N] */
  const double *bias;                 /* b [M] */
  const double *weights;              /* W [M x N] */
  const double *factors;              /* exp(-2 W_ji) at [i x M + j], [N x M] */
  const double *leaps;                /* exp(2 a_i), [N] */
} qhost_kernel_spins_wave;

/* H = sum_i z_i s^z_i s^z_{i+1} + x_i (s^x_i s^x_{i+1} + s^y_i s^y_{i+1}) - h_i s^x_i, i + 1 modulo N. */
typedef struct qhost_kernel_spins_chain {
  const double *z, *x, *h; /* [N] each */
  int flips_pairs;         /* whether some x is not 0 */
  int flips_spins;         /* whether some h is not 0 */
} qhost_kernel_spins_chain;

/* 16 chains: [.. x 16] arrays in memory of the caller. */
typedef struct qhost_kernel_spins_state {
  double *spins;  /* +1 or -1, [N x 16] */
  double *q, *r;  /* [M x 16] */
  uint64_t *seed; /* [4 x 16] */
} qhost_kernel_spins_state;

/* Computes q and r of the spins. */
void qhost_kernel_spins_begin(const qhost_kernel_spins_wave *wave, qhost_kernel_spins_state *state);

/*
 * One sweep: each spin once is flipped with probability p / (1 + p), p = ratio squared (A. Barker, Austral.
 * J. Phys. 18 (1965) 119): the heat bath. By Metropolis' min(1, p) a sweep in order would flip nearly every
 * spin of a state that is nearly uniform, there and back, and go nowhere. With `pairs` each pair of
 * neighbours that point apart once, which keeps the sum of spins. Returns how many moves were made, of
 * N x 16 that were tried.
 */
size_t qhost_kernel_spins_sweep(const qhost_kernel_spins_wave *wave,
                                qhost_kernel_spins_state *state, int pairs);

/* Writes the local energies [16] of the chains' spins, (H psi)(s) / psi(s). */
void qhost_kernel_spins_energy(const qhost_kernel_spins_wave *wave,
                               const qhost_kernel_spins_chain *chain,
                               const qhost_kernel_spins_state *state, double *energies);

/* c = a b^T with a [m x k] and b [n x k]: sums over samples of products of derivatives. */
void qhost_kernel_spins_outer(size_t m, size_t n, size_t k, const double *a, const double *b,
                              double *c, size_t c_stride);

#pragma GCC visibility pop

#endif
