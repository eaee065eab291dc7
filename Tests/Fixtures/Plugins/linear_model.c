/*
 * A model with every capability: y_c = b_c + sum_f w_cf x_f, in C.
 *
 * Parameters: the weights [C x F], then the biases [C]. What it says of its costs, the sizes of its
 * structs, and the deviation of noise on its outputs, can be set when it is compiled.
 */
#include <qhost.h>
#include <qhost/draft/streams.h>

#include <math.h>
#include <stdlib.h>

#ifndef GRADIENT_COST
#define GRADIENT_COST 2
#endif
#ifndef CUT_COST
#define CUT_COST 1
#endif
#ifndef ROW_WORK
#define ROW_WORK 0
#endif
#ifndef CUT_WORK
#define CUT_WORK NULL
#endif
#ifndef NOISE
#define NOISE 0.0
#endif
#ifndef DESCRIPTION_SIZE
#define DESCRIPTION_SIZE sizeof(qhost_model_description)
#endif
#ifndef TABLE_SIZE
#define TABLE_SIZE sizeof(qhost_model)
#endif

typedef struct linear {
  const qhost_host *host;
  uint64_t features, outputs, count;
  qhost_model_description description;
  qhost_parameter_block blocks[2];
  const qhost_parameter_block *block_list[2];
  qhost_shape weight_shape, bias_shape, row_shapes[2];
  uint64_t weight_extents[2], bias_extents[1], row_extents[2];
  /* The graph: one Gemm with its weights [C x F] transposed. */
  float *constants; /* [count] */
  int64_t transposed[1];
  qhost_attribute attribute;
  const qhost_attribute *attribute_list[1];
  qhost_tensor tensors[2];
  const qhost_tensor *tensor_list[2];
  const char *node_inputs[3], *node_outputs[1];
  qhost_node node;
  const qhost_node *node_list[1];
  qhost_graph graph;
} linear;

typedef struct session {
  const linear *model;
  const float *inputs; /* [F x B] */
  uint64_t rows;
  double *base; /* [count] */
  uint64_t *keys; /* [B] */
  double *noise;  /* [C] */
} session;

static uint64_t count_of(const qhost_shape *shape) {
  uint64_t count = 1;
  for (uint32_t i = 0; i < shape->rank; i++) count *= shape->extents[i];
  return count;
}

static void describe_blocks(linear *m) {
  m->weight_extents[0] = m->outputs;
  m->weight_extents[1] = m->features;
  m->bias_extents[0] = m->outputs;
  m->weight_shape = (qhost_shape){sizeof(qhost_shape), 2, m->weight_extents};
  m->bias_shape = (qhost_shape){sizeof(qhost_shape), 1, m->bias_extents};
  m->blocks[0] = (qhost_parameter_block){.struct_size = sizeof(qhost_parameter_block),
                                         .name = "weight", .shape = &m->weight_shape};
  m->blocks[1] = (qhost_parameter_block){.struct_size = sizeof(qhost_parameter_block),
                                         .name = "bias", .shape = &m->bias_shape,
                                         .offset = m->features * m->outputs};
  m->block_list[0] = &m->blocks[0];
  m->block_list[1] = &m->blocks[1];
  m->description = (qhost_model_description){
      .struct_size = DESCRIPTION_SIZE,
      .flags = QHOST_MODEL_GRADIENT | QHOST_MODEL_CUTS | QHOST_MODEL_GRAPH,
      .parameter_count = m->count, .multiply_adds = m->features * m->outputs,
      .gradient_cost = GRADIENT_COST, .block_count = 2, .blocks = m->block_list,
      .row_work = ROW_WORK};
}

static void destroy(void *instance) {
  linear *m = instance;
  if (m != NULL) free(m->constants);
  free(m);
}

static qhost_status create(const qhost_request *request, const qhost_mapping *mapping,
                           void **instance, qhost_error *error) {
  linear *m = calloc(1, sizeof *m);
  if (m == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  m->host = request->host;
  m->features = count_of(mapping->input);
  m->outputs = count_of(mapping->output);
  m->count = (m->features + 1) * m->outputs;
  m->constants = malloc((size_t)m->count * sizeof(float));
  if (m->constants == NULL || m->features == 0 || m->outputs == 0) {
    destroy(m);
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PARAMETER,
                      "the linear model needs inputs and outputs; use another dataset");
  }
  describe_blocks(m);
  *instance = m;
  return QHOST_OK;
}

