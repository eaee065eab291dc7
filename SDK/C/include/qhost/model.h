/*
 * qhost/model.h: a function with trainable parameters.
 *
 * n = parameters, P = candidates, B = rows, F = numbers in one input, C = numbers in one output,
 * K = offsets of a cut. Rows are the contiguous axis of inputs and outputs ([F x B], [P x C x B]):
 * one unit's values over a batch lie side by side, which is what a processor's vectors want.
 *
 * Work is processor time, in units of about a multiply-add of a dense product in single precision: 0.02 ns
 * of a core with AVX-512. The host charges a budget of forward passes by it. What is left out is taken from
 * counts of multiply-adds, which leave out activations and all that small pieces cost.
 *
 * Rows are worked on through sessions. A session holds a block of rows and scratch memory; different
 * sessions of one instance run at once on different threads, so the instance itself must not change.
 */
#ifndef QHOST_MODEL_H
#define QHOST_MODEL_H

#include "graph.h"
#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a dataset asks of a model's outputs. */
#define QHOST_TASK_CLASSIFICATION 1u /* C scores a row, the largest one wins */
#define QHOST_TASK_REGRESSION 2u     /* C numbers a row */
#define QHOST_TASK_SCENARIO 3u       /* C numbers a row that the dataset scores itself */

/* What the model is to map to what. Valid during create. */
typedef struct qhost_mapping {
  uint32_t struct_size;
  uint32_t task;
  const qhost_shape *input;   /* of one row */
  const qhost_shape *output;  /* of one row */
  const double *output_lower; /* [C]; NULL: unbounded */
  const double *output_upper; /* [C]; NULL: unbounded */
  const uint32_t *output_kinds; /* [C] QHOST_PARAMETER_... of a scenario's outputs; NULL: all real */
} qhost_mapping;

/* A named part of the parameters: a weight matrix, a bias. */
typedef struct qhost_parameter_block {
  uint32_t struct_size;
  uint32_t reserved;
  const char *name; /* for example "layers.0.weight" */
  const qhost_shape *shape;
  uint64_t offset; /* of its first element in the parameter vector */
} qhost_parameter_block;

/* Flags of a description. The functions of a capability must be there when its flag is set. */
#define QHOST_MODEL_IDENTITY 1u /* outputs are the parameters themselves, for every row: n = C */
#define QHOST_MODEL_GRADIENT 2u /* this instance has a gradient: backward */
#define QHOST_MODEL_CUTS 4u     /* this instance has cuts: cut_open, cut, cut_move, cut_cost */
#define QHOST_MODEL_GRAPH 8u    /* this instance has a graph */
#define QHOST_MODEL_CUT_CHANGES 16u /* with CUTS: cut_changes, move_changes */
#define QHOST_MODEL_APPROXIMATION 32u /* this instance approximates other networks: approximate */

/* What a model is, once created. Owned by the instance, valid until it is destroyed. */
typedef struct qhost_model_description {
  uint32_t struct_size;
  uint32_t flags;           /* QHOST_MODEL_... */
  uint64_t parameter_count; /* n >= 1 */
  const uint32_t *kinds;    /* [n] QHOST_PARAMETER_...; NULL: all real */
  const double *lower;      /* [n]; NULL: unbounded */
  const double *upper;      /* [n]; NULL: unbounded */
  const double *scales;     /* [n] > 0, the spread of the initial values; NULL: 1 */
  uint64_t multiply_adds;   /* of one forward pass of one row, >= 1 */
  double gradient_cost;     /* of forward and backward together, in forward passes, > 0; 0: 3 */
  uint64_t block_count;
  const qhost_parameter_block *const *blocks; /* [block_count]; together they cover 0 ..< n */
  double row_work;           /* of a forward pass, for each row; 0: multiply_adds */
  double pass_work;          /* of a forward pass of a block of rows, beside the rows; 0: n */
  double gradient_row_work;  /* of forward and backward, for each row; 0: gradient_cost row_work */
  double gradient_pass_work; /* of both, beside the rows; 0: gradient_cost pass_work */
} qhost_model_description;

/*
 * Outputs of the rows whose outputs change, for each of K offsets. The host's memory, written by the
 * model. S >= B is a multiple of 16. Offset k has its rows, in ascending order, at rows + k S, and its
 * outputs at outputs + k C S, those of unit c at + c T with T = row_counts[k] rounded up to a multiple
 * of 16; numbers beyond row_counts[k] are not looked at.
 */
