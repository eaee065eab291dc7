/*
 * A model that takes series, and a dataset that has them, in C: v <- DECAY v + tanh(W x), outputs v + b.
 *
 * Parameters: W [C x S], then b [C]. What can be set when it is compiled: the length of row 3 of the dataset, whether
 * its rows are a stream, whether the model declares that it takes series, and whether it has the function for it.
 */
#include <qhost.h>
#include <qhost/draft/series.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DECAY 0.7
#define STEPS 6
#define ROWS 60

#ifndef LENGTH_OF_3
#define LENGTH_OF_3 4
#endif
#ifndef STREAM
#define STREAM 0
#endif
#ifndef BINDS
#define BINDS 1
#endif
#ifndef TAKES_SERIES
#define TAKES_SERIES 1
#endif

typedef struct leaky {
  uint64_t steps, channels, outputs;
  qhost_model_description description;
} leaky;

typedef struct session {
  const leaky *model;
  const float *inputs; /* [T S x B] */
  uint64_t rows;
  uint64_t *lengths; /* [B] */
  uint32_t start;
  double *state, *end, *v; /* [C] */
} session;

static uint64_t count_of(const qhost_shape *shape) {
  uint64_t count = 1;
  for (uint32_t i = 0; i < shape->rank; i++) count *= shape->extents[i];
  return count;
}

static qhost_status no_memory(qhost_error *error) {
  return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
}

static void destroy(void *instance) { free(instance); }

static qhost_status create(const qhost_request *request, const qhost_mapping *mapping,
                           void **instance, qhost_error *error) {
  leaky *m = calloc(1, sizeof *m);
  (void)request;
  if (m == NULL) return no_memory(error);
  m->steps = mapping->input->rank == 2 ? mapping->input->extents[0] : 1;
  m->channels = count_of(mapping->input) / m->steps;
  m->outputs = count_of(mapping->output);
  m->description = (qhost_model_description){
      .struct_size = sizeof m->description, .parameter_count = m->outputs * (m->channels + 1),
      .multiply_adds = m->steps * m->channels * m->outputs};
  *instance = m;
  return QHOST_OK;
}

static const qhost_model_description *describe(void *instance) {
  return &((leaky *)instance)->description;
}

static qhost_status initialise(void *instance, uint64_t start, double *parameters,
                               qhost_error *error) {
  const leaky *m = instance;
  (void)start;
  (void)error;
  for (uint64_t i = 0; i < m->description.parameter_count; i++) {
    parameters[i] = 0.2 * (double)(i % 3) - 0.2;
  }
  return QHOST_OK;
}

static void close_session(void *raw) {
  session *s = raw;
  free(s->state);
  free(s->lengths);
  free(s);
}

static qhost_status open_session(void *instance, void **made, qhost_error *error) {
  session *s = calloc(1, sizeof *s);
  if (s == NULL) return no_memory(error);
  s->model = instance;
  s->state = calloc(3 * s->model->outputs, sizeof *s->state);
  if (s->state == NULL) {
    free(s);
    return no_memory(error);
  }
  s->end = s->state + s->model->outputs;
  s->v = s->end + s->model->outputs;
  *made = s;
  return QHOST_OK;
}

static qhost_status bind(void *raw, const float *inputs, uint64_t row_count, qhost_error *error) {
  session *s = raw;
  uint64_t *lengths = realloc(s->lengths, row_count * sizeof *lengths);
  if (lengths == NULL) return no_memory(error);
  s->lengths = lengths;
  for (uint64_t row = 0; row < row_count; row++) lengths[row] = s->model->steps;
  s->inputs = inputs;
  s->rows = row_count;
  s->start = QHOST_SERIES_SEPARATE;
  return QHOST_OK;
}

static qhost_status bind_series(void *raw, const uint64_t *lengths, uint64_t row_count,
                                uint32_t start, qhost_error *error) {
  session *s = raw;
  (void)error;
  memcpy(s->lengths, lengths, row_count * sizeof *lengths);
  s->start = start;
  for (uint64_t c = 0; c < s->model->outputs; c++) {
    s->state[c] = start == QHOST_SERIES_GO_ON ? s->end[c] : 0;
  }
  return QHOST_OK;
}

static qhost_status forward(void *raw, const double *parameters, uint64_t point_count,
                            float *outputs, qhost_error *error) {
  session *s = raw;
  const leaky *m = s->model;
  (void)error;
  for (uint64_t p = 0; p < point_count; p++) {
    const double *weights = parameters + p * m->description.parameter_count;
    const double *biases = weights + m->outputs * m->channels;
    memcpy(s->v, s->state, m->outputs * sizeof *s->v);
    for (uint64_t row = 0; row < s->rows; row++) {
      for (uint64_t c = 0; c < m->outputs; c++) {
        double v = s->start == QHOST_SERIES_SEPARATE ? 0 : s->v[c];
        for (uint64_t t = 0; t < s->lengths[row]; t++) {
          double sum = 0;
          for (uint64_t i = 0; i < m->channels; i++) {
            sum += weights[c * m->channels + i] * s->inputs[(t * m->channels + i) * s->rows + row];
          }
          v = DECAY * v + tanh(sum);
        }
        s->v[c] = v;
        outputs[(p * m->outputs + c) * s->rows + row] = (float)(v + biases[c]);
      }
    }
  }
  memcpy(s->end, s->v, m->outputs * sizeof *s->v);
  return QHOST_OK;
}

