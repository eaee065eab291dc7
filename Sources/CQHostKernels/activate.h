/* The activation functions, chosen by a constant so that each loop over rows knows its own. */
#ifndef QHOST_KERNELS_ACTIVATE_H
#define QHOST_KERNELS_ACTIVATE_H

#include "elementary.h"
#include "qhost_kernels_network.h"

QHOST_INLINE float activate(uint32_t activation, float z) {
  switch (activation) {
    case QHOST_KERNEL_TANH: return hyperbolic_tangent(z);
    case QHOST_KERNEL_RELU: return z < 0.0f ? 0.0f : z;
    case QHOST_KERNEL_SIGMOID: return logistic(z);
    case QHOST_KERNEL_STEP: return z != z ? z : (z > 0.0f ? 1.0f : 0.0f);
    case QHOST_KERNEL_SIGN: return z != z ? z : (z >= 0.0f ? 1.0f : -1.0f);
    default: return z;
  }
}

/* The slope at z, from h = activation(z); step and sign have none. */
QHOST_INLINE float activation_slope(uint32_t activation, float h) {
  switch (activation) {
    case QHOST_KERNEL_TANH: return 1.0f - h * h;
    case QHOST_KERNEL_RELU: return h > 0.0f ? 1.0f : 0.0f;
    case QHOST_KERNEL_SIGMOID: return h * (1.0f - h);
    case QHOST_KERNEL_IDENTITY: return 1.0f;
    default: return 0.0f;
  }
}

/* Calls `function(activation, ...)` with the activation as a constant. */
#define QHOST_WITH_ACTIVATION(activation, function, ...)                                         \
  switch (activation) {                                                                          \
    case QHOST_KERNEL_TANH: function(QHOST_KERNEL_TANH, __VA_ARGS__); break;                     \
    case QHOST_KERNEL_RELU: function(QHOST_KERNEL_RELU, __VA_ARGS__); break;                     \
    case QHOST_KERNEL_SIGMOID: function(QHOST_KERNEL_SIGMOID, __VA_ARGS__); break;               \
    case QHOST_KERNEL_STEP: function(QHOST_KERNEL_STEP, __VA_ARGS__); break;                     \
    case QHOST_KERNEL_SIGN: function(QHOST_KERNEL_SIGN, __VA_ARGS__); break;                     \
    default: function(QHOST_KERNEL_IDENTITY, __VA_ARGS__); break;                                \
  }

#endif
