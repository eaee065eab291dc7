/*
 * A model for qhost: y = W x + b, with its gradient and its graph.
 *
 * With classes its outputs are logits (softmax regression), with numbers it is linear regression: the host
 * knows the loss. Parameters: the weights [C x F], then the biases [C].
 */
#include <qhost.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One model. It does not change after create: sessions of it run on several threads at once. */
typedef struct linear {
  const qhost_host *host;
  uint64_t features, outputs, weight_count; /* F, C, C F */
  uint64_t weight_extents[2], row_extents[2];
  qhost_shape weight_shape, bias_shape, input_shape, output_shape;
  qhost_parameter_block blocks[2];
  const qhost_parameter_block *block_list[2];
  qhost_model_description description;
  float *constants; /* of the graph: the parameters in single precision */
  qhost_tensor tensors[2];
  const qhost_tensor *tensor_list[2];
  qhost_node node;
  const qhost_node *node_list[1];
  qhost_graph graph;
} linear;

/* A block of rows, one thread's. */
typedef struct session {
  const linear *model;
  const float *inputs; /* [F x B], the host's */
  uint64_t rows;       /* B */
} session;

static void destroy(void *instance) {
  linear *m = instance;
  if (m != NULL) free(m->constants);
  free(m);
}

static qhost_shape shape(uint32_t rank, const uint64_t *extents) {
  return (qhost_shape){sizeof(qhost_shape), rank, extents};
}

/* The parts of the parameters, and the graph: one Gemm whose weights are transposed. */
static void describe_parts(linear *m) {
  static const char *const inputs[] = {"input", "weight", "bias"}, *const outputs[] = {"output"};
  static const int64_t one[] = {1};
  static const qhost_attribute transposed = {.struct_size = sizeof transposed, .name = "transB",
      .type = QHOST_ATTRIBUTE_INTEGERS, .count = 1, .integers = one};
  static const qhost_attribute *const attributes[] = {&transposed};
  m->weight_shape = shape(2, m->weight_extents);
  m->bias_shape = shape(1, m->weight_extents);
  m->input_shape = shape(1, m->row_extents);
  m->output_shape = shape(1, m->row_extents + 1);
  for (int i = 0; i < 2; i++) {
    const qhost_shape *extents = i == 0 ? &m->weight_shape : &m->bias_shape;
    uint64_t offset = i == 0 ? 0 : m->weight_count;
    m->blocks[i] = (qhost_parameter_block){sizeof m->blocks[i], 0, inputs[i + 1], extents, offset};
    m->tensors[i] = (qhost_tensor){sizeof m->tensors[i], QHOST_ELEMENT_FLOAT32, inputs[i + 1],
                                   extents, m->constants + offset};
    m->block_list[i] = &m->blocks[i];
    m->tensor_list[i] = &m->tensors[i];
  }
  m->node = (qhost_node){.struct_size = sizeof m->node, .input_count = 3, .output_count = 1,
      .attribute_count = 1, .name = "layer", .operation = "Gemm", .inputs = inputs,
      .outputs = outputs, .attributes = attributes};
  m->node_list[0] = &m->node;
  m->graph = (qhost_graph){.struct_size = sizeof m->graph, .node_count = 1, .constant_count = 2,
      .input = "input", .output = "output", .input_shape = &m->input_shape,
      .output_shape = &m->output_shape, .nodes = m->node_list, .constants = m->tensor_list};
  m->description = (qhost_model_description){.struct_size = sizeof m->description,
      .flags = QHOST_MODEL_GRADIENT | QHOST_MODEL_GRAPH,
      .parameter_count = m->weight_count + m->outputs, .multiply_adds = m->weight_count,
      .block_count = 2, .blocks = m->block_list};
}

static uint64_t count_of(const qhost_shape *s) {
  uint64_t count = 1;
  for (uint32_t i = 0; i < s->rank; i++) count *= s->extents[i];
  return count;
}

