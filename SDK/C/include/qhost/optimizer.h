/*
 * qhost/optimizer.h: proposes parameters, learns from losses.
 *
 * An optimizer is asked for a query and told the answer, in turn: ask, tell, ask, tell, ... The host
 * composes model, dataset and loss into the objective, answers, counts, and stops when a budget is
 * spent. n is the dimension of the parameter space throughout.
 */
#ifndef QHOST_OPTIMIZER_H
#define QHOST_OPTIMIZER_H

#include "model.h"
#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Kinds of a query, and bits that say which of them an objective answers (1 << kind). */
#define QHOST_QUERY_POINTS 1u
#define QHOST_QUERY_GRADIENT 2u
#define QHOST_QUERY_CUTS 3u
#define QHOST_QUERY_DONE 4u

/* Kinds of a parameter. */
#define QHOST_PARAMETER_REAL 0u
#define QHOST_PARAMETER_INTEGER 1u     /* integers in [lower, upper] */
#define QHOST_PARAMETER_CATEGORICAL 2u /* 0 ... upper, without order */

/* The rows that a query is answered on. */
#define QHOST_BATCH_SAME 0u /* those of the query before (the first batch, at the first query) */
#define QHOST_BATCH_NEXT 1u /* the next minibatch of the host's schedule */
#define QHOST_BATCH_FULL 2u /* the whole training split */

/* The random numbers that candidates get where the objective is stochastic. */
#define QHOST_DRAWS_NEW 0u    /* each its own */
#define QHOST_DRAWS_COMMON 1u /* all the same, in all queries that say so */

/* Why an optimizer is done. */
#define QHOST_DONE_CONVERGED 1u /* within its own tolerance */
#define QHOST_DONE_STALLED 2u   /* no way forward */
#define QHOST_DONE_SCHEDULE 3u  /* its own schedule has ended */

/* The search space and what the objective can do. Valid during create. */
typedef struct qhost_problem {
  uint32_t struct_size;
  uint32_t queries;      /* bit (1 << QHOST_QUERY_...) for each kind that is answered */
  uint64_t dimension;    /* n >= 1 */
  const uint32_t *kinds; /* [n] QHOST_PARAMETER_... */
  const double *lower;   /* [n], -INFINITY: unbounded */
  const double *upper;   /* [n] */
  const double *initial; /* [n] the starting point, within the bounds */
  const double *scales;  /* [n] > 0: how far a parameter typically lies from its start */
  uint64_t row_count;    /* rows of the training split */
  uint64_t batch_rows;   /* rows of a minibatch; = row_count when there are no minibatches */
  uint32_t fast_cuts;    /* 1 when a cut costs less than whole passes */
  uint32_t has_violations;  /* 1 when answers say how far from feasible points are */
  uint64_t objective_count; /* M of a scenario with several objectives; else 0 */
  uint64_t block_count;
  const qhost_parameter_block *const *blocks; /* [block_count] the model's named parts; they cover 0 ..< n */
} qhost_problem;

/*
 * What the optimizer wants to know. The host clears it before each ask; pointers that the optimizer
 * sets belong to the optimizer and must stay valid until the next call on the instance.
 *
 *   POINTS    `points` [point_count x n]; answered by point_count losses
 *   GRADIENT  `points` [1 x n]; answered by one loss and the gradient [n]
 *   CUTS      the losses along coordinates through a base point that the host keeps:
 *             `base` [n] sets it (required at the first such query), then the moves
 *             base[move_indices[i]] += move_deltas[i] are made in order, then for each of the
 *             cut_count coordinates c = cut_indices[i] and each of its offset_count offsets d the
 *             loss at base + d e_c is taken; answered by cut_count x offset_count losses.
 *             cut_count may be 0: then only the base moves
 *   DONE      `reason`
 *
 * Points, moves and offsets must be finite.
 */
typedef struct qhost_query {
  uint32_t struct_size;
  uint32_t kind;
  uint32_t batch;  /* QHOST_BATCH_... */
  uint32_t reason; /* QHOST_DONE_... */
  uint64_t point_count;
  const double *points;
  const double *base;
  uint64_t move_count;
  const uint64_t *move_indices; /* [move_count] */
  const double *move_deltas;    /* [move_count] */
  uint64_t cut_count;
  const uint64_t *cut_indices; /* [cut_count] */
  uint64_t offset_count;
  const double *offsets; /* [cut_count x offset_count] */
  uint32_t draws;        /* QHOST_DRAWS_... */
  uint32_t reserved;
  /*
   * CUTS: the width w >= 0 of the noise in the sums of units with two outputs (draft/flips.h), whose mean
   * the losses then are; 0: none. Above 0 only where the model has such units: else the run ends.
   */
  double noise;
} qhost_query;