static const qhost_model_description *describe(void *instance) {
  return &((linear *)instance)->description;
}

static qhost_status initialise(void *instance, uint64_t start, double *parameters,
                               qhost_error *error) {
  linear *m = instance;
  (void)error;
  m->host->random_normal(m->host, start, 0, m->count, parameters);
  return QHOST_OK;
}

static void close_session(void *raw) {
  session *s = raw;
  free(s->base);
  free(s->keys);
  free(s->noise);
  free(s);
}

static qhost_status open_session(void *instance, void **made, qhost_error *error) {
  linear *m = instance;
  session *s = calloc(1, sizeof *s);
  if (s != NULL) s->base = malloc((size_t)m->count * sizeof(double));
  if (s == NULL || s->base == NULL) {
    free(s);
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  }
  s->model = m;
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

/* outputs [C x B] at parameters [count]. */
static void pass(const session *s, const double *parameters, float *outputs) {
  const linear *m = s->model;
  const double *biases = parameters + m->features * m->outputs;
  for (uint64_t c = 0; c < m->outputs; c++) {
    for (uint64_t b = 0; b < s->rows; b++) {
      double sum = biases[c];
      for (uint64_t f = 0; f < m->features; f++) {
        sum += parameters[c * m->features + f] * (double)s->inputs[f * s->rows + b];
      }
      outputs[c * s->rows + b] = (float)sum;
    }
  }
}

static qhost_status forward(void *raw, const double *parameters, uint64_t point_count,
                            float *outputs, qhost_error *error) {
  session *s = raw;
  (void)error;
  for (uint64_t p = 0; p < point_count; p++) {
    pass(s, parameters + p * s->model->count, outputs + p * s->model->outputs * s->rows);
  }
  return QHOST_OK;
}

static uint32_t is_stochastic(void *instance) {
  (void)instance;
  return NOISE > 0;
}

static qhost_status bind_rows(void *raw, const uint64_t *keys, uint64_t row_count,
                              qhost_error *error) {
  session *s = raw;
  free(s->keys);
  free(s->noise);
  s->keys = malloc((size_t)row_count * sizeof *s->keys);
  s->noise = malloc((size_t)s->model->outputs * sizeof *s->noise);
  if (s->keys == NULL || s->noise == NULL) {
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  }
  memcpy(s->keys, keys, (size_t)row_count * sizeof *s->keys);
  return QHOST_OK;
}

static qhost_status forward_draws(void *raw, const double *parameters, const uint64_t *draws,
                                  uint64_t point_count, float *outputs, qhost_error *error) {
  session *s = raw;
  const linear *m = s->model;
  qhost_status status = forward(raw, parameters, point_count, outputs, error);
  for (uint64_t p = 0; p < point_count; p++) {
    for (uint64_t b = 0; b < s->rows; b++) {
      m->host->random_normal(m->host, draws[p], s->keys[b], m->outputs, s->noise);
      for (uint64_t c = 0; c < m->outputs; c++) {
        outputs[(p * m->outputs + c) * s->rows + b] += (float)(NOISE * s->noise[c]);
      }
    }
  }
  return status;
}

static qhost_status backward(void *raw, const float *output_gradients, double *gradient,
                             qhost_error *error) {
  session *s = raw;
  const linear *m = s->model;
  (void)error;
  memset(gradient, 0, (size_t)m->count * sizeof(double));
  for (uint64_t c = 0; c < m->outputs; c++) {
    for (uint64_t b = 0; b < s->rows; b++) {
      double g = (double)output_gradients[c * s->rows + b];
      gradient[m->features * m->outputs + c] += g;
      for (uint64_t f = 0; f < m->features; f++) {
        gradient[c * m->features + f] += g * (double)s->inputs[f * s->rows + b];
      }
    }
  }
  return QHOST_OK;
}

static qhost_status cut_open(void *raw, const double *parameters, qhost_error *error) {
  session *s = raw;
  (void)error;
  memcpy(s->base, parameters, (size_t)s->model->count * sizeof(double));
  return QHOST_OK;
}

static qhost_status cut(void *raw, uint64_t index, const double *offsets, uint64_t offset_count,
                        float *outputs, qhost_error *error) {
  session *s = raw;
  (void)error;
  double kept = s->base[index];
  for (uint64_t k = 0; k < offset_count; k++) {
    s->base[index] = kept + offsets[k];
    pass(s, s->base, outputs + k * s->model->outputs * s->rows);
  }
  s->base[index] = kept;
  return QHOST_OK;
}

static qhost_status cut_move(void *raw, uint64_t index, double delta, qhost_error *error) {
  (void)error;
  ((session *)raw)->base[index] += delta;
  return QHOST_OK;
}

static double cut_cost(void *instance, uint64_t index) {
  (void)instance;
  (void)index;
  return CUT_COST;
}

/* Not a number. */
__attribute__((unused)) static double no_work(void *instance, uint64_t index, uint64_t offset_count,
                                              uint64_t row_count) {
  (void)instance;
  (void)index;
  (void)offset_count;
  (void)row_count;
  return (double)NAN;
}

static qhost_tensor tensor(const char *name, const qhost_shape *shape, const float *data) {
  return (qhost_tensor){sizeof(qhost_tensor), QHOST_ELEMENT_FLOAT32, name, shape, data};
}

static qhost_status graph(void *instance, const double *parameters, const qhost_graph **made,
                          qhost_error *error) {
  linear *m = instance;
  (void)error;
  for (uint64_t i = 0; i < m->count; i++) m->constants[i] = (float)parameters[i];
  m->transposed[0] = 1;
  m->attribute = (qhost_attribute){.struct_size = sizeof m->attribute, .name = "transB",
                                   .type = QHOST_ATTRIBUTE_INTEGERS, .count = 1,
                                   .integers = m->transposed};
  m->attribute_list[0] = &m->attribute;
  m->tensors[0] = tensor("weight", &m->weight_shape, m->constants);
  m->tensors[1] = tensor("bias", &m->bias_shape, m->constants + m->features * m->outputs);
  m->tensor_list[0] = &m->tensors[0];
  m->tensor_list[1] = &m->tensors[1];
  m->node_inputs[0] = "input";
  m->node_inputs[1] = "weight";
  m->node_inputs[2] = "bias";
  m->node_outputs[0] = "output";
  m->node = (qhost_node){.struct_size = sizeof m->node, .input_count = 3, .output_count = 1,
                         .attribute_count = 1, .name = "layer", .operation = "Gemm",
                         .inputs = m->node_inputs, .outputs = m->node_outputs,
                         .attributes = m->attribute_list};
  m->node_list[0] = &m->node;
  m->row_extents[0] = m->features;
  m->row_extents[1] = m->outputs;
  m->row_shapes[0] = (qhost_shape){sizeof(qhost_shape), 1, &m->row_extents[0]};
  m->row_shapes[1] = (qhost_shape){sizeof(qhost_shape), 1, &m->row_extents[1]};
  m->graph = (qhost_graph){.struct_size = sizeof m->graph, .node_count = 1, .constant_count = 2,
                           .input = "input", .output = "output",
                           .input_shape = &m->row_shapes[0], .output_shape = &m->row_shapes[1],
                           .nodes = m->node_list, .constants = m->tensor_list};
  *made = &m->graph;
  return QHOST_OK;
}

static const qhost_model table = {
    .struct_size = TABLE_SIZE, .create = create, .destroy = destroy, .describe = describe,
    .initialise = initialise, .open = open_session, .close = close_session, .bind = bind,
    .forward = forward, .backward = backward, .cut_open = cut_open, .cut = cut,
    .cut_move = cut_move, .cut_cost = cut_cost, .graph = graph,
    .cut_work = CUT_WORK};

static const qhost_streams streams_table = {
    .struct_size = sizeof streams_table, .is_stochastic = is_stochastic, .bind_rows = bind_rows,
    .forward_draws = forward_draws};
static const qhost_capability streams = {
    .struct_size = sizeof streams, .id = QHOST_DRAFT_STREAMS, .table = &streams_table};
static const qhost_capability *const capabilities[] = {&streams};

static const qhost_component component = {
    .struct_size = sizeof component, .kind = QHOST_KIND_MODEL, .name = "fixture-linear",
    .summary = "A linear map with biases.", .table = &table, .capability_count = 1,
    .capabilities = capabilities};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 1,
    .vendor = "fixture", .name = "linear", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
