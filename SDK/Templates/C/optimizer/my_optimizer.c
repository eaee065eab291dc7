/*
 * An optimizer for qhost: the (1+1) evolution strategy with the 1/5 success rule.
 *
 * Each query is one point, y = x + sigma * scale * N(0, 1); the better of x and y stays. sigma grows when
 * more than one step in five is better, and shrinks otherwise. Integers and categories change in one
 * of n coordinates on average.
 *
 * Source: Rechenberg 1973; Hansen, Arnold and Auger, Evolution Strategies, 2015, algorithm 2.
 */
#include <qhost.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is saved, before the point. */
typedef struct progress {
  uint64_t dimension, queries; /* n; queries answered so far */
  double sigma, best;          /* the step; the loss at `point` */
} progress;

/* One run. The host makes as many as it likes, so there are no global variables. */
typedef struct strategy {
  const qhost_host *host; /* valid until destroy; gives random numbers, threads, the clock */
  progress now;
  uint32_t *kinds;                                                     /* [n] */
  double *lower, *upper, *scales, *point, *trial, *normals, *uniforms; /* [n] each */
} strategy;

static void destroy(void *instance) {
  strategy *s = instance;
  if (s == NULL) return;
  free(s->kinds);
  free(s->lower); /* begins the block that holds all arrays of numbers */
  free(s);
}

/* Makes a run. Each parameter of the table below has a checked value, in its order. */
static qhost_status create(const qhost_request *request, const qhost_problem *problem,
                           void **instance, qhost_error *error) {
  size_t n = (size_t)problem->dimension;
  strategy *s = calloc(1, sizeof *s);
  if (s != NULL) {
    s->kinds = calloc(n, sizeof *s->kinds);
    s->lower = calloc(n, 7 * sizeof(double));
  }
  if (s == NULL || s->kinds == NULL || s->lower == NULL) {
    destroy(s);
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "there is no memory for the points");
  }
  double **arrays[] = {&s->upper, &s->scales, &s->point, &s->trial, &s->normals, &s->uniforms};
  for (size_t i = 0; i < 6; i++) *arrays[i] = s->lower + (i + 1) * n;
  /* The problem is valid during this call only. */
  memcpy(s->kinds, problem->kinds, n * sizeof *s->kinds);
  memcpy(s->lower, problem->lower, n * sizeof(double));
  memcpy(s->upper, problem->upper, n * sizeof(double));
  memcpy(s->scales, problem->scales, n * sizeof(double));
  memcpy(s->point, problem->initial, n * sizeof(double));
  s->host = request->host;
  s->now = (progress){.dimension = n, .sigma = request->values[0]->real, .best = INFINITY};
  *instance = s;
  return QHOST_OK;
}

/* The value of coordinate i in the next point. */
static double moved(const strategy *s, size_t i) {
  double x = s->point[i], step = s->now.sigma * s->scales[i] * s->normals[i];
  double chance = s->uniforms[i] * (double)s->now.dimension; /* below 1 in one of n coordinates */
  if (s->kinds[i] == QHOST_PARAMETER_CATEGORICAL) {
    double count = s->upper[i] - s->lower[i] + 1; /* any of the other categories */
    if (chance >= 1) return x;
    return s->lower[i] + fmod(x - s->lower[i] + 1 + floor(chance * (count - 1)), count);
  }
  if (s->kinds[i] == QHOST_PARAMETER_INTEGER) {
    step = floor(step + 0.5);
    if (step == 0 && chance < 1) step = s->normals[i] < 0 ? -1 : 1;
  }
  return fmin(fmax(x + step, s->lower[i]), s->upper[i]);
}

