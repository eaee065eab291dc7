/*
 * qhost/target.h: compiles a trained model for somewhere else and measures it there.
 */
#ifndef QHOST_TARGET_H
#define QHOST_TARGET_H

#include "graph.h"
#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Takes what a target makes. The host writes the files and counts their bytes. */
typedef struct qhost_artifact_sink {
  uint32_t struct_size;
  uint32_t reserved;
  void *context;

  /* One file. `name` is a plain file name; name and bytes are copied. [owner] */
  qhost_status (*artifact)(const struct qhost_artifact_sink *sink, const char *name,
                           const void *bytes, uint64_t count);

  /* One figure of the report, for example "bytes", 11008, "B". [owner] */
  void (*figure)(const struct qhost_artifact_sink *sink, const char *name, double value,
                 const char *unit);
} qhost_artifact_sink;

/* What running compiled code cost. A figure that the target does not measure is NAN. */
typedef struct qhost_execution_cost {
  uint32_t struct_size;
  uint32_t reserved;
  double cycles_minimum;
  double cycles_mean;
  double cycles_maximum;
  double milliseconds_mean; /* on the machine that the target stands for */
} qhost_execution_cost;

typedef struct qhost_target {
  uint32_t struct_size;
  uint32_t reserved;

  /* Makes an instance and stores it in `*instance`; on failure stores nothing. [owner] */
  qhost_status (*create)(const qhost_request *request, void **instance, qhost_error *error);

  /* Ends an instance. Called once, last. [owner] */
  void (*destroy)(void *instance);

  /* Compiles the graph and hands over the artifacts; the instance keeps what execute needs. [owner] */
  qhost_status (*compile)(void *instance, const qhost_graph *graph,
                          const qhost_calibration *calibration, const qhost_artifact_sink *sink,
                          qhost_error *error);

  /*
   * Optional: runs what the last compile made on inputs [B x F]; writes outputs [B x C] and the cost.
   * NULL: it cannot run it here. [owner]
   */
  qhost_status (*execute)(void *instance, const float *inputs, uint64_t row_count, float *outputs,
                          qhost_execution_cost *cost, qhost_error *error);
} qhost_target;

#ifdef __cplusplus
}
#endif
#endif