static qhost_status create(const qhost_request *request, const qhost_mapping *mapping,
                           void **instance, qhost_error *error) {
  linear *m = calloc(1, sizeof *m);
  uint64_t features = count_of(mapping->input), outputs = count_of(mapping->output);
  if (m != NULL) m->constants = calloc((size_t)(features + 1) * outputs, sizeof(float));
  if (m == NULL || m->constants == NULL || features * outputs == 0) {
    destroy(m);
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PARAMETER,
                      "my-model has no memory, or no inputs and outputs; use another dataset");
  }
  m->host = request->host;
  m->features = m->weight_extents[1] = m->row_extents[0] = features;
  m->outputs = m->weight_extents[0] = m->row_extents[1] = outputs;
  m->weight_count = features * outputs;
  describe_parts(m);
  *instance = m;
  return QHOST_OK;
}

static const qhost_model_description *describe(void *instance) {
  return &((linear *)instance)->description;
}

/* Normal weights of deviation 1 / sqrt(F), biases of 0. */
static qhost_status initialise(void *instance, uint64_t start, double *parameters,
                               qhost_error *error) {
  const linear *m = instance;
  (void)error;
  m->host->random_normal(m->host, start, 0, m->weight_count, parameters);
  for (uint64_t i = 0; i < m->weight_count; i++) parameters[i] /= sqrt((double)m->features);
  memset(parameters + m->weight_count, 0, (size_t)m->outputs * sizeof *parameters);
  return QHOST_OK;
}

static qhost_status open_session(void *instance, void **made, qhost_error *error) {
  session *s = calloc(1, sizeof *s);
  if (s == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  s->model = instance;
  *made = s;
  return QHOST_OK;
}

static qhost_status bind(void *raw, const float *inputs, uint64_t row_count, qhost_error *error) {
  session *s = raw;
  (void)error;
  s->inputs = inputs;
  s->rows = row_count;
  return QHOST_OK;
}

/* outputs [P x C x B] of parameters [P x n]. */
static qhost_status forward(void *raw, const double *parameters, uint64_t point_count,
                            float *outputs, qhost_error *error) {
  const session *s = raw;
  const linear *m = s->model;
  (void)error;
  for (uint64_t p = 0; p < point_count; p++, parameters += m->weight_count + m->outputs) {
    for (uint64_t c = 0; c < m->outputs; c++, outputs += s->rows) {
      for (uint64_t b = 0; b < s->rows; b++) outputs[b] = (float)parameters[m->weight_count + c];
      for (uint64_t f = 0; f < m->features; f++) {
        const float weight = (float)parameters[c * m->features + f];
        for (uint64_t b = 0; b < s->rows; b++) outputs[b] += weight * s->inputs[f * s->rows + b];
      }
    }
  }
  return QHOST_OK;
}

/* gradient [n] of output_gradients [C x B]. */
static qhost_status backward(void *raw, const float *output_gradients, double *gradient,
                             qhost_error *error) {
  const session *s = raw;
  const linear *m = s->model;
  (void)error;
  memset(gradient, 0, (size_t)(m->weight_count + m->outputs) * sizeof *gradient);
  for (uint64_t c = 0; c < m->outputs; c++) {
    const float *g = output_gradients + c * s->rows;
    for (uint64_t b = 0; b < s->rows; b++) gradient[m->weight_count + c] += (double)g[b];
    for (uint64_t f = 0; f < m->features; f++) {
      for (uint64_t b = 0; b < s->rows; b++) {
        gradient[c * m->features + f] += (double)g[b] * (double)s->inputs[f * s->rows + b];
      }
    }
  }
  return QHOST_OK;
}

/* The network for targets, valid until the next call. */
static qhost_status graph(void *instance, const double *parameters, const qhost_graph **made,
                          qhost_error *error) {
  linear *m = instance;
  (void)error;
  for (uint64_t i = 0; i < m->weight_count + m->outputs; i++) {
    m->constants[i] = (float)parameters[i];
  }
  *made = &m->graph;
  return QHOST_OK;
}

static const qhost_model table = {
    .struct_size = sizeof table, .create = create, .destroy = destroy, .describe = describe,
    .initialise = initialise, .open = open_session, .close = free, .bind = bind,
    .forward = forward, .backward = backward, .graph = graph};

static const qhost_component component = {
    .struct_size = sizeof component, .kind = QHOST_KIND_MODEL, .name = "my-model",
    .summary = "Softmax or linear regression.", .table = &table};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .vendor = "example",
    .name = "my-model", .version = "0.1.0", .summary = "A model in C.",
    .licence = "Apache-2.0", .component_count = 1, .components = components};

QHOST_DEFINE_ENTRY(plugin)
