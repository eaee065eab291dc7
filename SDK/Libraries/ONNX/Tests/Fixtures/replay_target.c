/*
 * A target whose outputs come from a file: the check of exported networks lets another program compute them.
 *
 * It appends the rows that it is to run to $REPLAY/inputs.f32 as long as there is no $REPLAY/outputs.f32, and gives
 * the rows of that file from there on, so that 'qhost deploy' compares them with the host's own model.
 */
#include <qhost.h>

#include <stdio.h>
#include <stdlib.h>

typedef struct replay {
  uint64_t features, outputs, done;
} replay;

static void destroy(void *instance) { free(instance); }

static qhost_status create(const qhost_request *request, void **instance, qhost_error *error) {
  (void)request;
  *instance = calloc(1, sizeof(replay));
  if (*instance) return QHOST_OK;
  return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
}

static qhost_status compile(void *instance, const qhost_graph *graph,
                            const qhost_calibration *calibration, const qhost_artifact_sink *sink,
                            qhost_error *error) {
  replay *r = instance;
  (void)calibration;
  (void)error;
  r->features = r->outputs = 1;
  for (uint32_t i = 0; i < graph->input_shape->rank; i++) r->features *= graph->input_shape->extents[i];
  for (uint32_t i = 0; i < graph->output_shape->rank; i++) r->outputs *= graph->output_shape->extents[i];
  r->done = 0;
  return sink->artifact(sink, "replay.txt", "replay\n", 7);
}

static FILE *file(const char *name, const char *mode) {
  char path[4096];
  const char *folder = getenv("REPLAY");
  snprintf(path, sizeof path, "%s/%s", folder ? folder : ".", name);
  return fopen(path, mode);
}

static qhost_status execute(void *instance, const float *inputs, uint64_t row_count, float *outputs,
                            qhost_execution_cost *cost, qhost_error *error) {
  replay *r = instance;
  size_t count = (size_t)(row_count * r->outputs), seen = count;
  FILE *known = file("outputs.f32", "rb");
  (void)cost;
  if (known) {
    fseek(known, (long)(r->done * r->outputs * sizeof(float)), SEEK_SET);
    seen = fread(outputs, sizeof(float), count, known);
    fclose(known);
  } else {
    FILE *rows = file("inputs.f32", "ab");
    memset(outputs, 0, count * sizeof(float));
    if (rows) {
      fwrite(inputs, sizeof(float), (size_t)(row_count * r->features), rows);
      fclose(rows);
    }
  }
  r->done += row_count;
  if (seen == count) return QHOST_OK;
  return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_DATA, "outputs.f32 has fewer rows than the split");
}

static const qhost_target table = {
    .struct_size = sizeof table, .create = create, .destroy = destroy, .compile = compile,
    .execute = execute};

static const qhost_component component = {
    .struct_size = sizeof component, .kind = QHOST_KIND_TARGET, .name = "replay",
    .summary = "Outputs from a file.", .table = &table};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 1,
    .vendor = "fixture", .name = "replay", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
