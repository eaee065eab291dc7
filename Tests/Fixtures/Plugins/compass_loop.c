/*
 * An optimizer that owns its loop: compass search (Kolda, Lewis, Torczon, SIAM Review 45, 2003).
 *
 * It tries a step up and down along each coordinate, takes the best of all, and halves the step when
 * none is better; it ends by itself when the step is small.
 */
#include <qhost.h>

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct compass {
  uint64_t dimension;
  int64_t fault; /* 0: none; the place of the choice below */
  double tolerance;
  double *points; /* [1 + 2n x n]: the centre, then the trial points */
  double *lower, *upper;
} compass;

enum { FAULT_NONE, FAULT_FAIL, FAULT_CRASH, FAULT_HANG, FAULT_NAN };

static void destroy(void *instance) {
  compass *c = instance;
  free(c->points);
  free(c);
}

static qhost_status create(const qhost_request *request, const qhost_problem *problem,
                           void **instance, qhost_error *error) {
  uint64_t n = problem->dimension;
  compass *c = calloc(1, sizeof *c);
  if (c != NULL) c->points = malloc((size_t)((2 * n + 3) * n) * sizeof(double));
  if (c == NULL || c->points == NULL) {
    free(c);
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  }
  c->dimension = n;
  c->tolerance = request->values[0]->real;
  c->fault = request->values[1]->integer;
  c->lower = c->points + (2 * n + 1) * n;
  c->upper = c->lower + n;
  memcpy(c->points, problem->initial, (size_t)n * sizeof(double));
  memcpy(c->lower, problem->lower, (size_t)n * sizeof(double));
  memcpy(c->upper, problem->upper, (size_t)n * sizeof(double));
  *instance = c;
  return QHOST_OK;
}

/* Writes the 2n points one step away, each within the bounds. */
static void look_around(compass *c, double step) {
  uint64_t n = c->dimension;
  for (uint64_t i = 0; i < 2 * n; i++) {
    double *trial = c->points + (1 + i) * n;
    memcpy(trial, c->points, (size_t)n * sizeof(double));
    double x = trial[i / 2] + (i % 2 == 0 ? step : -step);
    trial[i / 2] = fmin(fmax(x, c->lower[i / 2]), c->upper[i / 2]);
  }
}

static qhost_status misbehave(compass *c, qhost_error *error) {
  switch (c->fault) {
    case FAULT_FAIL:
      return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "the compass has lost its needle");
    case FAULT_CRASH: abort();
    case FAULT_HANG: for (;;) pause();
    case FAULT_NAN: c->points[0] = NAN; break;
    default: break;
  }
  return QHOST_OK;
}

static qhost_status run(void *instance, const qhost_objective *objective, qhost_error *error) {
  compass *c = instance;
  uint64_t n = c->dimension;
  double best = INFINITY;
  qhost_answer answer = {.struct_size = sizeof answer};
  qhost_query query = {.struct_size = sizeof query, .kind = QHOST_QUERY_POINTS,
                       .batch = QHOST_BATCH_FULL, .point_count = 1, .points = c->points};
  qhost_status status = objective->evaluate(objective, &query, &answer);
  if (status != QHOST_OK) return status;
  best = answer.losses[0];
  status = misbehave(c, error);
  if (status != QHOST_OK) return status;
  if (c->fault == FAULT_NAN) return objective->evaluate(objective, &query, &answer);
  for (double step = 1; step > c->tolerance;) {
    look_around(c, step);
    query.point_count = 2 * n;
    query.points = c->points + n;
    status = objective->evaluate(objective, &query, &answer);
    if (status != QHOST_OK) return status;
    uint64_t winner = 0;
    for (uint64_t i = 1; i < answer.loss_count; i++) {
      if (answer.losses[i] < answer.losses[winner]) winner = i;
    }
    if (answer.losses[winner] < best) {
      best = answer.losses[winner];
      memcpy(c->points, c->points + (1 + winner) * n, (size_t)n * sizeof(double));
    } else {
      step *= 0.5;
    }
  }
  return QHOST_OK;
}

static qhost_status recommend(void *instance, double *point, qhost_error *error) {
  compass *c = instance;
  (void)error;
  memcpy(point, c->points, (size_t)c->dimension * sizeof(double));
  return QHOST_OK;
}

static const qhost_optimizer table = {
    .struct_size = sizeof table, .create = create, .destroy = destroy, .recommend = recommend,
    .run = run};

#define CHOICE(variable, text, words)             \
  static const qhost_choice variable = {          \
      .struct_size = sizeof(qhost_choice), .name = text, .documentation = words};
CHOICE(choice_none, "none", "It does all right.")
CHOICE(choice_fail, "fail", "It fails after its first answer.")
CHOICE(choice_crash, "crash", "It aborts after its first answer.")
CHOICE(choice_hang, "hang", "It asks nothing after its first answer.")
CHOICE(choice_nan, "nan", "It asks a point that is not a number.")
static const qhost_choice *const choices[] = {&choice_none, &choice_fail, &choice_crash,
                                              &choice_hang, &choice_nan};

static const qhost_parameter tolerance = {
    .struct_size = sizeof tolerance, .type = QHOST_REAL,
    .flags = QHOST_TUNABLE | QHOST_LOGARITHMIC | QHOST_MINIMUM_EXCLUSIVE, .name = "tolerance",
    .documentation = "The step at which it ends.", .default_value = "1e-6", .maximum = 1};
static const qhost_parameter fault = {
    .struct_size = sizeof fault, .type = QHOST_CHOICE, .choice_count = 5, .name = "fault",
    .documentation = "What it does wrong.", .default_value = "none", .choices = choices};
static const qhost_parameter *const parameters[] = {&tolerance, &fault};

static const qhost_component component = {
    .struct_size = sizeof component, .parameter_count = 2, .kind = QHOST_KIND_OPTIMIZER,
    .name = "fixture-compass", .summary = "Compass search with a loop of its own.",
    .source = "Kolda, Lewis, Torczon, SIAM Review 45 (2003) 385", .parameters = parameters,
    .table = &table};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 1,
    .vendor = "fixture", .name = "compass", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