/*
 * The answer to the last query. Valid during tell. A loss may be +INFINITY, never NaN.
 *
 * Where points have violations, the loss of an infeasible one is the highest loss of all feasible points so far
 * plus its violation, so that it ranks behind them (K. Deb 2000). That highest loss can rise: an optimizer that
 * remembers losses of earlier answers then adds infeasible_rise to those above infeasible_above.
 */
typedef struct qhost_answer {
  uint32_t struct_size;
  uint32_t kind; /* of the query that is answered */
  uint64_t loss_count;
  const double *losses;   /* [loss_count] */
  const double *gradient; /* [n]; NULL unless the query asked for it */
  double progress;        /* part of the budget spent so far, 0 to 1; for schedules */
  const double *violations; /* [loss_count] 0: feasible, > 0: how far from it; NULL: no constraints */
  double infeasible_above; /* losses of earlier answers above it are those of infeasible points */
  double infeasible_rise;  /* by how much those have risen since the answer before */
  uint64_t objective_count; /* M; 0: the objective is a loss */
  const double *objectives; /* [loss_count x M], each in its own unit and direction; NULL when M = 0 */
  const double *plain_losses; /* [loss_count] before ranking, of infeasible points too; NULL: no constraints */
} qhost_answer;

/* Takes the bytes of a saved state, in order. */
typedef struct qhost_writer {
  uint32_t struct_size;
  uint32_t reserved;
  void *context;
  void (*write)(const struct qhost_writer *writer, const void *bytes, uint64_t count); /* [owner] */
} qhost_writer;

/* The objective as a function, for optimizers that own their loop. */
typedef struct qhost_objective {
  uint32_t struct_size;
  uint32_t reserved;
  void *context;
  /*
   * Answers one query. The answer's pointers stay valid until the next call. A query of kind DONE says
   * why the loop ends, and is never answered; a loop that returns without one has converged.
   * QHOST_CANCELLED: the run is over; return from run at once. [owner]
   */
  qhost_status (*evaluate)(const struct qhost_objective *objective, const qhost_query *query,
                           qhost_answer *answer);
} qhost_objective;

/* Queries that an optimizer cannot do without: bits (1 << QHOST_QUERY_...). */
typedef struct qhost_optimizer {
  uint32_t struct_size;
  uint32_t required_queries;
  uint64_t preferred_batch_rows; /* minibatch that suits it when the user sets none; 0: all rows */

  /* Makes an instance and stores it in `*instance`; on failure stores nothing. [owner] */
  qhost_status (*create)(const qhost_request *request, const qhost_problem *problem,
                         void **instance, qhost_error *error);

  /* Ends an instance. Called once, last. [owner] */
  void (*destroy)(void *instance);

  /* Fills `query`. Never called twice without a tell between. NULL when `run` is set. [owner] */
  qhost_status (*ask)(void *instance, qhost_query *query, qhost_error *error);

  /* Takes the answer to the last query. NULL when `run` is set. [owner] */
  qhost_status (*tell)(void *instance, const qhost_answer *answer, qhost_error *error);

  /*
   * Writes the point it recommends, [n]: where a deployed model should stand. At any time, also after
   * an ask that stays unanswered because the run ends. NULL, or QHOST_UNSUPPORTED: the host takes the
   * best point it has seen. [owner]
   */
  qhost_status (*recommend)(void *instance, double *point, qhost_error *error);

  /*
   * Writes its whole state, so that load on a fresh instance of the same problem continues to the
   * same result. Called before the first ask or after a tell. Both NULL, or QHOST_UNSUPPORTED: its
   * runs cannot be resumed. [owner]
   */
  qhost_status (*save)(void *instance, const qhost_writer *writer, qhost_error *error);

  /* Takes a saved state on a fresh instance. Bytes from elsewhere are an error. [owner] */
  qhost_status (*load)(void *instance, const void *bytes, uint64_t count, qhost_error *error);

  /* Runs to its end in place of ask and tell (both NULL then), on a thread of its own. [owner] */
  qhost_status (*run)(void *instance, const qhost_objective *objective, qhost_error *error);
} qhost_optimizer;

#ifdef __cplusplus
}
#endif
#endif
