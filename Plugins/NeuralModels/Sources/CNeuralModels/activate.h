/* The activation functions, chosen by a constant so that each loop over rows knows its own. */
#ifndef QHOST_KERNELS_ACTIVATE_H
#define QHOST_KERNELS_ACTIVATE_H

#include "qhost_kernels_elementary.h"
#include "qhost_kernels_network.h"

/* Where z lies between the knots, 0 ... count - 1; 0 for NaN. */
QHOST_INLINE float knot_place(const qhost_kernel_table *table, float z) {
  float place = (z + table->range) * table->scale, last = (float)(table->count - 1);
  place = place > 0.0f ? place : 0.0f;
  return place < last ? place : last;
}

QHOST_INLINE int32_t knot_below(const qhost_kernel_table *table, float place) {
  int32_t below = (int32_t)place, most = (int32_t)table->count - 2;
  return below < most ? below : most;
}

/* The value at z between its two knots, that of the outermost knot beyond them. */
QHOST_INLINE float learned_value(const qhost_kernel_table *table, float z) {
  float place = knot_place(table, z);
  int32_t below = knot_below(table, place);
  float left = table->knots[below], right = table->knots[below + 1];
  float value = left + (place - (float)below) * (right - left);
  return z == z ? value : z;
}

QHOST_INLINE float learned_slope(const qhost_kernel_table *table, float z) {
  int32_t below = knot_below(table, knot_place(table, z));
  float slope = (table->knots[below + 1] - table->knots[below]) * table->scale;
  return z > -table->range && z < table->range ? slope : 0.0f;
}

/* The slope of the value at z by a knot: 1 there, 0 from its neighbours on. */
QHOST_INLINE float knot_share(const qhost_kernel_table *table, size_t knot, float z) {
  float gap = knot_place(table, z) - (float)knot;
  float share = 1.0f - (gap < 0.0f ? -gap : gap);
  share = share > 0.0f ? share : 0.0f;
  return z == z ? share : z;
}

QHOST_INLINE float activate(uint32_t activation, const qhost_kernel_table *table, float z) {
  switch (activation) {
    case QHOST_KERNEL_TANH: return hyperbolic_tangent(z);
    case QHOST_KERNEL_RELU: return z < 0.0f ? 0.0f : z;
    case QHOST_KERNEL_SIGMOID: return logistic(z);
    case QHOST_KERNEL_STEP: return z != z ? z : (z > 0.0f ? 1.0f : 0.0f);
    case QHOST_KERNEL_SIGN: return z != z ? z : (z >= 0.0f ? 1.0f : -1.0f);
    case QHOST_KERNEL_SINE: return sine(z);
    case QHOST_KERNEL_LEARNED: return learned_value(table, z);
    default: return z;
  }
}

/* The slope at z: from z itself for sine and learned, else from h = activation(z); step and sign: 0. */
QHOST_INLINE float activation_slope(uint32_t activation, const qhost_kernel_table *table, float h) {
  switch (activation) {
    case QHOST_KERNEL_TANH: return 1.0f - h * h;
    case QHOST_KERNEL_RELU: return h > 0.0f ? 1.0f : 0.0f;
    case QHOST_KERNEL_SIGMOID: return h * (1.0f - h);
    case QHOST_KERNEL_SINE: return sine(h + 1.57079633f);
    case QHOST_KERNEL_LEARNED: return learned_slope(table, h);
    case QHOST_KERNEL_IDENTITY: return 1.0f;
    default: return 0.0f;
  }
}

/*
 * Calls `function(activation, ...)` with the activation as a constant. Around a loop over rows and nothing else: what is
 * inside is compiled eight times.
 */
#define QHOST_WITH_ACTIVATION(activation, function, ...)                                         \
  switch (activation) {                                                                          \
    case QHOST_KERNEL_TANH: function(QHOST_KERNEL_TANH, __VA_ARGS__); break;                     \
    case QHOST_KERNEL_RELU: function(QHOST_KERNEL_RELU, __VA_ARGS__); break;                     \
    case QHOST_KERNEL_SIGMOID: function(QHOST_KERNEL_SIGMOID, __VA_ARGS__); break;               \
    case QHOST_KERNEL_STEP: function(QHOST_KERNEL_STEP, __VA_ARGS__); break;                     \
    case QHOST_KERNEL_SIGN: function(QHOST_KERNEL_SIGN, __VA_ARGS__); break;                     \
    case QHOST_KERNEL_SINE: function(QHOST_KERNEL_SINE, __VA_ARGS__); break;                     \
    case QHOST_KERNEL_LEARNED: function(QHOST_KERNEL_LEARNED, __VA_ARGS__); break;               \
    default: function(QHOST_KERNEL_IDENTITY, __VA_ARGS__); break;                                \
  }

QHOST_INLINE void write_values(uint32_t activation, const qhost_kernel_table *table, const float *z,
                               float *h, size_t lanes) {
  QHOST_LANES
  for (size_t i = 0; i < lanes; i++) h[i] = activate(activation, table, z[i]);
}

/* h = activation(z). */
QHOST_INLINE void values_of(uint32_t activation, const qhost_kernel_table *table, const float *z,
                            float *h, size_t lanes) {
  QHOST_WITH_ACTIVATION(activation, write_values, table, z, h, lanes)
}

#endif
