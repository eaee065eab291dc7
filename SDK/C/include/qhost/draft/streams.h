/*
 * qhost/draft/streams.h: models whose outputs, and scenarios whose scores, are random draws.
 *
 * A row's random numbers come from the host's counter-based streams (qhost_host.random_...), with the number
 * of the draw as `step` and the row's key as `index`. Outputs are functions of parameters, inputs, keys and
 * draws alone: they are then the same on any thread, in any order and after a resume, and candidates
 * that get the same draw have common random numbers.
 *
 * The host gives each candidate a draw of its own, unless the optimizer asks for common ones
 * (qhost_query.draws). It reports means over several draws with their standard errors, never takes a run's
 * luckiest draw for its best point, and asks a stochastic model for neither cuts nor changes.
 *
 * B = rows, P = candidates, n = parameters, C = numbers in one output.
 */
#ifndef QHOST_DRAFT_STREAMS_H
#define QHOST_DRAFT_STREAMS_H

#include "../model.h"
#include "scoring.h"

#ifdef __cplusplus
extern "C" {
#endif

#define QHOST_DRAFT_STREAMS "qhost.draft.streams/1"

/* What a model publishes under the id. */
typedef struct qhost_streams {
  uint32_t struct_size;
  uint32_t reserved;

  /*
   * 1 if this instance's outputs are random draws, else 0: then the functions below are not called.
   * Never fails. [any]
   */
  uint32_t (*is_stochastic)(void *instance);

  /*
   * After every bind: the keys [B] of the rows, below 2^32 and the same for the same row whatever block
   * it is in. Valid during the call. [session]
   */
  qhost_status (*bind_rows)(void *session, const uint64_t *keys, uint64_t row_count,
                            qhost_error *error);

  /*
   * As forward: outputs [P x C x B] of parameters [P x n], candidate p with draw draws[p]. backward then is
   * that of the last call, which had P = 1. [session]
   */
  qhost_status (*forward_draws)(void *session, const double *parameters, const uint64_t *draws,
                                uint64_t point_count, float *outputs, qhost_error *error);
} qhost_streams;

/* The id under which a scenario publishes what follows. */
#define QHOST_DRAFT_SCENARIO_STREAMS "qhost.draft.scenario-streams/1"

/* A scenario's side. Its keys are its own: rows and splits must differ in them. */
typedef struct qhost_scenario_streams {
  uint32_t struct_size;
  uint32_t reserved;

  /* 1 if this instance's scores are random draws, else 0: then `score` is not called. Never fails. [any] */
  uint32_t (*is_stochastic)(void *instance);

  /* In place of qhost_dataset.score, candidate p with draw scoring->draws[p]. */
  qhost_score_function score;
} qhost_scenario_streams;

/* The host's side of both, from host->capability. */
typedef struct qhost_host_streams {
  uint32_t struct_size;
  uint32_t report_draws; /* draws that a reported figure is the mean of */
} qhost_host_streams;

#ifdef __cplusplus
}
#endif
#endif