/* Fills the next query, which the host has cleared. The first one is the starting point itself. */
static qhost_status ask(void *instance, qhost_query *query, qhost_error *error) {
  strategy *s = instance;
  size_t n = (size_t)s->now.dimension;
  (void)error;
  /* Numbers depend on (seed, step, index) alone: the same on any number of threads, and when resumed. */
  s->host->random_normal(s->host, s->now.queries, 0, n, s->normals);
  s->host->random_uniform(s->host, s->now.queries, 1, n, s->uniforms);
  for (size_t i = 0; i < n; i++) s->trial[i] = s->now.queries == 0 ? s->point[i] : moved(s, i);
  query->kind = QHOST_QUERY_POINTS;
  query->points = s->trial; /* must stay valid until the next call */
  query->point_count = 1;
  query->batch = QHOST_BATCH_FULL; /* losses of different queries are compared: all are of all rows */
  return QHOST_OK;
}

/* Takes the loss, +INFINITY for a point that cannot be scored. */
static qhost_status tell(void *instance, const qhost_answer *answer, qhost_error *error) {
  strategy *s = instance;
  double loss = answer->losses[0];
  int better = loss < s->now.best;
  (void)error;
  /* Hosts that are older than this header have a shorter answer, without constraints. */
  /* While no feasible point is known, losses of infeasible ones rise with the worst loss seen. */
  if (answer->struct_size >= sizeof *answer && s->now.best > answer->infeasible_above) {
    s->now.best += answer->infeasible_rise;
    better = loss < s->now.best;
  }
  if (loss <= s->now.best) {
    memcpy(s->point, s->trial, (size_t)s->now.dimension * sizeof(double));
    s->now.best = loss;
  }
  if (s->now.queries++ > 0) {
    s->now.sigma *= exp((better - 0.2) / sqrt((double)s->now.dimension + 1));
    s->now.sigma = fmin(fmax(s->now.sigma, 1e-12), 1e6);
  }
  return QHOST_OK;
}

/* Writes all that later queries depend on, so that an interrupted run can continue. */
static qhost_status save(void *instance, const qhost_writer *writer, qhost_error *error) {
  const strategy *s = instance;
  (void)error;
  writer->write(writer, &s->now, sizeof s->now);
  writer->write(writer, s->point, s->now.dimension * sizeof(double));
  return QHOST_OK;
}

/* The bytes are from a file: they may be anything. */
static qhost_status load(void *instance, const void *bytes, uint64_t count, qhost_error *error) {
  strategy *s = instance;
  progress saved = {0};
  size_t size = (size_t)s->now.dimension * sizeof(double);
  if (count == sizeof saved + size) memcpy(&saved, bytes, sizeof saved);
  if (saved.dimension != s->now.dimension || !(saved.sigma >= 1e-12 && saved.sigma <= 1e6)) {
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN,
                      "the saved state is not one of this run; start a new run");
  }
  memcpy(s->point, (const char *)bytes + sizeof saved, size);
  s->now = saved;
  return QHOST_OK;
}

/* What follows is what the host reads: the functions, the parameters, the component, the plugin. */
static const qhost_optimizer table = {
    .struct_size = sizeof table, .create = create, .destroy = destroy,
    .ask = ask, .tell = tell, .save = save, .load = load};

static const qhost_parameter step = {
    .struct_size = sizeof step, .type = QHOST_REAL,
    .flags = QHOST_TUNABLE | QHOST_LOGARITHMIC, .name = "step",
    .documentation = "Length of the first steps, in scales of the parameters.",
    .default_value = "1", .minimum = 1e-6, .maximum = 1e3};
static const qhost_parameter *const parameters[] = {&step};

static const qhost_component component = {
    .struct_size = sizeof component, .kind = QHOST_KIND_OPTIMIZER, .name = "my-optimizer",
    .summary = "(1+1) evolution strategy with the 1/5 success rule.",
    .source = "Rechenberg 1973; Hansen, Arnold and Auger 2015", .parameter_count = 1,
    .parameters = parameters, .table = &table};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .vendor = "example",
    .name = "my-optimizer", .version = "0.1.0", .summary = "An optimizer in C.",
    .licence = "Apache-2.0", .component_count = 1, .components = components};

QHOST_DEFINE_ENTRY(plugin)
