/*
 * qhost/draft/constraints.h: scenarios whose outputs are of kinds, or must hold to constraints.
 *
 * Kinds: outputs that are integers or categories. A model whose parameters are the outputs ("direct") gives
 * them to the optimizer as such; what other models put out is rounded to the nearest that is allowed.
 *
 * Constraints: a scenario says how far from feasible each point is. The host ranks feasible points first, by
 * loss, then the others, by violation (K. Deb 2000), and the loss of an infeasible point counts for nothing: no
 * penalty is to be put into it.
 *
 * B = rows, C = numbers in one output, P = candidates, K = offsets of a cut.
 */
#ifndef QHOST_DRAFT_CONSTRAINTS_H
#define QHOST_DRAFT_CONSTRAINTS_H

#include "../optimizer.h"
#include "scoring.h"

#ifdef __cplusplus
extern "C" {
#endif

#define QHOST_DRAFT_CONSTRAINTS "qhost.draft.constraints/1"

/* What a scenario publishes under the id. */
typedef struct qhost_constraints {
  uint32_t struct_size;
  uint32_t reserved;

  /*
   * The kinds of the outputs, [C] QHOST_PARAMETER_...; NULL: all real. Integers and categories need
   * bounds (output_lower, output_upper), those of categories from 0. Owned by the instance, valid until it
   * is destroyed. Never fails. [any]
   */
  const uint32_t *(*output_kinds)(void *instance);

  /* 1 if this instance has constraints, else 0: then `score` and `cut` are not called. Never fails. [any] */
  uint32_t (*has_violations)(void *instance);

  /* In place of qhost_dataset.score: losses and violations of a point. */
  qhost_score_function score;

  /*
   * In place of qhost_dataset.cut: losses [K] and violations [K] at base + offsets[k] e_output. NULL: cuts are
   * answered by whole scores. [session]
   */
  qhost_status (*cut)(void *session, uint64_t output, const double *offsets, uint64_t offset_count,
                      double *losses, double *violations, qhost_error *error);
} qhost_constraints;

/* The host's side, from host->capability. */
typedef struct qhost_host_constraints {
  uint32_t struct_size;
  uint32_t reserved;
} qhost_host_constraints;

#ifdef __cplusplus
}
#endif
#endif
