/*
 * Convolutional layers on a block of rows: u = W * h + b, z = pool(u), h = activation(z); a fully
 * connected layer is one of planes of a single place. The last layer's z are the outputs.
 *
 * Rows are worked on in strips of 16: a plane of a strip is [height x width x 16], so that all that a
 * strip needs is contiguous. Lanes beyond the last row hold numbers that nobody reads. All planes lie
 * on boundaries of 64 bytes.
 */
#ifndef QHOST_KERNELS_CONVOLUTION_H
#define QHOST_KERNELS_CONVOLUTION_H

#include "qhost_kernels_network.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

#define QHOST_KERNEL_LANES 16

#define QHOST_KERNEL_POOL_NONE 0u
#define QHOST_KERNEL_POOL_MAX 1u  /* of 2 x 2 places; a last odd row or column is left out */
#define QHOST_KERNEL_POOL_MEAN 2u

/* A layer. Buffers are those of the first strip; the next strip's are `step` floats on, 0: the same. */
typedef struct qhost_kernel_stage {
  size_t channels, height, width; /* of its input, margins included */
  size_t filters, kernel;         /* kernel x kernel */
  uint32_t pooling;
  uint32_t activation;
  size_t margin;        /* zeros around each plane of h, for the next layer */
  const float *weights; /* [filters x channels x kernel x kernel] */
  const float *bias;    /* [filters] */
  qhost_kernel_table table;
  float *u; /* [filters x (height - kernel + 1) x (width - kernel + 1) x 16] */
  float *z; /* the same, or with half the height and width; u itself without pooling */
  float *h; /* z's planes with their margins; unused in the last layer */
  size_t u_step, z_step, h_step;
} qhost_kernel_stage;

/*
 * Computes u, z and h of all layers; outputs [C x B]. values [channels x height x width x B] are the
 * inputs without margins, which are copied to x, the first layer's input: x_step floats a strip.
 */
void qhost_kernel_convolution_forward(const qhost_kernel_stage *stages, size_t stage_count,
                                      const float *values, size_t margin, float *x, size_t x_step,
                                      size_t row_count, float *outputs);

/* What the gradient of a layer needs beside the layer itself. */
typedef struct qhost_kernel_stage_gradient {
  float *g;             /* of u, margins of kernel - 1 zeros included; of one strip */
  float *turned;        /* [channels x filters x kernel x kernel], its own */
  float *weights;       /* out */
  float *bias;          /* out */
  float *knots;         /* out; NULL without a table */
} qhost_kernel_stage_gradient;

/*
 * The gradient at what forward kept (u, z and h of every strip): slopes [C x B] are those of the
 * outputs. scratch holds the largest layer's h, margins included, of one strip.
 */
void qhost_kernel_convolution_gradient(const qhost_kernel_stage *stages,
                                       const qhost_kernel_stage_gradient *gradients,
                                       size_t stage_count, const float *x, size_t x_step,
                                       size_t row_count, const float *slopes, float *scratch);

/*
 * A parameter of a layer: weight `tap` (row * kernel + column) of `filter` and `channel`; its bias,
 * if channel is SIZE_MAX; or knot `tap`, if filter is SIZE_MAX.
 */
typedef struct qhost_kernel_parameter {
  size_t stage, filter, channel, tap;
} qhost_kernel_parameter;

/* Scratch memory of cuts, of one strip: the largest u, the largest z, and twice the largest h, zeros. */
typedef struct qhost_kernel_cut_scratch {
  float *u, *z, *even, *odd;
} qhost_kernel_cut_scratch;

/* The outputs [K x C x B] where a parameter changes by offsets[k], from what forward kept. */
void qhost_kernel_convolution_cut(const qhost_kernel_stage *stages, size_t stage_count,
                                  const float *x, size_t x_step, size_t row_count,
                                  qhost_kernel_parameter parameter, const float *offsets,
                                  size_t offset_count, const qhost_kernel_cut_scratch *scratch,
                                  float *outputs);

/* Makes that change by `offset` to all that is kept; the parameter itself is the caller's. */
void qhost_kernel_convolution_move(const qhost_kernel_stage *stages, size_t stage_count,
                                   const float *x, size_t x_step, size_t row_count,
                                   qhost_kernel_parameter parameter, float offset,
                                   const qhost_kernel_cut_scratch *scratch);

#pragma GCC visibility pop

#endif
