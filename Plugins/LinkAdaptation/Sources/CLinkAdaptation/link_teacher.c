#include <math.h>
#include <string.h>

#include "qhost_kernels_dense.h"
#include "qhost_kernels_link.h"

enum {
  INPUTS = QHOST_KERNEL_LINK_INPUTS,
  HIDDEN = QHOST_KERNEL_LINK_HIDDEN,
  SCHEMES = QHOST_KERNEL_LINK_SCHEMES,
  /* Where matrices and biases begin. */
  W1 = 0,
  B1 = W1 + HIDDEN * INPUTS,
  W2 = B1 + HIDDEN,
  B2 = W2 + HIDDEN * HIDDEN,
  W3 = B2 + HIDDEN,
  B3 = W3 + SCHEMES * HIDDEN,
  WEIGHTS = B3 + SCHEMES
};
_Static_assert(WEIGHTS == QHOST_KERNEL_LINK_WEIGHTS, "weights");

static const float middles[INPUTS] = {7, 16, 7, 1.5f, 6, 8, 0, 0, 0, 0, 0, 11, 0.7f, 5, 5.5f};
static const float spreads[INPUTS] = {4, 11, 4, 1.2f, 4, 4, 3, 1, 1, 1, 1, 7, 0.9f, 1.4f, 1.6f};

const float *qhost_kernel_link_middles(void) { return middles; }
const float *qhost_kernel_link_spreads(void) { return spreads; }

void qhost_kernel_link_scale(const float *inputs, float *scaled, size_t stride) {
  for (size_t i = 0; i < INPUTS; i++) scaled[i * stride] = (inputs[i] - middles[i]) / spreads[i];
}

QHOST_KERNEL static void rectify(float *x, size_t count) {
  for (size_t i = 0; i < count; i++) x[i] = x[i] > 0.0f ? x[i] : 0.0f;
}

/* Hidden activations first [HIDDEN x rows] and second, and values. */
static void forward(const float *w, size_t rows, const float *x, float *first, float *second, float *values) {
  qhost_kernel_dense(w + W1, INPUTS, 1, w + B1, x, rows, INPUTS, HIDDEN, rows, first, rows);
  rectify(first, HIDDEN * rows);
  qhost_kernel_dense(w + W2, HIDDEN, 1, w + B2, first, rows, HIDDEN, HIDDEN, rows, second, rows);
  rectify(second, HIDDEN * rows);
  qhost_kernel_dense(w + W3, HIDDEN, 1, w + B3, second, rows, HIDDEN, SCHEMES, rows, values, rows);
}

void qhost_kernel_link_values(const float *weights, size_t rows, const float *scaled, float *scratch, float *values) {
  forward(weights, rows, scaled, scratch, scratch + HIDDEN * rows, values);
}

/* A gradient is 0 where its unit is. */
QHOST_KERNEL static void mask(float *gradient, const float *activation, size_t count) {
  for (size_t i = 0; i < count; i++) gradient[i] = activation[i] > 0.0f ? gradient[i] : 0.0f;
}

/* The gradient by what is in `slope` [SCHEMES x rows]; `back` has room for 2 x HIDDEN x rows. */
static void backward(const float *w, size_t rows, const float *x, const float *first, const float *second,
                     const float *slope, float *back, float *gradient) {
  float *upper = back, *lower = back + HIDDEN * rows;
  qhost_kernel_dense_gradient(slope, rows, second, rows, HIDDEN, SCHEMES, rows, gradient + W3);
  qhost_kernel_row_sums(slope, rows, SCHEMES, rows, gradient + B3);
  qhost_kernel_dense(w + W3, 1, HIDDEN, NULL, slope, rows, SCHEMES, HIDDEN, rows, upper, rows);
  mask(upper, second, HIDDEN * rows);
  qhost_kernel_dense_gradient(upper, rows, first, rows, HIDDEN, HIDDEN, rows, gradient + W2);
  qhost_kernel_row_sums(upper, rows, HIDDEN, rows, gradient + B2);
  qhost_kernel_dense(w + W2, 1, HIDDEN, NULL, upper, rows, HIDDEN, HIDDEN, rows, lower, rows);
  mask(lower, first, HIDDEN * rows);
  qhost_kernel_dense_gradient(lower, rows, x, rows, INPUTS, HIDDEN, rows, gradient + W1);
  qhost_kernel_row_sums(lower, rows, HIDDEN, rows, gradient + B1);
}

void qhost_kernel_link_gradient(const float *weights, size_t rows, const float *scaled, const float *slopes, float *scratch,
                                float *gradient) {
  float *first = scratch, *second = first + HIDDEN * rows, *back = second + HIDDEN * rows;
  forward(weights, rows, scaled, first, second, back + 2 * HIDDEN * rows);
  backward(weights, rows, scaled, first, second, slopes, back, gradient);
}

QHOST_KERNEL static void adam(qhost_kernel_link_learner *learner, float rate, float averaging) {
  float t = (float)learner->step;
  float first_scale = 1.0f / (1.0f - powf(0.9f, t)), second_scale = 1.0f / (1.0f - powf(0.999f, t));
  for (size_t i = 0; i < WEIGHTS; i++) {
    float g = learner->gradient[i];
    float a = learner->first[i] = 0.9f * learner->first[i] + 0.1f * g;
    float b = learner->second[i] = 0.999f * learner->second[i] + 0.001f * g * g;
    learner->weights[i] -= rate * a * first_scale / (sqrtf(b * second_scale) + 1e-8f);
    learner->averaged[i] += averaging * (learner->weights[i] - learner->averaged[i]);
  }
}

float qhost_kernel_link_learn(qhost_kernel_link_learner *learner, size_t rows, const float *scaled, const float *next,
                              const float *rewards, const float *discounts, float rate, float averaging,
                              float *scratch) {
  float *first = scratch, *second = first + HIDDEN * rows, *back = second + HIDDEN * rows;
  float *values = back + 2 * HIDDEN * rows, *chosen = values + SCHEMES * rows, *slope = chosen + SCHEMES * rows;
  forward(learner->weights, rows, next, first, second, chosen);
  forward(learner->target, rows, next, first, second, values);
  /* The first row of `chosen` takes the value of the next state. */
  for (size_t i = 0; i < rows; i++) {
    size_t best = 0;
    for (size_t m = 1; m < SCHEMES; m++)
      if (chosen[m * rows + i] > chosen[best * rows + i]) best = m;
    chosen[i] = values[best * rows + i];
  }
  forward(learner->weights, rows, scaled, first, second, values);
  double squares = 0.0;
  float scale = 0.25f / (float)rows;
  for (size_t m = 0; m < SCHEMES; m++)
    for (size_t i = 0; i < rows; i++) {
      size_t place = m * rows + i;
      float error = values[place] - rewards[place] - discounts[place] * chosen[i];
      squares += (double)error * (double)error;
      slope[place] = scale * (error > 1.0f ? 1.0f : error < -1.0f ? -1.0f : error);
    }
  backward(learner->weights, rows, scaled, first, second, slope, back, learner->gradient);
  learner->step++;
  adam(learner, rate, averaging);
  return (float)(squares / (double)(SCHEMES * rows));
}
