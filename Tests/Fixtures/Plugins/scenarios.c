/*
 * Scenarios in C: two with constraints, one of them with kinds of outputs, one with two objectives, one of random draws,
 * one with a gradient.
 *
 *   fixture-fence   a, b in 0 ... 10, a category c of four, a number r in 0 ... 1:
 *                   (a - 7)^2 + (b - 2)^2 + (3, 0.5, 2, 1)[c] + (r - 0.25)^2 with a + 2 b <= 8:
 *                   best at (6, 1, 1, 0.25) with 2.5
 *   fixture-hedge   four numbers in -2 ... 2: the sum of (x - 1)^2 with their sum at most 2: best at 1/2 each with 1
 *   fixture-goals   x^2 and 4 - (x - 2)^2, less of the first one and more of the second one is better
 *   fixture-slope   three numbers in -4 ... 4: the sum of (x - 1)^2; 2 rows
 *   fixture-wind    (x - 1)^2 + NOISE z, z normal, other for each row and draw; 4 rows
 */
#include <qhost.h>
#include <qhost/draft/constraints.h>
#include <qhost/draft/objectives.h>
#include <qhost/draft/slopes.h>
#include <qhost/draft/streams.h>

#include <math.h>
#include <stdlib.h>

#ifndef NOISE
#define NOISE 0.5
#endif
#ifndef FAULT
#define FAULT 0
#endif

typedef struct scenario {
  qhost_dataset_description description;
  qhost_shape input, output;
  uint64_t inputs[1], outputs[1];
  const qhost_host *host;
} scenario;

static const double fence_lower[] = {0, 0, 0, 0}, fence_upper[] = {10, 10, 3, 1};
static const double hedge_lower[] = {-2, -2, -2, -2}, hedge_upper[] = {2, 2, 2, 2};
static const double goals_lower[] = {-1}, goals_upper[] = {3};
static const double wind_lower[] = {-4, -4, -4}, wind_upper[] = {4, 4, 4};

