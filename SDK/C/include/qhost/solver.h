/*
 * qhost/solver.h: evolves batches of one-dimensional wave packets in given potentials.
 *
 *   i hbar d psi/dt = [ -(hbar^2 / 2 m) d^2/dx^2 + V(x) ] psi            (real time)
 *     hbar d psi/dt = [  (hbar^2 / 2 m) d^2/dx^2 - V(x) ] psi, |psi| = 1 (imaginary time)
 *
 * on G points x_g = origin + g * spacing, psi = 0 beyond them. All B packets share one grid.
 */
#ifndef QHOST_SOLVER_H
#define QHOST_SOLVER_H

#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Modes, and bits (1 << mode) that say which a solver has. */
#define QHOST_EVOLVE_REAL 0u
#define QHOST_EVOLVE_IMAGINARY 1u
#define QHOST_EVOLVE_GROUND_STATE 2u /* imaginary time to convergence; `time` and `steps` unused */

/*
 * Topologies, and bits (1 << topology) that say which a solver has. On a lattice the kinetic term is
 * hopping of amplitude J = hbar^2 / (2 m spacing^2) between joined sites.
 */
#define QHOST_GRID_LINE 0u         /* a discretised line */
#define QHOST_LATTICE_CHAIN 1u     /* neighbours joined: integer parameters */
#define QHOST_LATTICE_COMPLETE 2u  /* all sites joined: categorical parameters */

/* A batch of packets. Pointers belong to the caller and are valid during the call. */
typedef struct qhost_packets {
  uint32_t struct_size;
  uint32_t mode;         /* QHOST_EVOLVE_... */
  uint32_t topology;     /* QHOST_GRID_..., QHOST_LATTICE_... */
  uint32_t reserved;
  uint64_t packet_count; /* B >= 1 */
  uint64_t grid_count;   /* G >= 2 */
  double origin;         /* x of grid point 0 */
  double spacing;        /* > 0 */
  double hbar;           /* > 0 */
  double time;           /* > 0: how long to evolve */
  uint64_t steps;        /* >= 1: time steps to divide it into */
  const double *masses;     /* [B] > 0 */
  const double *potentials; /* [B x G], finite */
  /*
   * In and out: the wave functions [B x G], any norm > 0. NULL: the solver starts from its own choice
   * and keeps the result to itself. `imaginary` may be NULL in imaginary time.
   */
  double *real;
  double *imaginary;
  /* Out. NULL: not wanted. */
  double *densities;      /* [B x G] |psi|^2, sum times spacing = 1 */
  double *means;          /* [B] <x> */
  double *second_moments; /* [B] <x^2> */
  double *energies;       /* [B] <H> */
  double *norms;          /* [B] norm after the evolution over norm before (1 in imaginary time) */
} qhost_packets;

typedef struct qhost_solver {
  uint32_t struct_size;
  uint32_t modes;      /* bit (1 << mode) for each mode it has */
  uint32_t topologies; /* bit (1 << topology) for each topology it has */
  uint32_t reserved;

  /* Makes an instance and stores it in `*instance`; on failure stores nothing. [owner] */
  qhost_status (*create)(const qhost_request *request, void **instance, qhost_error *error);

  /* Ends an instance. Called once, last. [owner] */
  void (*destroy)(void *instance);

  /* Evolves the batch. QHOST_UNSUPPORTED for a mode or topology that it does not have. [owner] */
  qhost_status (*evolve)(void *instance, const qhost_packets *packets, qhost_error *error);
} qhost_solver;

#ifdef __cplusplus
}
#endif
#endif
