/*
 * qhost/draft/objectives.h: scenarios with several objectives.
 *
 * The host keeps the points that no other one dominates, with the volume that they dominate; for an optimizer it
 * makes one loss of the objectives, by weights or by alpha-fairness, as the user asks, and answers the
 * objectives beside it (qhost_answer.objectives).
 *
 * With x a value, z = (x - ideal) / (reference - ideal) is 0 at the ideal and 1 at the reference: less is
 * better. A reference above the ideal means that less of x is better, one below it that more is.
 */
#ifndef QHOST_DRAFT_OBJECTIVES_H
#define QHOST_DRAFT_OBJECTIVES_H

#include "scoring.h"

#ifdef __cplusplus
extern "C" {
#endif

#define QHOST_DRAFT_OBJECTIVES "qhost.draft.objectives/1"

/* One objective. */
typedef struct qhost_scenario_objective {
  uint32_t struct_size;
  uint32_t reserved;
  const char *name; /* [a-z][a-z0-9-]*, once in a scenario */
  const char *unit; /* NULL: none */
  double ideal;     /* a value that cannot be bettered, or hardly */
  double reference; /* the worst value of any use: volumes are measured up to here; not the ideal */
} qhost_scenario_objective;

/* What a scenario publishes under the id. */
typedef struct qhost_objectives {
  uint32_t struct_size;
  uint32_t reserved;

  /*
   * Stores the objectives, [*count]; none: this instance has losses as other scenarios do. Owned by the
   * instance, valid until it is destroyed. Never fails. [any]
   */
  void (*list)(void *instance, const qhost_scenario_objective *const **objectives, uint64_t *count);

  /* In place of qhost_dataset.score: the objectives of a point. */
  qhost_score_function score;
} qhost_objectives;

/* The host's side, from host->capability. */
typedef struct qhost_host_objectives {
  uint32_t struct_size;
  uint32_t objective_limit; /* objectives that it takes from one scenario */
} qhost_host_objectives;

#ifdef __cplusplus
}
#endif
#endif