static qhost_status make(const qhost_request *request, uint64_t width, const double *lower,
                         const double *upper, uint64_t rows, void **instance, qhost_error *error) {
  scenario *s = calloc(1, sizeof *s);
  if (s == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  s->host = request->host;
  s->inputs[0] = 1;
  s->outputs[0] = width;
  s->input = (qhost_shape){sizeof s->input, 1, s->inputs};
  s->output = (qhost_shape){sizeof s->output, 1, s->outputs};
  s->description = (qhost_dataset_description){
      .struct_size = sizeof s->description, .task = QHOST_TASK_SCENARIO, .train_rows = rows,
      .input = &s->input, .output = &s->output, .output_lower = lower, .output_upper = upper,
      .best_known_loss = NAN};
  *instance = s;
  return QHOST_OK;
}

static qhost_status make_fence(const qhost_request *r, void **i, qhost_error *e) {
  return make(r, 4, fence_lower, fence_upper, 1, i, e);
}
static qhost_status make_hedge(const qhost_request *r, void **i, qhost_error *e) {
  return make(r, 4, hedge_lower, hedge_upper, 1, i, e);
}
static qhost_status make_goals(const qhost_request *r, void **i, qhost_error *e) {
  return make(r, 1, goals_lower, goals_upper, 1, i, e);
}
static qhost_status make_wind(const qhost_request *r, void **i, qhost_error *e) {
  return make(r, 1, wind_lower, wind_upper, 4, i, e);
}
static qhost_status make_slope(const qhost_request *r, void **i, qhost_error *e) {
  return make(r, 3, wind_lower, wind_upper, 2, i, e);
}

static const qhost_dataset_description *describe(void *instance) {
  return &((scenario *)instance)->description;
}

static qhost_status read(void *instance, uint32_t split, const uint64_t *indices,
                         uint64_t row_count, float *inputs, float *targets, qhost_error *error) {
  (void)instance, (void)split, (void)indices, (void)targets, (void)error;
  for (uint64_t i = 0; i < row_count; i++) inputs[i] = 0;
  return QHOST_OK;
}

static qhost_status score_plain(void *instance, uint32_t split, const uint64_t *indices,
                                uint64_t row_count, const double *outputs, uint64_t point_count,
                                double *losses, qhost_error *error) {
  uint64_t width = ((const scenario *)instance)->outputs[0];
  (void)split, (void)indices, (void)error;
  for (uint64_t p = 0; p < point_count; p++) {
    for (uint64_t i = 0; i < row_count; i++) {
      double sum = 0;
      for (uint64_t c = 0; c < width; c++) {
        double x = outputs[(p * width + c) * row_count + i] - 1;
        sum += x * x;
      }
      losses[p * row_count + i] = sum;
    }
  }
  return QHOST_OK;
}

/* The fence. */

static const uint32_t kinds[] = {QHOST_PARAMETER_INTEGER, QHOST_PARAMETER_INTEGER,
                                 FAULT == 1 ? 7 : QHOST_PARAMETER_CATEGORICAL, QHOST_PARAMETER_REAL};

static const uint32_t *output_kinds(void *instance) {
  (void)instance;
  return kinds;
}

static uint32_t has_violations(void *instance) {
  (void)instance;
  return 1;
}

static qhost_status score_fence(void *instance, const qhost_scoring *q, qhost_error *error) {
  static const double prices[] = {3, 0.5, 2, 1};
  uint64_t rows = q->row_count;
  (void)instance, (void)error;
  for (uint64_t p = 0; p < q->point_count; p++) {
    for (uint64_t i = 0; i < rows; i++) {
      const double *x = q->outputs + p * 4 * rows + i;
      double a = x[0] - 7, b = x[rows] - 2, r = x[3 * rows] - 0.25;
      q->losses[p * rows + i] = a * a + b * b + prices[(int)x[2 * rows]] + r * r;
      q->violations[p * rows + i] = FAULT == 2 ? -1 : fmax(0, x[0] + 2 * x[rows] - 8);
    }
  }
  return QHOST_OK;
}

/* The hedge. */

static const uint32_t *no_kinds(void *instance) {
  (void)instance;
  return NULL;
}

static qhost_status score_hedge(void *instance, const qhost_scoring *q, qhost_error *error) {
  uint64_t rows = q->row_count;
  (void)instance, (void)error;
  for (uint64_t p = 0; p < q->point_count; p++) {
    for (uint64_t i = 0; i < rows; i++) {
      const double *x = q->outputs + p * 4 * rows + i;
      double loss = 0, sum = 0;
      for (int c = 0; c < 4; c++) {
        loss += (x[c * rows] - 1) * (x[c * rows] - 1);
        sum += x[c * rows];
      }
      q->losses[p * rows + i] = loss;
      q->violations[p * rows + i] = fmax(0, sum - 2);
    }
  }
  return QHOST_OK;
}

/* The goals. */

static const qhost_scenario_objective distance = {
    .struct_size = sizeof distance, .name = "distance", .unit = "m", .ideal = 0, .reference = 4};
static const qhost_scenario_objective gain = {
    .struct_size = sizeof gain, .name = FAULT == 3 ? "distance" : FAULT == 6 ? "violation" : "gain", .ideal = 4,
    .reference = FAULT == 4 ? 4 : 0};
static const qhost_scenario_objective *const goal_list[] = {&distance, &gain};

static void list(void *instance, const qhost_scenario_objective *const **objectives,
                 uint64_t *count) {
  (void)instance;
  *objectives = goal_list;
  *count = 2;
}

static qhost_status score_goals(void *instance, const qhost_scoring *q, qhost_error *error) {
  (void)instance, (void)error;
  for (uint64_t p = 0; p < q->point_count; p++) {
    for (uint64_t i = 0; i < q->row_count; i++) {
      double x = q->outputs[p * q->row_count + i];
      q->objectives[2 * p * q->row_count + i] = FAULT == 5 ? NAN : x * x;
      q->objectives[(2 * p + 1) * q->row_count + i] = 4 - (x - 2) * (x - 2);
    }
  }
  return QHOST_OK;
}

/* The wind. */

static uint32_t is_stochastic(void *instance) {
  (void)instance;
  return NOISE > 0;
}

static qhost_status score_wind(void *instance, const qhost_scoring *q, qhost_error *error) {
  scenario *s = instance;
  (void)error;
  for (uint64_t p = 0; p < q->point_count; p++) {
    for (uint64_t i = 0; i < q->row_count; i++) {
      double x = q->outputs[p * q->row_count + i], z = 0;
      s->host->random_normal(s->host, q->draws[p], ((uint64_t)q->split << 30) + q->rows[i], 1, &z);
      q->losses[p * q->row_count + i] = (x - 1) * (x - 1) + NOISE * z;
    }
  }
  return QHOST_OK;
}

/* The slope. */

static uint32_t has_gradient(void *instance) {
  (void)instance;
  return 1;
}

static qhost_status slope_gradient(void *instance, uint32_t split, uint64_t row, const double *outputs,
                                   double *loss, double *gradient, qhost_error *error) {
  for (int c = 0; c < 3; c++) gradient[c] = 2 * (outputs[c] - 1);
  return score_plain(instance, split, &row, 1, outputs, 1, loss, error);
}

static const qhost_constraints constraints = {
    .struct_size = sizeof constraints, .output_kinds = output_kinds,
    .has_violations = has_violations, .score = score_fence};
static const qhost_constraints hedges = {
    .struct_size = sizeof hedges, .output_kinds = no_kinds, .has_violations = has_violations,
    .score = score_hedge};
static const qhost_objectives objectives = {
    .struct_size = sizeof objectives, .list = list, .score = score_goals};
static const qhost_scenario_streams streams = {
    .struct_size = sizeof streams, .is_stochastic = is_stochastic, .score = score_wind};

static const qhost_slopes slopes = {
    .struct_size = sizeof slopes, .has_gradient = has_gradient,
    .gradient = FAULT == 9 ? NULL : slope_gradient};

#define CAPABILITY(NAME, ID)                                                                      \
  static const qhost_capability NAME##_capability = {.struct_size = sizeof NAME##_capability,      \
                                                     .id = ID, .table = &NAME};                    \
  static const qhost_capability *const NAME##_capabilities[] = {&NAME##_capability};
