/*
 * Processor time of circuits of quantum neurons, with the kernels of Plugins/QuantumNeurons:
 *
 *     circuits_of_neurons xor            milliseconds of XOR's truth table, and the largest standard error of its outputs
 *     circuits_of_neurons detector       seconds for all 65,536 images of 4 by 4, the smallest output of a line, the largest
 *                                        of another image, and how many others are above the middle between the two
 *
 * Couplings and sweeps are those of the plugin's circuits `xor` and `vertical-line`; there are 4 chains a row of XOR, and one an image.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "qhost_kernels_paths.h"

enum { SLICES = 512, LANES = QHOST_PATH_LANES, KINKS = 4, MOST = 9, PIXELS = 16, IMAGES = 65536, SEEN = 8 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static float *memory(size_t count) {
  void *place = aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
  if (place == NULL) exit(1);
  memset(place, 0, count * sizeof(float));
  return place;
}

static float pulse[SLICES];
static double input; /* sum of the pulse */
static uint32_t seed = 1;

static qhost_kernel_paths network(size_t neurons) {
  input = 0;
  for (int i = 0; i < SLICES; i++) {
    double time = i * 0.7 / SLICES, nearest = 1;
    for (int k = 0; k < KINKS; k++) {
      double apart = fabs(time - (k + 0.5) * 0.7 / KINKS);
      if (apart < nearest) nearest = apart;
    }
    double p = tanh(50 * nearest);
    pulse[i] = (float)((p * p - 1) * (p * p - 1));
    input += pulse[i];
  }
  qhost_kernel_paths paths = {.neuron_count = neurons, .slice_count = SLICES, .spacing = 0.7f / SLICES,
                              .stiffness = 1250, .pulse = pulse};
  paths.drives = memory(neurons * LANES), paths.blocks = memory(neurons * LANES);
  paths.paths = memory(neurons * SLICES * LANES), paths.field = memory((6 * LANES + 1) * SLICES);
  paths.state = (uint32_t *)memory(4 * LANES);
  return paths;
}

static const float *same(size_t count, float weight) {
  float *weights = memory(count * LANES);
  for (size_t i = 0; i < count * LANES; i++) weights[i] = weight;
  return weights;
}

/* Runs chains from the vacuum; the mean activity of a neuron in each lane. */
static void run(const qhost_kernel_paths *paths, size_t neuron, size_t skipped, size_t sweeps, double *means) {
  float accepted[LANES] __attribute__((aligned(64))) = {0}, sums[MOST * LANES] __attribute__((aligned(64)));
  for (size_t i = 0; i < paths->neuron_count * SLICES * LANES; i++) paths->paths[i] = 1;
  for (int i = 0; i < 4 * LANES; i++) {
    seed = seed * 1664525u + 1013904223u;
    paths->state[i] = seed ^ seed >> 16;
  }
  memset(means, 0, LANES * sizeof *means);
  for (size_t s = 0; s < skipped + sweeps; s++) {
    qhost_kernel_paths_staging(paths, 16, s * 197 % SLICES, accepted);
    qhost_kernel_paths_dips(paths, 0.2f, SLICES / KINKS, accepted);
    if (s % 8 == 0) qhost_kernel_paths_signs(paths);
    if (s < skipped) continue;
    qhost_kernel_paths_sums(paths, sums);
    for (int l = 0; l < LANES; l++) means[l] += sums[neuron * LANES + l] / input / (double)sweeps;
  }
}

/* The spread of repeated tables is the error of one: that of four chains. */
static void xor_table(void) {
  enum { TABLES = 40 };
  static const qhost_kernel_coupling excitations[] = {{1, 3}, {2, 3}}, inhibitions[] = {{1, 2}, {0, 3}};
  qhost_kernel_paths paths = network(4);
  float *drives = memory(4 * LANES);
  for (int l = 0; l < LANES; l++) {
    int a = l / 8, b = l / 4 % 2;
    drives[l] = 3000.0f * (float)(a + b), drives[LANES + l] = 10000.0f * (float)a;
    drives[2 * LANES + l] = 10000.0f * (float)b;
  }
  paths.drives = drives;
  paths.excitation_count = paths.inhibition_count = 2;
  paths.excitations = excitations, paths.inhibitions = inhibitions;
  paths.excitation_weights = same(2, 6000), paths.inhibition_weights = same(2, 50000);
  double sum[4] = {0}, squares[4] = {0}, seconds = 0, worst = 0;
  for (int table = 0; table < TABLES; table++) {
    double means[LANES], start = now();
    run(&paths, 3, 150, 700, means);
    seconds += now() - start;
    for (int row = 0; row < 4; row++) {
      double mean = (means[4 * row] + means[4 * row + 1] + means[4 * row + 2] + means[4 * row + 3]) / 4;
      sum[row] += mean, squares[row] += mean * mean;
    }
  }
  for (int row = 0; row < 4; row++) {
    double mean = sum[row] / TABLES, error = sqrt((squares[row] / TABLES - mean * mean) * TABLES / (TABLES - 1));
    if (error > worst) worst = error;
  }
  printf("%g %g\n", seconds / TABLES * 1e3, worst);
}

static int is_line(int image) { return image == 0x1111 || image == 0x2222 || image == 0x4444 || image == 0x8888; }

static void see(const qhost_kernel_paths *paths, int image, int lane) {
  for (int k = 0; k < SEEN; k++) {
    int row = k / 4, column = k % 4, on = 0, off = 0;
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      if (!(image >> pixel & 1)) continue;
      int y = pixel / 4;
      on += pixel % 4 == column && y >= row && y < row + 3;
      off += pixel % 4 != column;
    }
    ((float *)paths->drives)[k * LANES + lane] = 1600.0f * (float)on;
    ((float *)paths->blocks)[k * LANES + lane] = 50000.0f * (float)off;
  }
}

static void detector(void) {
  static double activities[IMAGES];
  qhost_kernel_coupling excitations[SEEN];
  for (uint32_t k = 0; k < SEEN; k++) excitations[k] = (qhost_kernel_coupling){k, SEEN};
  qhost_kernel_paths paths = network(SEEN + 1);
  paths.excitation_count = SEEN, paths.excitations = excitations, paths.excitation_weights = same(SEEN, 5000);
  double start = now(), on = 1e9, off = -1e9;
  for (int first = 0; first < IMAGES; first += LANES) {
    for (int l = 0; l < LANES; l++) see(&paths, first + l, l);
    run(&paths, SEEN, 60, 200, activities + first);
  }
  double seconds = now() - start;
  int mistaken = 0;
  for (int image = 0; image < IMAGES; image++) {
    if (is_line(image) ? activities[image] < on : activities[image] > off)
      *(is_line(image) ? &on : &off) = activities[image];
  }
  for (int image = 0; image < IMAGES; image++) mistaken += !is_line(image) && activities[image] > (on + off) / 2;
  printf("%g %g %g %d\n", seconds, on, off, mistaken);
}

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  if (strcmp(argv[1], "xor") == 0) xor_table();
  if (strcmp(argv[1], "detector") == 0) detector();
  return 0;
}
