/*
 * A model whose k parameters generate the n parameters of an inner one: p = p0 + R theta, in C.
 *
 * R has one entry, 1 or -1, in each row, by a hash of the row's number. p0 is the file that the inner model starts
 * from, or its own start. What can be set when it is compiled: whether the capability is declared, and the number of
 * the dependency that p0 is asked for.
 */
#include <qhost.h>
#include <qhost/draft/inner.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#ifndef HAS_INNER
#define HAS_INNER 1
#endif
#ifndef DEPENDENCY
#define DEPENDENCY 0
#endif
#ifndef INNER
#define INNER "mlp"
#endif

typedef struct generator {
  const qhost_model *table;
  void *instance;
  uint64_t k, n, outputs;
  double *start; /* [n], p0 */
  double mean;   /* of the calibration's inputs */
  qhost_model_description description;
} generator;

typedef struct session {
  const generator *model;
  void *inner;
  uint64_t rows;
  double *parameters; /* [n] */
  double *gradient;   /* [n] */
} session;

static uint64_t hash(uint64_t i) {
  i = (i + 1) * 0x9E3779B97F4A7C15u;
  i ^= i >> 32;
  return i * 0xD6E8FEB86659FD93u >> 20;
}
static double sign(uint64_t i) { return hash(i) & 1 ? 1 : -1; }
static uint64_t column(const generator *g, uint64_t i) { return (hash(i) >> 1) % g->k; }

static void generate(const generator *g, const double *theta, double *parameters) {
  for (uint64_t i = 0; i < g->n; i++) {
    parameters[i] = g->start[i] + sign(i) * theta[column(g, i)];
  }
}

static void destroy(void *instance) {
  generator *g = instance;
  free(g->start);
  free(g);
}

/* What only the host knows: the file that the inner model starts from, rows, and what its passes take. */
static qhost_status ask_host(generator *g, const qhost_request *request, qhost_error *error) {
  const qhost_host_inner *host = request->host->capability(request->host, QHOST_DRAFT_INNER);
  if (host == NULL || !HAS_INNER) return g->table->initialise(g->instance, 0, g->start, error);
  const double *trained = NULL;
  uint64_t count = 0;
  qhost_status status = host->initial(request->host, DEPENDENCY, &trained, &count, error);
  if (status != QHOST_OK) return status;
  if (trained == NULL) {
    status = g->table->initialise(g->instance, 0, g->start, error);
    if (status != QHOST_OK) return status;
  } else {
    memcpy(g->start, trained, count * sizeof *trained);
  }
  const qhost_calibration *rows = NULL;
  uint64_t input_count = 0;
  status = host->calibration(request->host, &rows, &input_count, error);
  if (status != QHOST_OK) return status;
  for (uint64_t i = 0; i < rows->row_count * input_count; i++) g->mean += rows->inputs[i];
  g->mean /= (double)(rows->row_count * input_count);
  qhost_inner_work work = {.struct_size = sizeof work};
  status = host->work(request->host, DEPENDENCY, &work, error);
  if (status != QHOST_OK) return status;
  g->description.row_work = work.row_work;
  g->description.pass_work = work.pass_work + (double)g->n;
  g->description.gradient_row_work = work.gradient_row_work;
  g->description.gradient_pass_work = work.gradient_pass_work + 2 * (double)g->n;
  return QHOST_OK;
}

