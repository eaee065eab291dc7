/*
 * The program that anybody would write: one chain of one neuron that an input drives, in double precision, plainly.
 * What the kernels of Plugins/QuantumNeurons are measured beside; nothing of the plugin is used.
 */
#include "paths.h"

#include <math.h>
#include <stdint.h>

enum { SLICES = 512 };

static uint64_t random_state;

/* xorshift64* (S. Vigna 2016): 53 random bits. */
static double uniform(void) {
  random_state ^= random_state >> 12;
  random_state ^= random_state << 25;
  random_state ^= random_state >> 27;
  return (double)(random_state * 0x2545F4914F6CDD1DULL >> 11) * 0x1p-53;
}

static double normal(void) {
  return sqrt(-2.0 * log(1.0 - uniform())) * cos(6.283185307179586 * uniform());
}

static double potential(double x, double drive) {
  double d = x * x - 1.0;
  return 1250.0 * d * d + drive * x * x;
}

void plain_start(plain_chain *chain, double coupling, int kinks) {
  random_state = 88172645463325252ULL;
  chain->step = 0.7 / SLICES;
  chain->input = 0;
  for (int i = 0; i < SLICES; i++) {
    double time = i * chain->step, nearest = 1e9;
    for (int k = 0; k < kinks; k++) {
      double apart = fabs(time - (k + 0.5) * 0.7 / kinks);
      if (apart < nearest) nearest = apart;
    }
    double p = tanh(50.0 * nearest), q = (p * p - 1.0) * (p * p - 1.0);
    chain->x[i] = 1.0;
    chain->drive[i] = coupling * q;
    chain->input += q;
  }
}

void plain_local(plain_chain *chain, double width) {
  double a = chain->step, *x = chain->x;
  for (int i = 0; i < SLICES; i++) {
    int before = i > 0 ? i - 1 : SLICES - 1, after = i + 1 < SLICES ? i + 1 : 0;
    double y = x[i] + width * (2.0 * uniform() - 1.0);
    double left = y - x[before], right = x[after] - y;
    double old_left = x[i] - x[before], old_right = x[after] - x[i];
    double change = (left * left + right * right - old_left * old_left - old_right * old_right) / (2.0 * a) +
                    a * (potential(y, chain->drive[i]) - potential(x[i], chain->drive[i]));
    if (change <= 0.0 || uniform() < exp(-change)) x[i] = y;
  }
}

void plain_staging(plain_chain *chain, int length, int first) {
  double a = chain->step, *x = chain->x, drawn[64];
  for (int moved = 0; moved + length + 1 <= SLICES; moved += length + 1) {
    int start = (first + moved) % SLICES;
    double last = x[start], end = x[(start + length + 1) % SLICES], change = 0;
    for (int j = 0; j < length; j++) {
      int i = (start + 1 + j) % SLICES;
      double left = length - j;
      last += (end - last) / (left + 1.0) + sqrt(a * left / (left + 1.0)) * normal();
      drawn[j] = last;
      change += a * (potential(last, chain->drive[i]) - potential(x[i], chain->drive[i]));
    }
    if (change > 0.0 && uniform() >= exp(-change)) continue;
    for (int j = 0; j < length; j++) x[(start + 1 + j) % SLICES] = drawn[j];
  }
}

double plain_activity(const plain_chain *chain) {
  double sum = 0;
  for (int i = 0; i < SLICES; i++) {
    double d = chain->x[i] * chain->x[i] - 1.0;
    sum += d * d;
  }
  return sum / chain->input;
}
