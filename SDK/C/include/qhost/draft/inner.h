/*
 * qhost/draft/inner.h: models around other models, which may start from trained files.
 *
 * A model with a dependency of kind model receives the inner model's table and instance with its request
 * (qhost_resolved), describes it, opens sessions on it and runs them on parameters of its own making: forward,
 * backward and cuts are those of qhost/model.h. What is here is what only the host knows.
 *
 * With this capability users may set `from` at the place of a dependency of kind model, for example
 * --set model.inner.from=MODEL: the host reads that file as it reads the one of --from, checks that it fits the
 * inner model and the run's inputs, and hands the parameters over. `from` is then no name for a parameter or a
 * dependency of the inner model. A model that calls the host's side flags the capability as
 * QHOST_CAPABILITY_REQUIRED, so that a host without it refuses the model instead of starting from somewhere else.
 *
 * n = parameters of the inner model, B = rows, F = numbers in one input.
 */
#ifndef QHOST_DRAFT_INNER_H
#define QHOST_DRAFT_INNER_H

#include "../graph.h"
#include "../host.h"

#ifdef __cplusplus
extern "C" {
#endif

#define QHOST_DRAFT_INNER "qhost.draft.inner/2"

/* What a model publishes under the id: that it takes inner models from files. */
typedef struct qhost_inner {
  uint32_t struct_size;
  uint32_t reserved;

  /*
   * Writes the parameters [n] that the model runs its inner model with, at `parameters` of its own: the inner model
   * alone has the same outputs with them, bit for bit. For a model with one dependency of kind model, whose parameters it
   * generates; NULL, or QHOST_UNSUPPORTED, for another one. [owner]
   */
  qhost_status (*inner_parameters)(void *instance, const double *parameters, double *inner,
                                   qhost_error *error);
} qhost_inner;

/* What passes of a model take, with nothing left out: see the members of the same names in qhost/model.h. */
typedef struct qhost_inner_work {
  uint32_t struct_size; /* set by the caller */
  uint32_t reserved;
  double row_work;
  double pass_work;
  double gradient_row_work;
  double gradient_pass_work;
} qhost_inner_work;

/*
 * The host's side, from host->capability. Each function takes the component's own host, and is called in
 * create only: what it gives is valid until create returns. `dependency` counts the component's dependencies.
 */
typedef struct qhost_host_inner {
  uint32_t struct_size;
  uint32_t reserved;

  /*
   * The trained parameters [n] that the user names for a dependency with `from`. Stores NULL and 0 where none
   * are named: the inner model's own start is that of its `initialise`. QHOST_ERROR for a dependency that is no
   * model. [owner]
   */
  qhost_status (*initial)(const qhost_host *host, uint32_t dependency, const double **parameters,
                          uint64_t *count, qhost_error *error);

  /*
   * At most 1,000 training rows, evenly spread, scaled as the inner model sees them, and how many numbers F
   * one of them has. QHOST_UNSUPPORTED for a component that is not made for data. [owner]
   */
  qhost_status (*calibration)(const qhost_host *host, const qhost_calibration **calibration,
                              uint64_t *input_count, qhost_error *error);

  /*
   * The table that a dependency of kind model publishes under the id of a capability, for example
   * "qhost.draft.streams/1", completed to this host's size; NULL where it has none, or the host another
   * draft. Stays valid until the process ends. [owner]
   */
  const void *(*capability)(const qhost_host *host, uint32_t dependency, const char *id);

  /* Writes what passes of a dependency of kind model take: a wrapper adds its own to it. [owner] */
  qhost_status (*work)(const qhost_host *host, uint32_t dependency, qhost_inner_work *work,
                       qhost_error *error);
} qhost_host_inner;

#ifdef __cplusplus
}
#endif
#endif