static qhost_status create(const qhost_request *request, const qhost_mapping *mapping,
                           void **instance, qhost_error *error) {
  generator *g = calloc(1, sizeof *g);
  if (g == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  g->table = request->dependencies[0]->table;
  g->instance = request->dependencies[0]->instance;
  const qhost_model_description *inner = g->table->describe(g->instance);
  g->k = (uint64_t)request->values[0]->integer;
  g->n = inner->parameter_count;
  g->outputs = 1;
  for (uint32_t i = 0; i < mapping->output->rank; i++) g->outputs *= mapping->output->extents[i];
  g->description = (qhost_model_description){
      .struct_size = sizeof g->description,
      .flags = inner->flags & (QHOST_MODEL_GRADIENT | QHOST_MODEL_GRAPH),
      .parameter_count = g->k, .multiply_adds = inner->multiply_adds};
  g->start = calloc(g->n, sizeof *g->start);
  qhost_status status =
      g->start == NULL ? qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left")
                       : ask_host(g, request, error);
  if (status == QHOST_OK && !isfinite(g->mean)) {
    status = qhost_fail(error, QHOST_ERROR, QHOST_ERROR_DATA, "the inputs have no mean");
  }
  if (status != QHOST_OK) {
    destroy(g);
    return status;
  }
  *instance = g;
  return QHOST_OK;
}

static const qhost_model_description *describe(void *instance) {
  return &((generator *)instance)->description;
}

static qhost_status initialise(void *instance, uint64_t start, double *parameters,
                               qhost_error *error) {
  const generator *g = instance;
  (void)start;
  (void)error;
  for (uint64_t j = 0; j < g->k; j++) parameters[j] = 0;
  return QHOST_OK;
}

static void close_session(void *raw) {
  session *s = raw;
  if (s->inner != NULL) s->model->table->close(s->inner);
  free(s->parameters);
  free(s);
}

static qhost_status open_session(void *instance, void **made, qhost_error *error) {
  const generator *g = instance;
  session *s = calloc(1, sizeof *s);
  if (s == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  s->model = g;
  s->parameters = calloc(2 * g->n, sizeof *s->parameters);
  s->gradient = s->parameters + g->n;
  qhost_status status =
      s->parameters == NULL
          ? qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left")
          : g->table->open(g->instance, &s->inner, error);
  if (status != QHOST_OK) {
    s->inner = NULL;
    close_session(s);
    return status;
  }
  *made = s;
  return QHOST_OK;
}

static qhost_status bind(void *raw, const float *inputs, uint64_t row_count, qhost_error *error) {
  session *s = raw;
  s->rows = row_count;
  return s->model->table->bind(s->inner, inputs, row_count, error);
}

static qhost_status forward(void *raw, const double *parameters, uint64_t point_count,
                            float *outputs, qhost_error *error) {
  session *s = raw;
  const generator *g = s->model;
  for (uint64_t p = 0; p < point_count; p++) {
    generate(g, parameters + p * g->k, s->parameters);
    qhost_status status =
        g->table->forward(s->inner, s->parameters, 1, outputs + p * g->outputs * s->rows, error);
    if (status != QHOST_OK) return status;
  }
  return QHOST_OK;
}

static qhost_status backward(void *raw, const float *output_gradients, double *gradient,
                             qhost_error *error) {
  session *s = raw;
  const generator *g = s->model;
  qhost_status status = g->table->backward(s->inner, output_gradients, s->gradient, error);
  if (status != QHOST_OK) return status;
  for (uint64_t j = 0; j < g->k; j++) gradient[j] = 0;
  for (uint64_t i = 0; i < g->n; i++) gradient[column(g, i)] += sign(i) * s->gradient[i];
  return QHOST_OK;
}

static qhost_status graph(void *instance, const double *parameters, const qhost_graph **made,
                          qhost_error *error) {
  const generator *g = instance;
  double *inner = calloc(g->n, sizeof *inner);
  if (inner == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  generate(g, parameters, inner);
  qhost_status status = g->table->graph(g->instance, inner, made, error);
  free(inner);
  return status;
}

static const qhost_model table = {
    .struct_size = sizeof table, .create = create, .destroy = destroy, .describe = describe,
    .initialise = initialise, .open = open_session, .close = close_session, .bind = bind,
    .forward = forward, .backward = backward, .graph = graph};

static const qhost_parameter count = {
    .struct_size = sizeof count, .type = QHOST_INTEGER, .name = "count",
    .documentation = "Parameters.", .default_value = "8", .minimum = 1, .maximum = 1e6};
static const qhost_parameter *const parameters[] = {&count};

static const qhost_dependency inner = {
    .struct_size = sizeof inner, .name = "inner", .kind = QHOST_KIND_MODEL,
    .default_component = INNER, .documentation = "Has the parameters that are generated."};
static const qhost_dependency *const dependencies[] = {&inner};

static qhost_status inner_parameters(void *instance, const double *parameters, double *inner,
                                     qhost_error *error) {
  (void)error;
  generate(instance, parameters, inner);
  return QHOST_OK;
}

static const qhost_inner inner_table = {
    .struct_size = sizeof inner_table, .inner_parameters = inner_parameters};
static const qhost_capability with_inner = {
    .struct_size = sizeof with_inner, .flags = QHOST_CAPABILITY_REQUIRED,
    .id = QHOST_DRAFT_INNER, .table = &inner_table};
static const qhost_capability *const capabilities[] = {&with_inner};

static const qhost_component component = {
    .struct_size = sizeof component, .parameter_count = 1, .parameters = parameters,
    .dependency_count = 1, .kind = QHOST_KIND_MODEL, .name = "fixture-generator",
    .summary = "A model whose parameters generate those of another.",
    .dependencies = dependencies, .table = &table, .capability_count = HAS_INNER,
    .capabilities = capabilities};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 1,
    .vendor = "fixture", .name = "generator", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
