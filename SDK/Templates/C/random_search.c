/*
 * An optimizer for qhost in one C file: random search, the simplest that works.
 *
 *   make                                    makes libqhost-example-random-search.so
 *   QHOST_PLUGIN_PATH=. qhost plugins       lists it
 *   QHOST_PLUGIN_PATH=. qhost run --optimizer example-random-search
 *
 * Each query asks for `batch_size` points. A coordinate with two bounds is uniform between them; any
 * other is normal about the starting point. The host keeps the best point, counts, and stops.
 *
 * To make it your own: change the names in the four tables at the end, then create, ask and tell.
 */
#include <qhost.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One run. The host makes as many as it likes, so there are no global variables. */
typedef struct search {
  const qhost_host *host; /* valid until destroy; gives random numbers, threads, the clock */
  uint64_t dimension;     /* n */
  uint64_t batch;         /* points of one query */
  uint64_t queries;       /* answered so far: all that a later query depends on */
  uint32_t *kinds;        /* [n] copies: the problem is only valid during create */
  double *lower, *upper, *initial, *scales; /* [n] */
  double *points; /* [batch x n]: what ask hands out must stay valid until the next call */
} search;

static void destroy(void *instance) {
  search *s = instance;
  if (s == NULL) return;
  free(s->kinds);
  free(s->lower); /* begins the block that holds all five arrays of numbers */
  free(s);
}

/* Makes a run. Every declared parameter has a checked value, in the order of the table below. */
static qhost_status create(const qhost_request *request, const qhost_problem *problem,
                           void **instance, qhost_error *error) {
  uint64_t n = problem->dimension;
  uint64_t batch = (uint64_t)request->values[0]->integer;
  search *s = calloc(1, sizeof *s);
  if (s == NULL || batch > SIZE_MAX / sizeof(double) / n - 4) goto no_memory;
  s->kinds = malloc((size_t)n * sizeof *s->kinds);
  s->lower = malloc((size_t)((4 + batch) * n) * sizeof(double));
  if (s->kinds == NULL || s->lower == NULL) goto no_memory;
  s->upper = s->lower + n;
  s->initial = s->upper + n;
  s->scales = s->initial + n;
  s->points = s->scales + n;
  memcpy(s->kinds, problem->kinds, (size_t)n * sizeof *s->kinds);
  memcpy(s->lower, problem->lower, (size_t)n * sizeof(double));
  memcpy(s->upper, problem->upper, (size_t)n * sizeof(double));
  memcpy(s->initial, problem->initial, (size_t)n * sizeof(double));
  memcpy(s->scales, problem->scales, (size_t)n * sizeof(double));
  s->host = request->host;
  s->dimension = n;
  s->batch = batch;
  *instance = s;
  return QHOST_OK;

no_memory:
  destroy(s);
  return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PARAMETER,
                    "there is no memory for so many points; lower optimizer.batch_size");
}

/* Brings a coordinate into its bounds, and to a whole number where it must be one. */
static double allowed(const search *s, uint64_t i, double x) {
  if (s->kinds[i] != QHOST_PARAMETER_REAL) x = floor(x + 0.5);
  return fmin(fmax(x, s->lower[i]), s->upper[i]);
}

/* Fills the next query. The host has cleared it: only what is used need be set. */
static qhost_status ask(void *instance, qhost_query *query, qhost_error *error) {
  search *s = instance;
  (void)error;
  for (uint64_t p = 0; p < s->batch; p++) {
    double *point = s->points + p * s->dimension;
    /* Numbers depend on (seed, step, index) alone: the same for any number of threads. */
    uint64_t step = s->queries * s->batch + p;
    s->host->random_uniform(s->host, step, 0, s->dimension, point);
    for (uint64_t i = 0; i < s->dimension; i++) {
      double width = s->upper[i] - s->lower[i];
      double x = s->lower[i] + point[i] * width;
      if (!isfinite(width)) {
        s->host->random_normal(s->host, step, 1 + i, 1, &x);
        x = s->initial[i] + x * s->scales[i];
      }
      point[i] = allowed(s, i, x);
    }
  }
  query->kind = QHOST_QUERY_POINTS;
  query->points = s->points;
  query->point_count = s->batch;
  return QHOST_OK;
}

/* Takes the losses. Random search learns nothing: the host keeps the best point by itself. */
static qhost_status tell(void *instance, const qhost_answer *answer, qhost_error *error) {
  search *s = instance;
  (void)answer;
  (void)error;
  s->queries += 1;
  return QHOST_OK;
}

/* Writes all that a later query depends on, so that an interrupted run can go on. */
static qhost_status save(void *instance, const qhost_writer *writer, qhost_error *error) {
  const search *s = instance;
  const uint64_t state[3] = {s->dimension, s->batch, s->queries};
  (void)error;
  writer->write(writer, state, sizeof state);
  return QHOST_OK;
}

/* The bytes may be anything: they come from a file. */
static qhost_status load(void *instance, const void *bytes, uint64_t count, qhost_error *error) {
  search *s = instance;
  uint64_t state[3] = {0, 0, 0};
  if (count == sizeof state) memcpy(state, bytes, sizeof state);
  if (state[0] != s->dimension || state[1] != s->batch) {
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN,
                      "the saved state is not one of this run; start the run anew");
  }
  s->queries = state[2];
  return QHOST_OK;
}

/* What follows is what the host reads: the functions, the parameters, the component, the plugin. */
static const qhost_optimizer table = {
    .struct_size = sizeof table, .create = create, .destroy = destroy,
    .ask = ask, .tell = tell, .save = save, .load = load,
};

static const qhost_parameter batch_size = {
    .struct_size = sizeof batch_size, .type = QHOST_INTEGER, .flags = QHOST_TUNABLE,
    .name = "batch_size", .documentation = "Points of one query.", .default_value = "16",
    .minimum = 1, .maximum = 65536,
};
static const qhost_parameter *const parameters[] = {&batch_size};

static const qhost_component component = {
    .struct_size = sizeof component, .kind = QHOST_KIND_OPTIMIZER, .name = "example-random-search",
    .summary = "Independent random points, from the C template.",
    .source = "Brooks, Operations Research 1958",
    .parameter_count = 1, .parameters = parameters, .table = &table,
};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .vendor = "example",
    .name = "example-random-search", .version = "0.1.0",
    .summary = "The worked example of a plugin in C.", .licence = "Apache-2.0",
    .component_count = 1, .components = components,
};

QHOST_DEFINE_ENTRY(plugin)
