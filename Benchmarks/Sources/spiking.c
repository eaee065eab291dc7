/*
 * Spiking layers by the kernels of Plugins/SpikingNeurons, in processor time of one thread: picoseconds of a
 * neuron-step of 4,096 leaky neurons; microseconds of a row of 700-256-20 with 100 steps, 10 input spikes a
 * step as events, and with all 700 inputs as a dense product.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "qhost_kernels_spiking.h"

enum { N = 4096, INPUTS = 700, HIDDEN = 256, OUTPUTS = 32, STEPS = 100, SPIKES = 10 };

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void *zeros(size_t bytes) {
  void *memory = aligned_alloc(64, (bytes + 63) / 64 * 64);
  if (memory == NULL) exit(1);
  return memset(memory, 0, bytes);
}

static float *floats(size_t count) { return zeros(count * sizeof(float)); }

typedef struct layer {
  qhost_spiking_layer kernel;
  float *weights, *bias, *state, *currents;
  uint16_t *spikes;
  uint32_t *offsets, *channels;
} layer;

static layer make(size_t inputs, size_t lanes, float spread, float shift) {
  float *decay = floats(lanes), *threshold = floats(lanes);
  layer made = {.weights = floats(inputs * lanes), .bias = floats(lanes), .state = floats(8 * lanes),
                .currents = floats(STEPS * lanes), .spikes = zeros(STEPS * lanes / 8),
                .offsets = zeros(4 * (STEPS + 1)), .channels = zeros(4 * STEPS * lanes)};
  for (size_t i = 0; i < inputs * lanes; i++) {
    made.weights[i] = ((float)rand() / (float)RAND_MAX - shift) * spread;
  }
  for (size_t i = 0; i < lanes; i++) decay[i] = 0.9f, threshold[i] = 1;
  made.kernel = (qhost_spiking_layer){
      .lanes = lanes, .flags = QHOST_SPIKING_SUBTRACT, .decay = decay, .threshold = threshold};
  return made;
}

static void run(layer *l, size_t steps) {
  qhost_spiking_record record = {.spikes = l->spikes};
  memset(l->state, 0, 8 * l->kernel.lanes * sizeof(float));
  qhost_spiking_run(&l->kernel, l->state, l->currents, l->kernel.lanes, 0, steps, &record);
}

static double neuron_step(void) {
  layer l = make(1, N, 0, 0);
  float *current = floats(N);
  for (size_t i = 0; i < N; i++) current[i] = (float)(i % 97) / 300;
  l.spikes = zeros(STEPS * N / 8);
  qhost_spiking_record record = {.spikes = l.spikes};
  double start = seconds();
  for (int k = 0; k < 1000; k++) qhost_spiking_run(&l.kernel, l.state, current, 0, 0, STEPS, &record);
  return (seconds() - start) / (1000.0 * STEPS * N) * 1e12;
}

static double row(double *rate, int is_dense) {
  layer hidden = make(INPUTS, HIDDEN, 0.25f, 0.42f), output = make(HIDDEN, OUTPUTS, 0.3f, 0.5f);
  uint32_t offsets[STEPS + 1], channels[STEPS * SPIKES];
  float *dense = floats((size_t)INPUTS * STEPS);
  int rows = is_dense ? 300 : 3000;
  size_t count = 0;
  double start = seconds();
  for (int r = 0; r < rows; r++) {
    for (unsigned t = 0; t <= STEPS; t++) offsets[t] = SPIKES * t;
    for (unsigned e = 0; e < STEPS * SPIKES; e++) {
      channels[e] = (e * 2654435761u + (unsigned)r * 40503u) % INPUTS;
      if (is_dense) dense[channels[e] * STEPS + e / SPIKES] = 1;
    }
    qhost_spiking_events events = {offsets, channels, NULL};
    if (is_dense) {
      qhost_spiking_multiply(hidden.weights, hidden.bias, HIDDEN, INPUTS, dense, STEPS, STEPS, hidden.currents);
      memset(dense, 0, sizeof(float) * INPUTS * STEPS);
    } else {
      qhost_spiking_gather(hidden.weights, hidden.bias, HIDDEN, &events, STEPS, hidden.currents);
    }
    run(&hidden, STEPS);
    count += qhost_spiking_list(hidden.spikes, HIDDEN, 0, STEPS, hidden.offsets, hidden.channels);
    qhost_spiking_events own = {hidden.offsets, hidden.channels, NULL};
    qhost_spiking_gather(output.weights, output.bias, OUTPUTS, &own, STEPS, output.currents);
    run(&output, STEPS);
  }
  *rate = (double)count / rows / STEPS / HIDDEN;
  return (seconds() - start) / rows * 1e6;
}

int main(void) {
  srand(1);
  double rate;
  double update = neuron_step(), sparse = row(&rate, 0), dense = row(&rate, 1);
  fprintf(stderr, "hidden rate %.3f\n", rate);
  printf("%.3f %.3f %.3f\n", update, sparse, dense);
  return 0;
}
