/*
 * A regression dataset: points of the unit square and two linear functions of them, without noise.
 *
 *   u = 1 + 2 x - 3 y,  v = -0.5 + x + y
 *
 * Rows follow the golden-ratio sequences, so that no two are alike.
 */
#include <qhost.h>

#include <math.h>
#include <stdlib.h>

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

static qhost_status read(void *instance, uint32_t split, const uint64_t *indices,
                         uint64_t row_count, float *inputs, float *targets, qhost_error *error) {
  plane *p = instance;
  (void)error;
  for (uint64_t i = 0; i < row_count; i++) {
    double number = (double)(indices[i] + (split == QHOST_SPLIT_TEST ? p->description.train_rows : 0));
    double x = fmod(number * 0.7548776662466927, 1), y = fmod(number * 0.5698402909980532, 1);
    inputs[2 * i] = (float)x;
    inputs[2 * i + 1] = (float)y;
    targets[2 * i] = (float)(1 + 2 * x - 3 * y);
    targets[2 * i + 1] = (float)(-0.5 + x + y);
  }
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

static const qhost_component component = {
    .struct_size = sizeof component, .parameter_count = 1, .kind = QHOST_KIND_DATASET,
    .name = "fixture-plane", .summary = "Two planes over the unit square.",
    .parameters = parameters, .table = &table};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 1,
    .vendor = "fixture", .name = "plane", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
