/*
 * drifting.c: a dataset of 100 rows in time that knows where it changes.
 *
 * FAULT=1: a drift beyond its rows; 2: drifts that do not rise; 3: more of them than the host takes.
 */
#include <qhost.h>
#include <qhost/draft/drifts.h>

#ifndef FAULT
#define FAULT 0
#endif

static const uint64_t input_extents[] = {2}, output_extents[] = {2};
static const qhost_shape input_shape = {sizeof input_shape, 1, input_extents};
static const qhost_shape output_shape = {sizeof output_shape, 1, output_extents};
static const qhost_dataset_description description = {
    .struct_size = sizeof description, .task = QHOST_TASK_CLASSIFICATION, .train_rows = 100,
    .test_rows = 10, .target_width = 1, .input = &input_shape, .output = &output_shape};

static qhost_status create(const qhost_request *request, void **instance, qhost_error *error) {
  static char nothing;
  (void)request;
  (void)error;
  *instance = &nothing;
  return QHOST_OK;
}
static void destroy(void *instance) { (void)instance; }
static const qhost_dataset_description *describe(void *instance) {
  (void)instance;
  return &description;
}
static qhost_status read_rows(void *instance, uint32_t split, const uint64_t *indices,
                              uint64_t row_count, float *inputs, float *targets,
                              qhost_error *error) {
  (void)instance;
  (void)split;
  (void)error;
  for (uint64_t place = 0; place < row_count; place++) {
    inputs[2 * place] = (float)(indices[place] * 37 % 101);
    inputs[2 * place + 1] = (float)(indices[place] * 53 % 97);
    targets[place] = (inputs[2 * place] > inputs[2 * place + 1]) != (indices[place] >= 40);
  }
  return QHOST_OK;
}

static uint64_t drifts(void *instance, uint32_t split, uint64_t capacity, qhost_drift *drifts) {
  qhost_drift all[2] = {{.row = 40}, {.row = 70, .width = 10}};
  (void)instance;
  if (split != QHOST_SPLIT_TRAIN) return 0;
  if (FAULT == 1) all[1].row = 100;
  if (FAULT == 2) all[1].row = 40;
  if (FAULT == 3) return capacity + 1;
  for (uint64_t place = 0; place < 2 && place < capacity; place++) drifts[place] = all[place];
  return 2;
}

static const qhost_dataset table = {.struct_size = sizeof table, .create = create,
                                    .destroy = destroy, .describe = describe,
                                    .read = read_rows};
static const qhost_drifts drifts_table = {.struct_size = sizeof drifts_table, .drifts = drifts};
static const qhost_capability with_drifts = {
    .struct_size = sizeof with_drifts, .id = QHOST_DRAFT_DRIFTS, .table = &drifts_table};
static const qhost_capability *const capabilities[] = {&with_drifts};

static const qhost_component dataset = {
    .struct_size = sizeof dataset, .kind = QHOST_KIND_DATASET, .name = "fixture-drifting",
    .summary = "Rows that change.", .table = &table, .capability_count = 1,
    .capabilities = capabilities};
static const qhost_component *const components[] = {&dataset};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 1,
    .vendor = "fixture", .name = "drifting", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
