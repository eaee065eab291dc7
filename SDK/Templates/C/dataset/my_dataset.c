/*
 * A dataset for qhost: two moons, two half circles that reach into each other, with noise.
 *
 *   class 0: (cos a, sin a)    class 1: (1 - cos a, 1/2 - sin a)    a uniform over [0, pi)
 *
 * A row's numbers depend on the seed, its split and its index alone, so that nothing need be kept.
 */
#include <qhost.h>

#include <math.h>
#include <stdlib.h>

typedef struct moons {
  const qhost_host *host;
  double noise;
  qhost_dataset_description description;
} moons;

static qhost_status create(const qhost_request *request, void **instance, qhost_error *error) {
  static const uint64_t two[] = {2};
  static const qhost_shape pair = {sizeof pair, 1, two};
  static const char *const features[] = {"x", "y"}, *const classes[] = {"upper", "lower"};
  moons *m = calloc(1, sizeof *m);
  if (m == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  uint64_t rows = (uint64_t)request->values[0]->integer;
  m->host = request->host;
  m->noise = request->values[1]->real;
  m->description = (qhost_dataset_description){
      .struct_size = sizeof m->description, .task = QHOST_TASK_CLASSIFICATION,
      .scaling = QHOST_SCALING_STANDARDIZE, .train_rows = rows,
      .validation_rows = (rows + 1) / 2, .test_rows = (rows + 1) / 2, .target_width = 1,
      .input = &pair, .output = &pair, .feature_names = features, .output_names = classes,
      .best_known_loss = (double)NAN, .source = "made from random numbers"};
  *instance = m;
  return QHOST_OK;
}

static const qhost_dataset_description *describe(void *instance) {
  return &((moons *)instance)->description;
}

/* inputs [B x 2] and targets [B] of rows. */
static qhost_status read(void *instance, uint32_t split, const uint64_t *indices,
                         uint64_t row_count, float *inputs, float *targets, qhost_error *error) {
  const moons *m = instance;
  (void)error;
  for (uint64_t i = 0; i < row_count; i++) {
    double uniform, normals[2];
    m->host->random_uniform(m->host, split, indices[i], 1, &uniform);
    m->host->random_normal(m->host, 3 + split, indices[i], 2, normals);
    double angle = 3.14159265358979323846 * uniform, x = cos(angle), y = sin(angle);
    uint64_t class = indices[i] % 2;
    inputs[2 * i] = (float)((class == 0 ? x : 1 - x) + m->noise * normals[0]);
    inputs[2 * i + 1] = (float)((class == 0 ? y : 0.5 - y) + m->noise * normals[1]);
    targets[i] = (float)class;
  }
  return QHOST_OK;
}

static const qhost_dataset table = {
    .struct_size = sizeof table, .create = create, .destroy = free, .describe = describe,
    .read = read};

static const qhost_parameter rows = {
    .struct_size = sizeof rows, .type = QHOST_INTEGER, .name = "rows",
    .documentation = "Rows for training; half as many for validation and for the test.",
    .default_value = "200", .minimum = 2, .maximum = 1e6};
static const qhost_parameter noise = {
    .struct_size = sizeof noise, .type = QHOST_REAL, .name = "noise",
    .documentation = "Standard deviation of the noise on both coordinates.",
    .default_value = "0.1", .minimum = 0, .maximum = 10};
static const qhost_parameter *const parameters[] = {&rows, &noise};

static const qhost_component component = {
    .struct_size = sizeof component, .kind = QHOST_KIND_DATASET, .name = "my-dataset",
    .summary = "Two moons: two classes of points in the plane.", .parameter_count = 2,
    .parameters = parameters, .table = &table};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .vendor = "example",
    .name = "my-dataset", .version = "0.1.0", .summary = "A dataset in C.",
    .licence = "Apache-2.0", .component_count = 1, .components = components};

QHOST_DEFINE_ENTRY(plugin)
