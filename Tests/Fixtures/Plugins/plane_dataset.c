/*
 * A regression dataset: points of the unit square and two linear functions of them, without noise.
 *
 *   u = 1 + 2 x - 3 y,  v = -0.5 + x + y
 *
 * Rows follow the golden-ratio sequences, so that no two are alike.
 *
 * Its metric is the mean distance of outputs from (u, v), with the standard error of that mean. What it says
 * of it, and the values that it gives, can be set when it is compiled.
 */
#include <qhost.h>
#include <qhost/draft/metrics.h>

#include <math.h>
#include <stdlib.h>

#ifndef METRIC_NAME
#define METRIC_NAME "distance"
#endif
#ifndef METRIC_UNIT
#define METRIC_UNIT "m"
#endif
#ifndef METRIC_DIRECTION
#define METRIC_DIRECTION QHOST_METRIC_LOWER
#endif
#ifndef METRIC_COUNT
#define METRIC_COUNT 1
#endif
#ifndef METRIC_LIST
#define METRIC_LIST metric_list
#endif
#ifndef VALUE
#define VALUE mean
#endif
#ifndef ERROR
#define ERROR deviation
#endif

typedef struct plane {
  qhost_dataset_description description;
  qhost_shape input, output;
  uint64_t extents[1];
} plane;

static const char *const feature_names[] = {"x", "y"};
static const char *const output_names[] = {"u", "v"};

static qhost_status create(const qhost_request *request, void **instance, qhost_error *error) {
  plane *p = calloc(1, sizeof *p);
  if (p == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  p->extents[0] = 2;
  p->input = (qhost_shape){sizeof p->input, 1, p->extents};
  p->output = (qhost_shape){sizeof p->output, 1, p->extents};
  p->description = (qhost_dataset_description){
      .struct_size = sizeof p->description, .task = QHOST_TASK_REGRESSION,
      .scaling = QHOST_SCALING_NONE, .train_rows = (uint64_t)request->values[0]->integer,
      .test_rows = 10, .target_width = 2, .input = &p->input, .output = &p->output,
      .feature_names = feature_names, .output_names = output_names, .best_known_loss = NAN,
      .source = "made up"};
  *instance = p;
  return QHOST_OK;
}

static const qhost_dataset_description *describe(void *instance) {
  return &((plane *)instance)->description;
}

/* The functions of the inputs of a row. */
static void planes(const plane *p, uint32_t split, uint64_t row, double *x, double *y, double uv[2]) {
  double number = (double)(row + (split == QHOST_SPLIT_TEST ? p->description.train_rows : 0));
  *x = fmod(number * 0.7548776662466927, 1);
  *y = fmod(number * 0.5698402909980532, 1);
  uv[0] = 1 + 2 * *x - 3 * *y;
  uv[1] = -0.5 + *x + *y;
}

static qhost_status read(void *instance, uint32_t split, const uint64_t *indices,
                         uint64_t row_count, float *inputs, float *targets, qhost_error *error) {
  plane *p = instance;
  (void)error;
  for (uint64_t i = 0; i < row_count; i++) {
    double x, y, uv[2];
    planes(p, split, indices[i], &x, &y, uv);
    inputs[2 * i] = (float)x;
    inputs[2 * i + 1] = (float)y;
    targets[2 * i] = (float)uv[0];
    targets[2 * i + 1] = (float)uv[1];
  }
  return QHOST_OK;
}

static qhost_status list(void *instance, const qhost_metric *const **metrics, uint64_t *count,
                         qhost_error *error) {
  static const qhost_metric metric = {
      .struct_size = sizeof metric, .direction = METRIC_DIRECTION, .name = METRIC_NAME,
      .unit = METRIC_UNIT, .documentation = "Mean distance of outputs from targets."};
  static const qhost_metric *const metric_list[] = {&metric, &metric};
  (void)instance;
  (void)error;
  (void)metric_list;
  *metrics = METRIC_LIST;
  *count = METRIC_COUNT;
  return QHOST_OK;
}

static qhost_status measure(void *instance, const qhost_metric_sample *sample, double *values,
                            double *errors, qhost_error *error) {
  const uint64_t count = sample->row_count;
  double sum = 0, squares = 0;
  if (sample->parameters != NULL || sample->inputs != NULL) {
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "a dataset got a model's sample");
  }
  for (uint64_t i = 0; i < count; i++) {
    double x, y, uv[2];
    planes(instance, sample->split, sample->rows[i], &x, &y, uv);
    double du = sample->outputs[i] - uv[0], dv = sample->outputs[count + i] - uv[1];
    double distance = sqrt(du * du + dv * dv);
    sum += distance;
    squares += distance * distance;
  }
  double mean = sum / (double)count;
  double variance = count > 1 ? (squares - sum * mean) / (double)(count - 1) : 0;
  double deviation = sqrt(fmax(variance, 0) / (double)count);
  (void)mean;
  (void)deviation;
  values[0] = VALUE;
  errors[0] = ERROR;
  return QHOST_OK;
}

static const qhost_dataset table = {
    .struct_size = sizeof table, .create = create, .destroy = free, .describe = describe,
    .read = read};

static const qhost_parameter rows = {
    .struct_size = sizeof rows, .type = QHOST_INTEGER, .name = "rows",
    .documentation = "Rows of the training split.", .default_value = "40", .minimum = 1,
    .maximum = 1000};
static const qhost_parameter *const parameters[] = {&rows};

static const qhost_metrics metrics_table = {
    .struct_size = sizeof metrics_table, .list = list, .measure = measure};
static const qhost_capability metrics = {
    .struct_size = sizeof metrics, .id = QHOST_DRAFT_METRICS, .table = &metrics_table};
static const qhost_capability *const capabilities[] = {&metrics};

static const qhost_component component = {
    .struct_size = sizeof component, .parameter_count = 1, .capability_count = 1,
    .capabilities = capabilities, .kind = QHOST_KIND_DATASET,
    .name = "fixture-plane", .summary = "Two planes over the unit square.",
    .parameters = parameters, .table = &table};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 1,
    .vendor = "fixture", .name = "plane", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
