/*
 * Milliseconds of processor time of the kernels of Plugins/Compressors for an EfficientSU2 circuit with linear CX gates:
 *
 *     circuit QUBITS REPETITIONS ROUNDS
 *
 * prints medians of a forward pass (angles to probabilities) and of a gradient with its forward pass, in single
 * precision and then in double. Gradients keep the states of all layers where the plugin does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "qhost_kernels_circuit.h"

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static int rising(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void *memory(size_t bytes) {
  void *place = aligned_alloc(64, (bytes + 63) / 64 * 64);
  if (place == NULL) exit(1);
  return place;
}

/* Whole pages; NULL for none. */
static void *pages(size_t bytes) {
  void *place = bytes == 0 ? NULL : aligned_alloc(4096, (bytes + 4095) / 4096 * 4096);
  if (bytes > 0 && place == NULL) exit(1);
  return place;
}

static double median(double *times, size_t rounds) {
  qsort(times, rounds, sizeof *times, rising);
  return times[rounds / 2];
}

#define MEASURE(REAL, SUFFIX)                                                                     \
  static void measure##SUFFIX(size_t n, size_t layers, size_t rounds, const double *angles,       \
                              double *times) {                                                    \
    size_t count = 2 * n * layers, size = (size_t)1 << n;                                         \
    double *cosines = memory(count * 8), *sines = memory(count * 8), *gradient = memory(count * 8); \
    REAL *parts[5];                                                                               \
    /* At other places within a page, as CircuitEngine has them. */                               \
    char *states = memory(5 * (size * sizeof(REAL) + 1024));                                      \
    for (int part = 0; part < 5; part++)                                                          \
      parts[part] = (REAL *)(states + part * (size * sizeof(REAL) + 1024));                       \
    void *scratch = memory(qhost_kernel_circuit_scratch##SUFFIX(n));                              \
    qhost_kernel_circuit circuit = {n, layers, layers - 1, QHOST_KERNEL_CIRCUIT_LINEAR, cosines,  \
                                    sines};                                                       \
    for (size_t round = 0; round < rounds; round++) {                                             \
      double start = now();                                                                       \
      qhost_kernel_half_angles(count, angles, cosines, sines);                                    \
      qhost_kernel_circuit_forward##SUFFIX(&circuit, 0, parts[0], parts[1], scratch);             \
      for (size_t x = 0; x < size; x++)                                                           \
        parts[4][x] = parts[0][x] * parts[0][x] + parts[1][x] * parts[1][x];                      \
      times[round] = now() - start;                                                               \
    }                                                                                             \
    double forward = median(times, rounds);                                                       \
    REAL *kept = pages(qhost_kernel_circuit_kept##SUFFIX(&circuit));                              \
    for (size_t round = 0; round < rounds; round++) {                                             \
      double start = now();                                                                       \
      qhost_kernel_half_angles(count, angles, cosines, sines);                                    \
      if (kept == NULL)                                                                           \
        qhost_kernel_circuit_forward##SUFFIX(&circuit, 0, parts[0], parts[1], scratch);           \
      else                                                                                        \
        qhost_kernel_circuit_keep##SUFFIX(&circuit, kept, scratch, &parts[0], &parts[1]);         \
      for (size_t x = 0; x < size; x++) parts[2][x] = (REAL)(x % 7) - 3;                          \
      if (kept == NULL)                                                                           \
        qhost_kernel_circuit_gradient##SUFFIX(&circuit, parts[0], parts[1], parts[2], parts[3],   \
                                              scratch, gradient);                                 \
      else                                                                                        \
        qhost_kernel_circuit_gradient_kept##SUFFIX(&circuit, kept, parts[2], parts[3], scratch,   \
                                                   gradient);                                     \
      times[round] = now() - start;                                                               \
    }                                                                                             \
    printf("%.6f %.6f\n", forward, median(times, rounds));                                        \
  }

MEASURE(float, _f32)
MEASURE(double, _f64)

int main(int count, char **words) {
  if (count != 4) return 2;
  size_t n = strtoul(words[1], NULL, 10), layers = strtoul(words[2], NULL, 10) + 1;
  size_t rounds = strtoul(words[3], NULL, 10);
  double *angles = memory(2 * n * layers * sizeof *angles), *times = memory(rounds * sizeof *times);
  for (size_t place = 0; place < 2 * n * layers; place++)
    angles[place] = (rand() / (double)RAND_MAX - 0.5) * 6.28318530717958648;
  measure_f32(n, layers, rounds, angles, times);
  measure_f64(n, layers, rounds, angles, times);
  return 0;
}
