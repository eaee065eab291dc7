/*
 * A model around another one, in C: it passes everything through, but for cut changes and approximations.
 *
 * The model that it depends on by default can be set when it is compiled.
 */
#include <qhost.h>

#include <stdlib.h>

#ifndef INNER
#define INNER "logistic"
#endif

typedef struct wrapper {
  const qhost_model *table;
  void *instance;
  qhost_model_description description;
} wrapper;

typedef struct session {
  const qhost_model *table;
  void *inner;
} session;

static void destroy(void *instance) { free(instance); }

static qhost_status create(const qhost_request *request, const qhost_mapping *mapping,
                           void **instance, qhost_error *error) {
  wrapper *w = calloc(1, sizeof *w);
  (void)mapping;
  if (w == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  w->table = request->dependencies[0]->table;
  w->instance = request->dependencies[0]->instance;
  w->description = *w->table->describe(w->instance);
  w->description.flags &= ~(QHOST_MODEL_CUT_CHANGES | QHOST_MODEL_APPROXIMATION);
  *instance = w;
  return QHOST_OK;
}

static const qhost_model_description *describe(void *instance) {
  return &((wrapper *)instance)->description;
}

static qhost_status initialise(void *instance, uint64_t start, double *parameters,
                               qhost_error *error) {
  wrapper *w = instance;
  return w->table->initialise(w->instance, start, parameters, error);
}

static qhost_status open_session(void *instance, void **made, qhost_error *error) {
  wrapper *w = instance;
  session *s = calloc(1, sizeof *s);
  if (s == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  s->table = w->table;
  qhost_status status = w->table->open(w->instance, &s->inner, error);
  if (status != QHOST_OK) {
    free(s);
    return status;
  }
  *made = s;
  return QHOST_OK;
}

static void close_session(void *raw) {
  session *s = raw;
  s->table->close(s->inner);
  free(s);
}

static qhost_status bind(void *raw, const float *inputs, uint64_t row_count, qhost_error *error) {
  session *s = raw;
  return s->table->bind(s->inner, inputs, row_count, error);
}

static qhost_status forward(void *raw, const double *parameters, uint64_t point_count,
                            float *outputs, qhost_error *error) {
  session *s = raw;
  return s->table->forward(s->inner, parameters, point_count, outputs, error);
}

static qhost_status backward(void *raw, const float *output_gradients, double *gradient,
                             qhost_error *error) {
  session *s = raw;
  return s->table->backward(s->inner, output_gradients, gradient, error);
}

static qhost_status cut_open(void *raw, const double *parameters, qhost_error *error) {
  session *s = raw;
  return s->table->cut_open(s->inner, parameters, error);
}

static qhost_status cut(void *raw, uint64_t index, const double *offsets, uint64_t offset_count,
                        float *outputs, qhost_error *error) {
  session *s = raw;
  return s->table->cut(s->inner, index, offsets, offset_count, outputs, error);
}

static qhost_status cut_move(void *raw, uint64_t index, double delta, qhost_error *error) {
  session *s = raw;
  return s->table->cut_move(s->inner, index, delta, error);
}

static double cut_cost(void *instance, uint64_t index) {
  wrapper *w = instance;
  return w->table->cut_cost(w->instance, index);
}

static qhost_status graph(void *instance, const double *parameters, const qhost_graph **made,
                          qhost_error *error) {
  wrapper *w = instance;
  return w->table->graph(w->instance, parameters, made, error);
}

static const qhost_model table = {
    .struct_size = sizeof table, .create = create, .destroy = destroy, .describe = describe,
    .initialise = initialise, .open = open_session, .close = close_session, .bind = bind,
    .forward = forward, .backward = backward, .cut_open = cut_open, .cut = cut,
    .cut_move = cut_move, .cut_cost = cut_cost, .graph = graph};

static const qhost_dependency inner = {
    .struct_size = sizeof inner, .name = "inner", .kind = QHOST_KIND_MODEL,
    .default_component = INNER, .documentation = "Does the work."};
static const qhost_dependency *const dependencies[] = {&inner};

static const qhost_component component = {
    .struct_size = sizeof component, .dependency_count = 1, .kind = QHOST_KIND_MODEL,
    .name = "fixture-wrapper", .summary = "A model around another one.",
    .dependencies = dependencies, .table = &table};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 1,
    .vendor = "fixture", .name = "wrapper", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