static uint32_t yes(void *instance) {
  (void)instance;
  return 1;
}

static const qhost_model model_table = {
    .struct_size = sizeof model_table, .create = create, .destroy = destroy, .describe = describe,
    .initialise = initialise, .open = open_session, .close = close_session, .bind = bind,
    .forward = forward};
static const qhost_series model_series = {
    .struct_size = sizeof model_series, .is_series = yes, .bind_series = BINDS ? bind_series : NULL};

/* The dataset: one number a step, whose sign is mostly that of the class. */

static const uint64_t input_extents[] = {STEPS, 1}, output_extents[] = {2};
static const qhost_shape input_shape = {sizeof input_shape, 2, input_extents};
static const qhost_shape output_shape = {sizeof output_shape, 1, output_extents};
static const qhost_dataset_description dataset_description = {
    .struct_size = sizeof dataset_description, .task = QHOST_TASK_CLASSIFICATION,
    .train_rows = ROWS, .test_rows = ROWS, .target_width = 1, .input = &input_shape,
    .output = &output_shape};

static uint64_t length_of(uint64_t row) { return row == 3 ? LENGTH_OF_3 : 2 + row % (STEPS - 1); }

static qhost_status create_dataset(const qhost_request *request, void **instance,
                                   qhost_error *error) {
  static char nothing;
  (void)request;
  (void)error;
  *instance = &nothing;
  return QHOST_OK;
}
static void destroy_dataset(void *instance) { (void)instance; }
static const qhost_dataset_description *describe_dataset(void *instance) {
  (void)instance;
  return &dataset_description;
}
static qhost_status read_rows(void *instance, uint32_t split, const uint64_t *indices,
                              uint64_t row_count, float *inputs, float *targets,
                              qhost_error *error) {
  (void)instance;
  (void)error;
  for (uint64_t place = 0; place < row_count; place++) {
    uint64_t row = indices[place] + 100 * split;
    targets[place] = (float)(row * 13 % 7 % 2);
    for (uint64_t t = 0; t < STEPS; t++) {
      float value = targets[place] - 0.5f + (float)(row * 31 % 11 + t) / 30 - 0.2f;
      inputs[place * STEPS + t] = t < length_of(indices[place]) ? value : 0;
    }
  }
  return QHOST_OK;
}
static qhost_status lengths(void *instance, uint32_t split, const uint64_t *indices,
                            uint64_t row_count, uint64_t *out, qhost_error *error) {
  (void)instance;
  (void)split;
  (void)error;
  for (uint64_t place = 0; place < row_count; place++) out[place] = length_of(indices[place]);
  return QHOST_OK;
}
static uint32_t is_stream(void *instance, uint32_t split) {
  (void)instance;
  (void)split;
  return STREAM;
}

static const qhost_dataset dataset_table = {
    .struct_size = sizeof dataset_table, .create = create_dataset, .destroy = destroy_dataset,
    .describe = describe_dataset, .read = read_rows};
static const qhost_series dataset_series = {
    .struct_size = sizeof dataset_series, .is_series = yes, .lengths = lengths,
    .is_stream = is_stream};

static const qhost_capability with_model_series = {
    .struct_size = sizeof with_model_series, .id = QHOST_DRAFT_SERIES, .table = &model_series};
static const qhost_capability with_dataset_series = {
    .struct_size = sizeof with_dataset_series, .id = QHOST_DRAFT_SERIES,
    .table = &dataset_series};
static const qhost_capability *const model_capabilities[] = {&with_model_series};
static const qhost_capability *const dataset_capabilities[] = {&with_dataset_series};

static const qhost_component model = {
    .struct_size = sizeof model, .kind = QHOST_KIND_MODEL, .name = "fixture-leaky",
    .summary = "A leaky integrator.", .table = &model_table, .capability_count = TAKES_SERIES,
    .capabilities = model_capabilities};
static const qhost_component dataset = {
    .struct_size = sizeof dataset, .kind = QHOST_KIND_DATASET, .name = "fixture-series",
    .summary = "Short series.", .table = &dataset_table, .capability_count = 1,
    .capabilities = dataset_capabilities};
static const qhost_component *const components[] = {&model, &dataset};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 2,
    .vendor = "fixture", .name = "leaky", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
