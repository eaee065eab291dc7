/*
 * qhost/graph.h: a trained network as a small graph of ONNX operators with weights.
 *
 * Operator and attribute names, shapes and meanings are those of ONNX, operator set 17. Nodes are in
 * topological order. A graph has one input [N x ...] and one output [N x C], N rows.
 */
#ifndef QHOST_GRAPH_H
#define QHOST_GRAPH_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define QHOST_ELEMENT_FLOAT32 1u
#define QHOST_ELEMENT_INT8 3u
#define QHOST_ELEMENT_INT32 6u
#define QHOST_ELEMENT_INT64 7u

/* A constant. */
typedef struct qhost_tensor {
  uint32_t struct_size;
  uint32_t element; /* QHOST_ELEMENT_... */
  const char *name;
  const qhost_shape *shape;
  const void *data; /* dense, row-major */
} qhost_tensor;

#define QHOST_ATTRIBUTE_INTEGERS 1u
#define QHOST_ATTRIBUTE_REALS 2u
#define QHOST_ATTRIBUTE_TEXT 3u

/* An attribute of a node; a scalar is a list of one. */
typedef struct qhost_attribute {
  uint32_t struct_size;
  uint32_t type; /* QHOST_ATTRIBUTE_... */
  const char *name;
  uint64_t count;
  const int64_t *integers;
  const double *reals;
  const char *text;
} qhost_attribute;

typedef struct qhost_node {
  uint32_t struct_size;
  uint32_t input_count;
  uint32_t output_count;
  uint32_t attribute_count;
  const char *name;
  const char *operation;      /* for example "Gemm", "Tanh", "Conv" */
  const char *const *inputs;  /* [input_count] names */
  const char *const *outputs; /* [output_count] names */
  const qhost_attribute *const *attributes;
} qhost_node;

typedef struct qhost_graph {
  uint32_t struct_size;
  uint32_t node_count;
  uint32_t constant_count;
  uint32_t reserved;
  const char *input;
  const char *output;
  const qhost_shape *input_shape;  /* of one row */
  const qhost_shape *output_shape; /* of one row */
  const qhost_node *const *nodes;
  const qhost_tensor *const *constants;
} qhost_graph;

/*
 * Typical inputs and their classes, for scaling, measuring and tuning a network: training rows in their own
 * order. A target is given the whole split, which may be large. Valid during the call.
 */
typedef struct qhost_calibration {
  uint32_t struct_size;
  uint32_t target_width; /* T: 1 for a class, C for numbers, 0 for none */
  uint64_t row_count;    /* B */
  const float *inputs;   /* [B x F] as the network sees them */
  const float *targets;  /* [B x T]; NULL: none */
} qhost_calibration;

#ifdef __cplusplus
}
#endif
#endif
