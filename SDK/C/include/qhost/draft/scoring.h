/*
 * qhost/draft/scoring.h: what a scenario with constraints, objectives or random draws is asked to score.
 *
 * It is not a capability itself: the headers of those include it. A scenario that has several of them sets the
 * same function in each of their tables, and is asked for all that it has in one call.
 *
 * B = rows, C = numbers in one output, P = candidates, M = objectives.
 */
#ifndef QHOST_DRAFT_SCORING_H
#define QHOST_DRAFT_SCORING_H

#include "../dataset.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Outputs, and where their scores go. Valid during the call. What is not asked for is NULL. */
typedef struct qhost_scoring {
  uint32_t struct_size;
  uint32_t split; /* QHOST_SPLIT_... */
  uint64_t row_count;
  const uint64_t *rows; /* [B] */
  uint64_t point_count;
  const double *outputs; /* [P x C x B] */
  const uint64_t *draws; /* [P] the number of each candidate's draw; NULL: the scenario is not stochastic */
  double *losses;        /* [P x B] may be INFINITY; NULL: the scenario has objectives */
  double *violations;    /* [P x B] 0: all constraints hold, > 0: how far from it; NULL: there are none */
  double *objectives;    /* [P x M x B] each in its own unit and direction; NULL: the scenario has losses */
} qhost_scoring;

/* Scores outputs. Nothing that is written may be NAN. [any] */
typedef qhost_status (*qhost_score_function)(void *instance, const qhost_scoring *scoring,
                                             qhost_error *error);

#ifdef __cplusplus
}
#endif
#endif
