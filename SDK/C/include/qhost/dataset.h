/*
 * qhost/dataset.h: samples, or a scenario that scores outputs itself.
 *
 * F = numbers in one input, C = numbers in one output, T = numbers in one target, B = rows,
 * P = candidates.
 */
#ifndef QHOST_DATASET_H
#define QHOST_DATASET_H

#include "model.h"
#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

#define QHOST_SPLIT_TRAIN 0u
#define QHOST_SPLIT_VALIDATION 1u
#define QHOST_SPLIT_TEST 2u

/* How inputs should be scaled before a model sees them, from the training split's figures. */
#define QHOST_SCALING_NONE 0u        /* as they are */
#define QHOST_SCALING_STANDARDIZE 1u /* each feature to mean 0, standard deviation 1 */
#define QHOST_SCALING_MINMAX 2u      /* each feature to 0 ... 1 */

/* Flags of a description. */
#define QHOST_DATASET_CUTS 1u /* this instance scores cuts: cut_open, cut_close, cut, cut_move, cut_cost */

/* A file that can be fetched for a dataset. Static. */
typedef struct qhost_resource {
  uint32_t struct_size;
  uint32_t reserved;
  const char *path;   /* within the data folder, for example "mnist/t10k-labels-idx1-ubyte.gz" */
  const char *url;
  const char *sha256; /* of the file, 64 hexadecimal digits */
  uint64_t bytes;
} qhost_resource;

/* What a dataset holds, once created. Owned by the instance, valid until it is destroyed. */
typedef struct qhost_dataset_description {
  uint32_t struct_size;
  uint32_t task;    /* QHOST_TASK_... */
  uint32_t scaling; /* QHOST_SCALING_... */
  uint32_t flags;   /* QHOST_DATASET_... */
  uint32_t metric_count;
  uint32_t reserved;
  uint64_t train_rows; /* >= 1 */
  uint64_t validation_rows;
  uint64_t test_rows;
  uint64_t target_width;      /* T: 1 for classification, C for regression, 0 for a scenario */
  const qhost_shape *input;   /* of one row */
  const qhost_shape *output;  /* of one row; [C] classes for classification */
  const char *const *feature_names; /* [F]; NULL: none */
  const char *const *output_names;  /* [C] classes or outputs; NULL: none */
  const char *const *metric_names;  /* [metric_count] of a scenario */
  const double *output_lower;       /* [C] domain of a scenario's outputs; NULL: unbounded */
  const double *output_upper;       /* [C] */
  double best_known_loss;           /* of a scenario; NAN: not known */
  const char *source;               /* where the data is from; NULL: none */
  uint64_t variant_count; /* of each training row, for minibatches to draw from; 0 and 1: the row only */
} qhost_dataset_description;

typedef struct qhost_dataset {
  uint32_t struct_size;
  uint32_t resource_count;
  const qhost_resource *const *resources; /* [resource_count] static */

  /* Makes an instance and stores it in `*instance`; on failure stores nothing. [owner] */
  qhost_status (*create)(const qhost_request *request, void **instance, qhost_error *error);

  /* Ends an instance. Called once, last. [owner] */
  void (*destroy)(void *instance);

  /* Never fails. [any] */
  const qhost_dataset_description *(*describe)(void *instance);

  /*
   * Reads rows: inputs [B x F] and targets [B x T] of the rows `indices` [B] of a split. A class is
   * its number, 0 ... C - 1. [owner]
   */
  qhost_status (*read)(void *instance, uint32_t split, const uint64_t *indices, uint64_t row_count,
                       float *inputs, float *targets, qhost_error *error);

  /*
   * Scenario only: losses [P x B] of outputs [P x C x B] for the rows `indices` [B]. A loss may be
   * INFINITY, never NAN. NULL for samples. [any]
   */
  qhost_status (*score)(void *instance, uint32_t split, const uint64_t *indices,
                        uint64_t row_count, const double *outputs, uint64_t point_count,
                        double *losses, qhost_error *error);

  /*
   * Scenario only, with metric_count > 0: values [metric_count] of outputs [C x B] for the rows `indices`. [owner]
   */
  qhost_status (*metrics)(void *instance, uint32_t split, const uint64_t *indices,
                          uint64_t row_count, const double *outputs, double *values,
                          qhost_error *error);

  /*
   * Scenario only, with QHOST_DATASET_CUTS: scores along one output of one row, more cheaply than
   * by whole scores. cut_open takes the base outputs [C]; cut writes the losses [K] at base +
   * offsets[k] e_output; cut_move moves the base; cut_cost is one offset's part of a whole score.
   * [session]; cut_open and cut_cost [any]
   */
  qhost_status (*cut_open)(void *instance, uint32_t split, uint64_t row, const double *outputs,
                           void **session, qhost_error *error);
  void (*cut_close)(void *session);
  qhost_status (*cut)(void *session, uint64_t output, const double *offsets, uint64_t offset_count,
                      double *losses, qhost_error *error);
  qhost_status (*cut_move)(void *session, uint64_t output, double delta, qhost_error *error);
  double (*cut_cost)(void *instance);

  /*
   * With variant_count > 1: inputs [B x F] of the variants `variants` [B] of the training rows `indices`
   * [B]; variant 0 is the row itself. Targets stay those of the row. [any]
   */
  qhost_status (*read_variants)(void *instance, const uint64_t *indices, const uint64_t *variants,
                                uint64_t row_count, float *inputs, qhost_error *error);
} qhost_dataset;

#ifdef __cplusplus
}
#endif
#endif
