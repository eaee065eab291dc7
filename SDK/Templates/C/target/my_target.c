/*
 * A target for qhost: writes a trained network as a C header of arrays, which any C program can include.
 *
 * Each operator becomes a line of comment, each constant an array. It cannot run the network; a target that
 * can has an `execute` too.
 */
#include <qhost.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Text that grows. */
typedef struct text {
  char *bytes;
  size_t length;
} text;

/* Appends; once there is no memory, `bytes` is NULL and stays so. */
static void add(text *t, const char *format, ...) {
  va_list list;
  va_start(list, format);
  int count = vsnprintf(NULL, 0, format, list);
  va_end(list);
  char *grown = t->bytes == NULL ? NULL : realloc(t->bytes, t->length + (size_t)count + 1);
  if (grown == NULL) free(t->bytes);
  t->bytes = grown;
  if (grown == NULL) return;
  va_start(list, format);
  t->length += (size_t)vsnprintf(grown + t->length, (size_t)count + 1, format, list);
  va_end(list);
}

static void add_node(text *t, const qhost_node *node) {
  add(t, "/* %s", node->operation);
  for (uint32_t i = 0; i < node->input_count; i++) add(t, " %s", node->inputs[i]);
  add(t, " ->");
  for (uint32_t i = 0; i < node->output_count; i++) add(t, " %s", node->outputs[i]);
  add(t, " */\n");
}

/* One constant as an array; returns how many numbers it has. */
static uint64_t add_constant(text *t, const qhost_tensor *tensor, uint32_t number) {
  static const char *const types[] = {[QHOST_ELEMENT_FLOAT32] = "float",
      [QHOST_ELEMENT_INT8] = "signed char", [QHOST_ELEMENT_INT32] = "int",
      [QHOST_ELEMENT_INT64] = "long long"};
  uint64_t count = 1;
  add(t, "\n/* %s:", tensor->name);
  for (uint32_t i = 0; i < tensor->shape->rank; i++) {
    add(t, " %llu", (unsigned long long)tensor->shape->extents[i]);
    count *= tensor->shape->extents[i];
  }
  add(t, " */\nstatic const %s constant_%u[] = {", types[tensor->element], number);
  for (uint64_t i = 0; i < count; i++) {
    const char *separator = i == 0 ? "" : i % 8 == 0 ? ",\n  " : ", ";
    switch (tensor->element) {
      case QHOST_ELEMENT_FLOAT32:
        add(t, "%s%.9g", separator, (double)((const float *)tensor->data)[i]);
        break;
      case QHOST_ELEMENT_INT8: add(t, "%s%d", separator, ((const int8_t *)tensor->data)[i]); break;
      case QHOST_ELEMENT_INT32: add(t, "%s%d", separator, ((const int32_t *)tensor->data)[i]); break;
      default: add(t, "%s%lld", separator, (long long)((const int64_t *)tensor->data)[i]);
    }
  }
  add(t, "};\n");
  return count;
}

static qhost_status create(const qhost_request *request, void **instance, qhost_error *error) {
  (void)request;
  *instance = malloc(1); /* it has no state, but an instance must have an address */
  if (*instance != NULL) return QHOST_OK;
  return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "there is no memory for the target");
}

static qhost_status compile(void *instance, const qhost_graph *graph,
                            const qhost_calibration *calibration, const qhost_artifact_sink *sink,
                            qhost_error *error) {
  text t = {.bytes = calloc(1, 1)};
  uint64_t numbers = 0;
  (void)instance;
  (void)calibration;
  for (uint32_t i = 0; i < graph->node_count; i++) add_node(&t, graph->nodes[i]);
  for (uint32_t i = 0; i < graph->constant_count; i++) {
    numbers += add_constant(&t, graph->constants[i], i);
  }
  if (t.bytes == NULL) {
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "there is no memory for the text");
  }
  qhost_status status = sink->artifact(sink, "network.h", t.bytes, t.length);
  sink->figure(sink, "numbers", (double)numbers, "");
  free(t.bytes);
  return status;
}

static const qhost_target table = {
    .struct_size = sizeof table, .create = create, .destroy = free, .compile = compile};

static const qhost_component component = {
    .struct_size = sizeof component, .kind = QHOST_KIND_TARGET, .name = "my-target",
    .summary = "The network as arrays in a C header.", .table = &table};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .vendor = "example",
    .name = "my-target", .version = "0.1.0", .summary = "A target in C.",
    .licence = "Apache-2.0", .component_count = 1, .components = components};

QHOST_DEFINE_ENTRY(plugin)
