/*
 * qhost/draft/slopes.h: scenarios that know the gradient of their loss.
 *
 * Optimizers that follow a gradient can then be used on the scenario where a model's parameters are the outputs
 * themselves ("direct"). A gradient with its loss is counted as two scores.
 *
 * C = numbers in one output.
 *
 * This is a draft: its number changes whenever a struct here does, and plugins are built again then.
 */
#ifndef QHOST_DRAFT_SLOPES_H
#define QHOST_DRAFT_SLOPES_H

#include "../dataset.h"

#ifdef __cplusplus
extern "C" {
#endif

#define QHOST_DRAFT_SLOPES "qhost.draft.slopes/1"

/* What a scenario publishes under the id. */
typedef struct qhost_slopes {
  uint32_t struct_size;
  uint32_t reserved;

  /* 1 if this instance has a gradient, else 0. Never fails. [any] */
  uint32_t (*has_gradient)(void *instance);

  /*
   * The loss of outputs [C] for one row of a split, and its gradient [C]: d loss / d output. The loss is that
   * of qhost_dataset.score. [any]
   */
  qhost_status (*gradient)(void *instance, uint32_t split, uint64_t row, const double *outputs,
                           double *loss, double *gradient, qhost_error *error);
} qhost_slopes;

/* The host's side, from host->capability: nothing yet. */
typedef struct qhost_host_slopes {
  uint32_t struct_size;
  uint32_t reserved;
} qhost_host_slopes;

#ifdef __cplusplus
}
#endif
#endif
