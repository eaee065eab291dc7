/*
 * Samples the square of a restricted Boltzmann machine of N spins and N hidden units and takes its energy in the critical
 * Ising ring, with the kernels of Plugins/QuantumStates as they are: 64 chains, 30 sweeps of thermalisation, 32 samples, a
 * sweep between two. Prints the milliseconds of processor time that a set of 2,048 samples with their energies takes, and
 * the mean energy of a spin. The parameters are read from standard input: a, b, W row by row.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "qhost_kernels_spins.h"

enum { L = QHOST_KERNEL_SPINS_CHAINS, CHAINS = 64, SAMPLES = 32, THERMALISATION = 30 };

static uint64_t splitmix(uint64_t *state) {
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static double processor_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int argc, char **argv) {
  size_t n = (size_t)atoi(argv[1]), sets = (size_t)atoi(argv[2]);
  (void)argc;
  double *p = malloc((2 * n + n * n) * sizeof *p);
  for (size_t i = 0; i < 2 * n + n * n; i++)
    if (scanf("%lf", p + i) != 1) return 1;
  double *z = calloc(n, sizeof *z), *x = calloc(n, sizeof *x), *h = calloc(n, sizeof *h);
  for (size_t i = 0; i < n; i++) z[i] = -1.0, h[i] = 1.0;
  qhost_kernel_spins_chain chain = {z, x, h, 0, 1};
  double *factors = malloc(n * n * sizeof *factors), *leaps = malloc(n * sizeof *leaps);
  double *spins = malloc(n * L * sizeof *spins), *q = malloc(n * L * sizeof *q);
  double *r = malloc(n * L * sizeof *r);
  uint64_t *seed = malloc(4 * L * sizeof *seed), state = 1;
  double sum = 0.0, begun = processor_seconds();
  for (size_t set = 0; set < sets; set++) {
    for (size_t j = 0; j < n; j++)
      for (size_t i = 0; i < n; i++) factors[i * n + j] = exp(-2.0 * p[2 * n + j * n + i]);
    for (size_t i = 0; i < n; i++) leaps[i] = exp(2.0 * p[i]);
    qhost_kernel_spins_wave wave = {n, n, p, p + n, p + 2 * n, factors, leaps};
    for (size_t batch = 0; batch < CHAINS / L; batch++) {
      qhost_kernel_spins_state chains = {spins, q, r, seed};
      for (size_t word = 0; word < 4 * L; word++) seed[word] = splitmix(&state);
      for (size_t i = 0; i < n * L; i++) spins[i] = splitmix(&state) >> 63 ? 1.0 : -1.0;
      qhost_kernel_spins_begin(&wave, &chains);
      for (int t = 0; t < THERMALISATION; t++) qhost_kernel_spins_sweep(&wave, &chains, 0);
      for (int t = 0; t < SAMPLES; t++) {
        double energies[L];
        qhost_kernel_spins_sweep(&wave, &chains, 0);
        qhost_kernel_spins_energy(&wave, &chain, &chains, energies);
        for (size_t l = 0; l < L; l++) sum += energies[l];
      }
    }
  }
  double milliseconds = 1e3 * (processor_seconds() - begun) / (double)sets;
  printf("%.6f %.9f\n", milliseconds, sum / (double)(sets * CHAINS * SAMPLES * n));
  return 0;
}
