/*
 * Site updates of paths a second of processor time, in millions, and effective samples a second:
 *
 *     paths COUPLING SWEEPS
 *
 * prints, of the plain program and of the kernels of Plugins/QuantumNeurons, local moves and staging of 12 slices; then effective
 * samples a second of local moves, of staging of 16 and of staging with moves of dips and signs, of the kernels; then their mean activities.
 */
#include "paths.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "qhost_kernels_paths.h"

enum { SLICES = 512, LANES = QHOST_PATH_LANES, KINKS = 6, LENGTH = 12, LONGER = 16, WAYS = 3 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static float *memory(size_t count) {
  void *place = aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
  if (place == NULL) exit(1);
  return place;
}

/* One neuron in every lane, driven alike. */
static qhost_kernel_paths network(double coupling, double *input) {
  static plain_chain chain;
  plain_start(&chain, 1.0, KINKS);
  float *pulse = memory(SLICES), *drives = memory(LANES), *blocks = memory(LANES);
  *input = chain.input;
  for (int i = 0; i < SLICES; i++) pulse[i] = (float)chain.drive[i];
  for (int l = 0; l < LANES; l++) drives[l] = (float)coupling, blocks[l] = 0;
  qhost_kernel_paths paths = {.neuron_count = 1, .slice_count = SLICES, .spacing = 0.7f / SLICES,
                              .stiffness = 1250, .pulse = pulse, .drives = drives, .blocks = blocks};
  paths.paths = memory(SLICES * LANES);
  paths.field = memory((6 * LANES + 1) * SLICES);
  paths.state = (uint32_t *)memory(4 * LANES);
  for (int i = 0; i < SLICES * LANES; i++) paths.paths[i] = 1;
  for (uint32_t i = 0; i < 4 * LANES; i++) paths.state[i] = (i + 1) * 2654435761u;
  return paths;
}

static void sweep(const qhost_kernel_paths *paths, int way, size_t number, float *accepted) {
  size_t first = number * 197 % SLICES;
  if (way == 0) {
    qhost_kernel_paths_local(paths, 0.1f, accepted);
  } else {
    qhost_kernel_paths_staging(paths, LONGER, first, accepted);
    if (way == 2) qhost_kernel_paths_dips(paths, 0.2f, SLICES / KINKS, accepted);
    if (way == 2 && number % 8 == 0) qhost_kernel_paths_signs(paths);
  }
}

/* 1/2 + sum of correlations up to 6 times itself. */
static double correlation_time(const float *series, size_t count, double mean, double variance) {
  double time = 0.5;
  for (size_t lag = 1; lag < count / 4 && (double)lag <= 6 * time; lag++) {
    double sum = 0;
    for (size_t s = 0; s + lag < count; s++)
      for (int l = 0; l < LANES; l++)
        sum += (series[s * LANES + l] - mean) * (series[(s + lag) * LANES + l] - mean);
    time += sum / ((double)(count - lag) * LANES * variance);
  }
  return time;
}

/* Effective samples a second; `*mean` is the activity. */
static double effective(const qhost_kernel_paths *paths, int way, size_t sweeps, double input, double *mean) {
  float accepted[LANES] __attribute__((aligned(64))) = {0}, *series = memory(sweeps * LANES);
  double seconds = 0, sum = 0, squares = 0;
  for (size_t s = 0; s < sweeps / 4; s++) sweep(paths, way, s, accepted);
  for (size_t s = 0; s < sweeps; s++) {
    double start = now();
    sweep(paths, way, s, accepted);
    seconds += now() - start;
    qhost_kernel_paths_sums(paths, series + s * LANES);
    for (int l = 0; l < LANES; l++) {
      series[s * LANES + l] /= (float)input;
      sum += series[s * LANES + l];
      squares += series[s * LANES + l] * series[s * LANES + l];
    }
  }
  double count = (double)sweeps * LANES;
  *mean = sum / count;
  double time = correlation_time(series, sweeps, *mean, squares / count - *mean * *mean);
  free(series);
  return count / (2 * time) / seconds;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  double coupling = atof(argv[1]), input, rates[4], samples[WAYS], means[WAYS];
  size_t sweeps = (size_t)atol(argv[2]);
  static plain_chain chain;
  plain_start(&chain, coupling, KINKS);
  double start = now(), moved = LENGTH * (double)(SLICES / (LENGTH + 1));
  for (size_t s = 0; s < sweeps; s++) plain_local(&chain, 0.1);
  rates[0] = SLICES * (double)sweeps / (now() - start);
  start = now();
  for (size_t s = 0; s < sweeps; s++) plain_staging(&chain, LENGTH, (int)(s * 197 % SLICES));
  rates[1] = moved * (double)sweeps / (now() - start);
  qhost_kernel_paths paths = network(coupling, &input);
  float accepted[LANES] __attribute__((aligned(64))) = {0};
  start = now();
  for (size_t s = 0; s < sweeps; s++) qhost_kernel_paths_local(&paths, 0.1f, accepted);
  rates[2] = SLICES * (double)sweeps * LANES / (now() - start);
  start = now();
  for (size_t s = 0; s < sweeps; s++) qhost_kernel_paths_staging(&paths, LENGTH, s * 197 % SLICES, accepted);
  rates[3] = moved * (double)sweeps * LANES / (now() - start);
  for (int way = 0; way < WAYS; way++) samples[way] = effective(&paths, way, sweeps, input, &means[way]);
  printf("%g %g %g %g", rates[0] * 1e-6, rates[1] * 1e-6, rates[2] * 1e-6, rates[3] * 1e-6);
  for (int way = 0; way < WAYS; way++) printf(" %g", samples[way]);
  for (int way = 0; way < WAYS; way++) printf(" %g", means[way]);
  printf("\n");
  return isfinite(plain_activity(&chain)) ? 0 : 1;
}
