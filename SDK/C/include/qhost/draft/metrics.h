/*
 * qhost/draft/metrics.h: named numbers of a dataset or a model on a split, beside loss and accuracy.
 *
 * An instance lists its metrics once, each with a unit and a direction, and measures all of them on rows and
 * the outputs for them. The host records them, tables compare runs by one of them, and a run may end when one
 * reaches a value (--until-metric).
 *
 * A run is measured on every split when it has ended, and while it continues only where --until-metric names a metric:
 * then on a fixed sample of a split's rows, and on the whole split before the run ends. A metric
 * that is not a mean over rows says something else on a sample; the whole split is what counts.
 *
 * B = rows, F = numbers in one input, C = numbers in one output.
 */
#ifndef QHOST_DRAFT_METRICS_H
#define QHOST_DRAFT_METRICS_H

#include "../base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The capability's id, for qhost_capability and host->capability. */
#define QHOST_DRAFT_METRICS "qhost.draft.metrics/1"

/* Which values of a metric are better. */
#define QHOST_METRIC_NEUTRAL 0u /* none: it is recorded, and nothing is ranked by it */
#define QHOST_METRIC_LOWER 1u
#define QHOST_METRIC_HIGHER 2u

/* A metric. */
typedef struct qhost_metric {
  uint32_t struct_size;
  uint32_t direction;        /* QHOST_METRIC_... */
  const char *name;          /* [a-z][a-z0-9_-]*, once in a run; not loss, accuracy, rmse, r2 */
  const char *unit;          /* for example "ms"; NULL: none */
  const char *documentation; /* one line; not empty */
} qhost_metric;

/* What metrics are measured on: rows of a split with the outputs for them. Valid during the call. */
typedef struct qhost_metric_sample {
  uint32_t struct_size;
  uint32_t split;           /* QHOST_SPLIT_... */
  uint64_t parameter_count; /* n; 0 for a dataset */
  const double *parameters; /* [n] of the outputs; NULL for a dataset */
  uint64_t row_count;       /* B */
  const uint64_t *rows;     /* [B] numbers of the rows in their split, rising */
  const uint64_t *keys;     /* [B] of the rows, below 2^32: `index` of the host's random numbers */
  uint64_t draw;            /* number of the draw that the outputs are of: `step` of these */
  const float *inputs;      /* [F x B] as the model sees them; NULL for a dataset */
  const double *outputs;    /* [C x B] */
} qhost_metric_sample;

/* What a dataset or a model publishes under the id. */
typedef struct qhost_metrics {
  uint32_t struct_size;
  uint32_t reserved;

  /*
   * Stores the instance's metrics, [*count], none allowed. Called once, after create; what is stored is owned by the
   * instance and valid until it is destroyed. [owner]
   */
  qhost_status (*list)(void *instance, const qhost_metric *const **metrics, uint64_t *count,
                       qhost_error *error);

  /*
   * Writes the metrics' values [count], in the order of the list: any number or an infinity, never NaN. And
   * their standard errors [count], finite and >= 0; what is left as it is, NaN, says that there is none.
   * [owner]
   */
  qhost_status (*measure)(void *instance, const qhost_metric_sample *sample, double *values,
                          double *errors, qhost_error *error);
} qhost_metrics;

/* The host's side, from host->capability. */
typedef struct qhost_host_metrics {
  uint32_t struct_size;
  uint32_t metric_limit; /* metrics that it takes from one component */
} qhost_host_metrics;

#ifdef __cplusplus
}
#endif
#endif
