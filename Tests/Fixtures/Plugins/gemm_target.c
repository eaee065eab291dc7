/*
 * A target for networks of one Gemm: it writes the weights as text and computes with what it kept.
 */
#include <qhost.h>

#include <stdio.h>
#include <stdlib.h>

typedef struct gemm {
  uint64_t features, outputs;
  float *weights; /* [C x F], then biases [C] */
} gemm;

static void destroy(void *instance) {
  gemm *g = instance;
  free(g->weights);
  free(g);
}

static qhost_status create(const qhost_request *request, void **instance, qhost_error *error) {
  gemm *g = calloc(1, sizeof *g);
  (void)request;
  if (g == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  *instance = g;
  return QHOST_OK;
}

static const qhost_tensor *constant(const qhost_graph *graph, const char *name) {
  for (uint32_t i = 0; i < graph->constant_count; i++) {
    if (strcmp(graph->constants[i]->name, name) == 0) return graph->constants[i];
  }
  return NULL;
}

/* Whether the one node is output = input * transpose(weight) + bias. */
static int is_supported(const qhost_graph *graph) {
  if (graph->node_count != 1) return 0;
  const qhost_node *node = graph->nodes[0];
  if (strcmp(node->operation, "Gemm") != 0 || node->input_count != 3) return 0;
  for (uint32_t i = 0; i < node->attribute_count; i++) {
    const qhost_attribute *a = node->attributes[i];
    if (strcmp(a->name, "transB") == 0) {
      return a->type == QHOST_ATTRIBUTE_INTEGERS && a->count == 1 && a->integers[0] == 1 &&
             constant(graph, node->inputs[1]) && constant(graph, node->inputs[2]);
    }
  }
  return 0;
}

static qhost_status report(const gemm *g, const qhost_calibration *calibration,
                           const qhost_artifact_sink *sink) {
  uint64_t count = (g->features + 1) * g->outputs;
  size_t capacity = (size_t)count * 32 + 1, length = 0;
  char *text = malloc(capacity);
  if (text == NULL) return QHOST_ERROR;
  for (uint64_t i = 0; i < count; i++) {
    length += (size_t)snprintf(text + length, capacity - length, "%.9g\n", (double)g->weights[i]);
  }
  qhost_status status = sink->artifact(sink, "weights.txt", text, length);
  free(text);
  sink->figure(sink, "bytes", (double)length, "B");
  sink->figure(sink, "calibration rows", (double)calibration->row_count, "");
  return status;
}

static qhost_status compile(void *instance, const qhost_graph *graph,
                            const qhost_calibration *calibration, const qhost_artifact_sink *sink,
                            qhost_error *error) {
  gemm *g = instance;
  if (!is_supported(graph)) {
    return qhost_fail(error, QHOST_UNSUPPORTED, QHOST_ERROR_PLUGIN,
                      "it compiles networks of one Gemm; use a linear model");
  }
  const qhost_tensor *weight = constant(graph, graph->nodes[0]->inputs[1]);
  const qhost_tensor *bias = constant(graph, graph->nodes[0]->inputs[2]);
  g->outputs = weight->shape->extents[0];
  g->features = weight->shape->extents[1];
  size_t products = (size_t)(g->outputs * g->features);
  free(g->weights);
  g->weights = malloc((products + (size_t)g->outputs) * sizeof(float));
  if (g->weights == NULL) {
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  }
  memcpy(g->weights, weight->data, products * sizeof(float));
  memcpy(g->weights + products, bias->data, (size_t)g->outputs * sizeof(float));
  return report(g, calibration, sink);
}

static qhost_status execute(void *instance, const float *inputs, uint64_t row_count, float *outputs,
                            qhost_execution_cost *cost, qhost_error *error) {
  gemm *g = instance;
  (void)error;
  for (uint64_t b = 0; b < row_count; b++) {
    for (uint64_t c = 0; c < g->outputs; c++) {
      float sum = g->weights[g->outputs * g->features + c];
      for (uint64_t f = 0; f < g->features; f++) {
        sum += g->weights[c * g->features + f] * inputs[b * g->features + f];
      }
      outputs[b * g->outputs + c] = sum;
    }
  }
  cost->cycles_minimum = cost->cycles_mean = cost->cycles_maximum =
      (double)(g->features * g->outputs);
  return QHOST_OK;
}

static const qhost_target table = {
    .struct_size = sizeof table, .create = create, .destroy = destroy, .compile = compile,
    .execute = execute};

static const qhost_component component = {
    .struct_size = sizeof component, .kind = QHOST_KIND_TARGET, .name = "fixture-gemm",
    .summary = "One matrix product, as text.", .table = &table};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 1,
    .vendor = "fixture", .name = "gemm", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
