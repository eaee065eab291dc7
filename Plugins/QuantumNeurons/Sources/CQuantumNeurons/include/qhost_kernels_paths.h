/*
 * Paths of particles in double wells: moves that leave exp(-S) unchanged, 16 chains at once.
 *
 * Slices i of a periodic path are `spacing` a apart. Neuron k has the action
 *
 *   S = sum_i (x_{i+1} - x_i)^2 / (2a) + a V(x_i),   V = A q + B x^2 + C q^2,   q = (x^2 - 1)^2
 *
 * while all others rest, with A, B and C made of their paths and of the inputs' pulse p_i = (input_i^2 - 1)^2:
 *
 *   A = Lambda/4 + sum of w x_t^2 over couplings to neurons t (not with `is_feed_forward`)
 *   B = drive p  + sum of w q_s   over couplings from neurons s
 *   C = block p^2 + sum of w q_o^2 over inhibitions with neurons o
 *
 * A lane is a chain of its own: couplings, drives and random numbers are given for each, and nothing goes from one to
 * another. The same numbers come out on every machine with fused multiply-adds, and slowly on those without.
 */
#ifndef QHOST_KERNELS_PATHS_H
#define QHOST_KERNELS_PATHS_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

enum { QHOST_PATH_LANES = 16, QHOST_PATH_LONGEST = 63 };

/* A coupling from the first neuron to the second, or an inhibition of both. */
typedef struct qhost_kernel_coupling {
  uint32_t first, second;
} qhost_kernel_coupling;

/* Networks of the same neurons and couplings, one a lane. All arrays of floats are aligned to 64 bytes. */
typedef struct qhost_kernel_paths {
  size_t neuron_count;
  size_t slice_count; /* even, at least 2 (QHOST_PATH_LONGEST + 1) where segments are moved */
  float spacing;      /* a */
  float stiffness;    /* Lambda/4 */
  int is_feed_forward;
  const float *pulse; /* p [slices] */
  size_t excitation_count;
  size_t inhibition_count;
  const qhost_kernel_coupling *excitations; /* from, to */
  const qhost_kernel_coupling *inhibitions;
  const float *excitation_weights; /* [excitations x 16] */
  const float *inhibition_weights; /* [inhibitions x 16] */
  const float *drives;             /* [neurons x 16] */
  const float *blocks;             /* [neurons x 16] */
  float *paths;                    /* x [neurons x slices x 16] */
  float *field;                    /* scratch [(6 x 16 + 1) x slices]: a A, a B, a C of two neurons, and roots */
  uint32_t *state;                 /* of xoshiro128+ [4 x 16]; no lane all 0 */
} qhost_kernel_paths;

/*
 * Each moves every neuron in turn. `accepted` [16] is added the moves of each lane that were accepted.
 *
 * local: x_i + (u - 1/2) 2 step for even slices, then for odd ones (N. Metropolis et al. 1953).
 */
void qhost_kernel_paths_local(const qhost_kernel_paths *paths, float step, float *accepted);

/*
 * staging: `length` slices at a time from the free bridge between their neighbours, accepted by V alone
 * (M. Sprik, M. L. Klein, D. Chandler, Phys. Rev. B 31, 1985). The first segment begins after slice `first`; what does not fill a
 * segment rests. 1 <= length <= QHOST_PATH_LONGEST.
 */
void qhost_kernel_paths_staging(const qhost_kernel_paths *paths, size_t length, size_t first,
                                float *accepted);

/*
 * multilevel: 2^levels - 1 slices at a time by bisection, accepted level by level (D. M. Ceperley,
 * Rev. Mod. Phys. 67, 1995). 1 <= levels <= 6.
 */
void qhost_kernel_paths_multilevel(const qhost_kernel_paths *paths, size_t levels, size_t first,
                                   float *accepted);

/*
 * signs: clusters of slices of one sign get a sign again (R. H. Swendsen, J.-S. Wang, Phys. Rev. Lett. 58, 1987): neighbours of
 * the same sign hang together with probability 1 - exp(-2 x_i x_{i+1} / a). V is even, so that nothing is refused.
 */
void qhost_kernel_paths_signs(const qhost_kernel_paths *paths);

/*
 * dips: two coupled neurons move together about a pulse, x_i + delta p_i^(1/2), each by its own delta, uniform
 * over (-width, width). A pulse is what lies between slices i period and (i + 1) period. One by one, they have to cross
 * a barrier to begin or to end following it. Neurons without couplings move alone; not for feed-forward networks.
 */
void qhost_kernel_paths_dips(const qhost_kernel_paths *paths, float width, size_t period,
                             float *accepted);

/* sums [neurons x 16] = sum_i q_i. */
void qhost_kernel_paths_sums(const qhost_kernel_paths *paths, float *sums);

#pragma GCC visibility pop

#endif