typedef struct qhost_changes {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t stride;        /* S */
  uint64_t *row_counts;   /* [K] */
  uint32_t *rows;         /* [K x S] */
  float *outputs;         /* [K x C x S] */
  uint64_t multiply_adds; /* out: how many this call has done, over all rows and offsets */
  double work;            /* out: the work of this call; 0: multiply_adds */
} qhost_changes;

typedef struct qhost_model {
  uint32_t struct_size;
  uint32_t reserved;

  /* Makes an instance and stores it in `*instance`; on failure stores nothing. [owner] */
  qhost_status (*create)(const qhost_request *request, const qhost_mapping *mapping,
                         void **instance, qhost_error *error);

  /* Ends an instance, after all its sessions. Called once, last. [owner] */
  void (*destroy)(void *instance);

  /* Never fails. [any] */
  const qhost_model_description *(*describe)(void *instance);

  /* Writes a starting point, [n]; different for each `start`, the same for the same. [owner] */
  qhost_status (*initialise)(void *instance, uint64_t start, double *parameters, qhost_error *error);

  /* Makes a session and stores it in `*session`. [any] */
  qhost_status (*open)(void *instance, void **session, qhost_error *error);

  /* Ends a session. [session] */
  void (*close)(void *session);

  /*
   * Gives the session its rows: `inputs` [F x B], which stay valid and unchanged until the next bind
   * or close. Ends what cut_open began. [session]
   */
  qhost_status (*bind)(void *session, const float *inputs, uint64_t row_count, qhost_error *error);

  /*
   * outputs [P x C x B] of parameters [P x n]. May return QHOST_DISCARD when P = 1. [session]
   */
  qhost_status (*forward)(void *session, const double *parameters, uint64_t point_count,
                          float *outputs, qhost_error *error);

  /*
   * Capability "gradient": gradient [n] = sum over rows and outputs of output_gradients [C x B] times
   * d output / d parameter, at the parameters of the last forward, which had P = 1. Overwrites
   * `gradient`. [session]
   */
  qhost_status (*backward)(void *session, const float *output_gradients, double *gradient,
                           qhost_error *error);

  /*
   * Capability "cuts". cut_open makes `parameters` [n] the base point; cut writes
   * the outputs [K x C x B] at base + offsets[k] e_index; cut_move makes base + delta e_index the
   * base point; cut_cost is what one offset of a cut, and one move, cost as a part of a whole forward
   * pass, > 0. After cut_open and until bind, forward or cut_open. [session]; cut_cost [any]
   */
  qhost_status (*cut_open)(void *session, const double *parameters, qhost_error *error);
  qhost_status (*cut)(void *session, uint64_t index, const double *offsets, uint64_t offset_count,
                      float *outputs, qhost_error *error);
  qhost_status (*cut_move)(void *session, uint64_t index, double delta, qhost_error *error);
  double (*cut_cost)(void *instance, uint64_t index);

  /*
   * Capability "graph": the network at `parameters` [n] as operators and weights. Owned by the
   * instance, valid until the next call of graph or destroy. [owner]
   */
  qhost_status (*graph)(void *instance, const double *parameters, const qhost_graph **graph,
                        qhost_error *error);

  /*
   * Capability "cut changes": cut and cut_move that say which rows' outputs differ from those at the
   * base point, and write the new ones of these rows only. A weight whose input is 0 in most rows
   * costs that much less. move_changes has K = 1, and its outputs are those at the new base point.
   * [session]
   */
  qhost_status (*cut_changes)(void *session, uint64_t index, const double *offsets,
                              uint64_t offset_count, qhost_changes *changes, qhost_error *error);
  qhost_status (*move_changes)(void *session, uint64_t index, double delta, qhost_changes *changes,
                               qhost_error *error);

  /*
   * Capability "approximation": writes the parameters [n] at which this model comes nearest to another
   * network of the same inputs and outputs, `graph`, on typical inputs. QHOST_UNSUPPORTED for a network
   * that it cannot come near to. [owner]
   */
  qhost_status (*approximate)(void *instance, const qhost_graph *graph,
                              const qhost_calibration *calibration, double *parameters,
                              qhost_error *error);

  /*
   * Capability "cuts": the work of a cut along parameter `index` at `offset_count` offsets, on all of
   * `row_count` rows; of a move, when offset_count is 0. NULL: cut_cost times row_work, for each offset
   * and row. Must be finite and not below 0. [any]
   */
  double (*cut_work)(void *instance, uint64_t index, uint64_t offset_count, uint64_t row_count);
} qhost_model;

#ifdef __cplusplus
}
#endif
#endif