CAPABILITY(constraints, QHOST_DRAFT_CONSTRAINTS)
CAPABILITY(hedges, QHOST_DRAFT_CONSTRAINTS)
CAPABILITY(objectives, QHOST_DRAFT_OBJECTIVES)
CAPABILITY(streams, QHOST_DRAFT_SCENARIO_STREAMS)
CAPABILITY(slopes, QHOST_DRAFT_SLOPES)

#define SCENARIO(NAME, MAKE, CAPABILITIES, SUMMARY)                                               \
  static const qhost_dataset NAME##_table = {                                                     \
      .struct_size = sizeof NAME##_table, .create = MAKE, .destroy = free, .describe = describe,  \
      .read = read, .score = score_plain};                                                        \
  static const qhost_component NAME = {                                                           \
      .struct_size = sizeof NAME, .kind = QHOST_KIND_DATASET, .name = "fixture-" #NAME,           \
      .summary = SUMMARY, .table = &NAME##_table, .capability_count = 1,                          \
      .capabilities = CAPABILITIES};
SCENARIO(fence, make_fence, constraints_capabilities, "A bowl with a fence.")
SCENARIO(hedge, make_hedge, hedges_capabilities, "A bowl with a hedge.")
SCENARIO(goals, make_goals, objectives_capabilities, "Two parabolas.")
SCENARIO(wind, make_wind, streams_capabilities, "A bowl in a wind.")
SCENARIO(slope, make_slope, slopes_capabilities, "A bowl that knows its slope.")
static const qhost_component *const components[] = {&fence, &hedge, &goals, &wind, &slope};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 5,
    .vendor = "fixture", .name = "scenarios", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
