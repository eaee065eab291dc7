/*
 * Counts the weights of a trained model whose loss has a lower well behind a barrier.
 *
 * An optimizer that does not optimize: it cuts each parameter of a model at 129 offsets. A cut counts
 * when descent from the present value ends higher than the lowest loss and a barrier lies between, both by
 * more than 2 % of the cut's range. count-wells uses it.
 */
#include <qhost.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { OFFSETS = 129, MIDDLE = OFFSETS / 2 };
static const double LEAST_PART = 0.02;

typedef struct counter {
  uint64_t dimension, index, count;
  double *base, *scales; /* [n] each */
  double box, offsets[OFFSETS];
} counter;

static void destroy(void *instance) {
  counter *c = instance;
  if (c == NULL) return;
  free(c->base);
  free(c->scales);
  free(c);
}

/* The parameters are the last 8 n bytes of a model's file, in order. */
static int read_base(counter *c, const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) return 0;
  int is_read = fseek(file, -8 * (long)c->dimension, SEEK_END) == 0 &&
                fread(c->base, 8, c->dimension, file) == c->dimension;
  fclose(file);
  return is_read;
}

static qhost_status create(const qhost_request *request, const qhost_problem *problem,
                           void **instance, qhost_error *error) {
  counter *c = calloc(1, sizeof *c);
  if (c == NULL) goto no_memory;
  c->dimension = problem->dimension;
  c->box = request->values[1]->real;
  c->base = malloc(c->dimension * sizeof(double));
  c->scales = malloc(c->dimension * sizeof(double));
  if (c->base == NULL || c->scales == NULL) goto no_memory;
  for (uint64_t i = 0; i < c->dimension; i++) c->scales[i] = problem->scales[i];
  if (!read_base(c, request->values[0]->text)) {
    destroy(c);
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PARAMETER,
                      "optimizer.path is not a model of these parameters; name its model.safetensors");
  }
  *instance = c;
  return QHOST_OK;

no_memory:
  destroy(c);
  return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PARAMETER, "there is no memory for the model");
}

static qhost_status ask(void *instance, qhost_query *query, qhost_error *error) {
  counter *c = instance;
  (void)error;
  if (c->index == c->dimension) {
    query->kind = QHOST_QUERY_DONE;
    query->reason = QHOST_DONE_CONVERGED;
    fprintf(stderr, "%llu of %llu\n", (unsigned long long)c->count, (unsigned long long)c->dimension);
    return QHOST_OK;
  }
  for (int k = 0; k < OFFSETS; k++) {
    c->offsets[k] = c->box * c->scales[c->index] * (k - MIDDLE) / MIDDLE;
  }
  query->kind = QHOST_QUERY_CUTS;
  if (c->index == 0) query->base = c->base;
  query->cut_count = 1;
  query->cut_indices = &c->index;
  query->offset_count = OFFSETS;
  query->offsets = c->offsets;
  return QHOST_OK;
}

/* Whether descent from the middle ends behind a barrier before a lower loss. */
static int is_trapped(const double *losses) {
  int lowest = 0, end = MIDDLE;
  double highest = losses[0];
  for (int k = 1; k < OFFSETS; k++) {
    if (losses[k] < losses[lowest]) lowest = k;
    highest = fmax(highest, losses[k]);
  }
  for (;;) {
    if (end > 0 && losses[end - 1] < losses[end]) end -= 1;
    else if (end < OFFSETS - 1 && losses[end + 1] < losses[end]) end += 1;
    else break;
  }
  double least = LEAST_PART * (highest - losses[lowest]), barrier = losses[end];
  if (least <= 1e-7 * fabs(losses[MIDDLE]) * LEAST_PART) return 0; /* rounding */
  for (int k = end; k != lowest; k += lowest < end ? -1 : 1) barrier = fmax(barrier, losses[k]);
  return losses[end] - losses[lowest] > least && barrier - losses[end] > least;
}

static qhost_status tell(void *instance, const qhost_answer *answer, qhost_error *error) {
  counter *c = instance;
  (void)error;
  if (is_trapped(answer->losses)) c->count += 1;
  c->index += 1;
  return QHOST_OK;
}

static qhost_status save(void *instance, const qhost_writer *writer, qhost_error *error) {
  const counter *c = instance;
  (void)error;
  const uint64_t state[2] = {c->index, c->count};
  writer->write(writer, state, sizeof state);
  return QHOST_OK;
}

static qhost_status load(void *instance, const void *bytes, uint64_t count, qhost_error *error) {
  (void)instance, (void)bytes, (void)count;
  return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "start the count again");
}

static const qhost_optimizer table = {
    .struct_size = sizeof table, .create = create, .destroy = destroy, .ask = ask, .tell = tell,
    .save = save, .load = load, .required_queries = 1u << QHOST_QUERY_CUTS,
};
static const qhost_parameter path = {
    .struct_size = sizeof path, .type = QHOST_TEXT, .name = "path",
    .documentation = "The model.safetensors to cut.", .default_value = "",
};
static const qhost_parameter box = {
    .struct_size = sizeof box, .type = QHOST_REAL, .name = "box",
    .documentation = "Half the width of a cut in spreads.", .default_value = "2.5",
    .minimum = 1e-9, .maximum = 1e9,
};
static const qhost_parameter *const parameters[] = {&path, &box};
static const qhost_component component = {
    .struct_size = sizeof component, .kind = QHOST_KIND_OPTIMIZER, .name = "count-wells",
    .summary = "Counts cuts with a lower well behind a barrier.", .source = "None.",
    .parameter_count = 2, .parameters = parameters, .table = &table,
};
static const qhost_component *const components[] = {&component};
static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .vendor = "example",
    .name = "count-wells", .version = "0.1.0", .summary = "Counts wells.", .licence = "Apache-2.0",
    .component_count = 1, .components = components,
};

QHOST_DEFINE_ENTRY(plugin)
