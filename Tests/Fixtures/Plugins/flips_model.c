/*
 * A model of one sign unit, y_c = v_c sign(w x + b) + a_c, in C. Parameters: w [F], b, v [C], a [C].
 *
 * FAULT is what is wrong with its flips: 1: in row 3 the outputs with the unit low and high are exchanged,
 * 2: in row 3 a slope is twice what it should be, 3: the rows of slopes are not in order; with its potentials:
 * 4: in row 3 the unit is held at the other place, 5: in row 3 a change along a weight has half a slope added, 6: closing
 * the unit moves a weight of an output.
 */
#include <qhost.h>
#include <qhost/draft/flips.h>
#include <qhost/draft/potentials.h>

#include <stdlib.h>

#ifndef FAULT
#define FAULT 0
#endif

enum { ODD_ROW = 3 };

typedef struct model {
  const qhost_host *host;
  uint64_t features, outputs, count;
  qhost_model_description description;
  qhost_shape shape;
  uint64_t extents[1];
  qhost_parameter_block block;
  const qhost_parameter_block *blocks[1];
} model;

typedef struct session {
  const model *model;
  const float *inputs; /* [F x B] */
  const float *noise;  /* [B] */
  uint64_t rows;
  double *base;     /* [n] */
  float *slopes;    /* [B] */
  uint32_t *places; /* [B] */
  double *worth;    /* [2 x B], while the unit is open: what a row loses is worth[b] + worth[B + b] t */
} session;

static uint64_t count_of(const qhost_shape *shape) {
  uint64_t count = 1;
  for (uint32_t i = 0; i < shape->rank; i++) count *= shape->extents[i];
  return count;
}

static qhost_status create(const qhost_request *request, const qhost_mapping *mapping,
                           void **instance, qhost_error *error) {
  model *m = calloc(1, sizeof *m);
  if (m == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  m->host = request->host;
  m->features = count_of(mapping->input);
  m->outputs = count_of(mapping->output);
  m->count = m->features + 1 + 2 * m->outputs;
  m->extents[0] = m->count;
  m->shape = (qhost_shape){sizeof(qhost_shape), 1, m->extents};
  m->block = (qhost_parameter_block){
      .struct_size = sizeof m->block, .name = "all", .shape = &m->shape};
  m->blocks[0] = &m->block;
  m->description = (qhost_model_description){
      .struct_size = sizeof m->description, .flags = QHOST_MODEL_CUTS | QHOST_MODEL_CUT_CHANGES,
      .parameter_count = m->count, .multiply_adds = m->count, .block_count = 1,
      .blocks = m->blocks};
  *instance = m;
  return QHOST_OK;
}

static void destroy(void *instance) { free(instance); }

static const qhost_model_description *describe(void *instance) {
  return &((model *)instance)->description;
}

static qhost_status initialise(void *instance, uint64_t start, double *parameters,
                               qhost_error *error) {
  model *m = instance;
  (void)error;
  m->host->random_normal(m->host, start, 0, m->count, parameters);
  return QHOST_OK;
}

static void close_session(void *raw) {
  session *s = raw;
  free(s->base);
  free(s->slopes);
  free(s->places);
  free(s->worth);
  free(s);
}

static qhost_status open_session(void *instance, void **made, qhost_error *error) {
  session *s = calloc(1, sizeof *s);
  if (s != NULL) s->base = malloc((size_t)((model *)instance)->count * sizeof(double));
  if (s == NULL || s->base == NULL) {
    free(s);
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  }
  s->model = instance;
  *made = s;
  return QHOST_OK;
}

static qhost_status bind(void *raw, const float *inputs, uint64_t row_count, qhost_error *error) {
  session *s = raw;
  s->inputs = inputs;
  s->noise = NULL;
  s->rows = row_count;
  free(s->slopes);
  free(s->places);
  s->slopes = malloc((size_t)row_count * sizeof(float) + 1);
  s->places = malloc((size_t)row_count * sizeof(uint32_t) + 1);
  if (s->slopes == NULL || s->places == NULL)
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  return QHOST_OK;
}

static float sum_of(const session *s, const double *p, uint64_t row, int noisy) {
  const model *m = s->model;
  double sum = p[m->features];
  for (uint64_t f = 0; f < m->features; f++) sum += p[f] * (double)s->inputs[f * s->rows + row];
  if (noisy && s->noise != NULL) sum += (double)s->noise[row];
  return (float)sum;
}

static float output(const session *s, const double *p, uint64_t unit, double h) {
  const model *m = s->model;
  return (float)(p[m->features + 1 + unit] * h + p[m->features + 1 + m->outputs + unit]);
}

/* outputs [C x T], T the distance from unit to unit. */
static void pass(const session *s, const double *p, int noisy, float *outputs, uint64_t stride) {
  for (uint64_t b = 0; b < s->rows; b++) {
    double h = sum_of(s, p, b, noisy) >= 0.0f ? 1.0 : -1.0;
    for (uint64_t c = 0; c < s->model->outputs; c++) outputs[c * stride + b] = output(s, p, c, h);
  }
}

static qhost_status forward(void *raw, const double *parameters, uint64_t point_count,
                            float *outputs, qhost_error *error) {
  session *s = raw;
  (void)error;
  for (uint64_t p = 0; p < point_count; p++)
    pass(s, parameters + p * s->model->count, 0, outputs + p * s->model->outputs * s->rows, s->rows);
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
    pass(s, s->base, 1, outputs + k * s->model->outputs * s->rows, s->rows);
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
  return 1;
}

/* All rows change. */
static void write_changes(const session *s, uint64_t k, qhost_changes *changes) {
  changes->row_counts[k] = s->rows;
  for (uint64_t b = 0; b < s->rows; b++) changes->rows[k * changes->stride + b] = (uint32_t)b;
  pass(s, s->base, 1, changes->outputs + k * s->model->outputs * changes->stride,
       (s->rows + 15) / 16 * 16);
  changes->multiply_adds += s->rows * s->model->count;
}

static qhost_status cut_changes(void *raw, uint64_t index, const double *offsets,
                                uint64_t offset_count, qhost_changes *changes, qhost_error *error) {
  session *s = raw;
  (void)error;
  changes->multiply_adds = 0;
  double kept = s->base[index];
  for (uint64_t k = 0; k < offset_count; k++) {
    s->base[index] = kept + offsets[k];
    write_changes(s, k, changes);
  }
  s->base[index] = kept;
  return QHOST_OK;
}

static qhost_status move_changes(void *raw, uint64_t index, double delta, qhost_changes *changes,
                                 qhost_error *error) {
  session *s = raw;
  (void)error;
  changes->multiply_adds = 0;
  s->base[index] += delta;
  write_changes(s, 0, changes);
  return QHOST_OK;
}

static uint64_t unit_count(void *instance) {
  (void)instance;
  return 1;
}

static uint64_t unit_of(void *instance, uint64_t index) {
  return index <= ((model *)instance)->features ? 0 : QHOST_NO_UNIT;
}

static qhost_status take_noise(void *raw, const float *noise, qhost_error *error) {
  (void)error;
  ((session *)raw)->noise = noise;
  return QHOST_OK;
}

static qhost_status open_unit(void *raw, uint64_t unit, float *sums, float *outputs,
                              qhost_error *error) {
  session *s = raw;
  (void)unit;
  (void)error;
  for (uint64_t b = 0; b < s->rows; b++) {
    sums[b] = sum_of(s, s->base, b, 1);
    double first = FAULT == 1 && b == ODD_ROW ? 1.0 : -1.0;
    for (uint64_t c = 0; c < s->model->outputs; c++) {
      outputs[c * s->rows + b] = output(s, s->base, c, first);
      outputs[(s->model->outputs + c) * s->rows + b] = output(s, s->base, c, -first);
    }
  }
  return QHOST_OK;
}

static qhost_status factors_of(void *raw, uint64_t index, qhost_factors *factors,
                               qhost_error *error) {
  session *s = raw;
  (void)error;
  for (uint64_t b = 0; b < s->rows; b++) {
    s->slopes[b] = index < s->model->features ? s->inputs[index * s->rows + b] : 1.0f;
    if (FAULT == 2 && b == ODD_ROW) s->slopes[b] *= 2.0f;
    s->places[b] = (uint32_t)(FAULT == 3 ? s->rows - 1 - b : b);
  }
  factors->count = s->rows;
  factors->rows = FAULT == 3 ? s->places : NULL;
  factors->values = s->slopes;
  return QHOST_OK;
}

static uint32_t has_two_outputs(void *instance) {
  (void)instance;
  return 1;
}

static qhost_status hold(void *raw, uint64_t unit, const double *places, uint64_t count, float *outputs,
                         qhost_error *error) {
  session *s = raw;
  (void)unit;
  (void)error;
  for (uint64_t j = 0; j < count; j++)
    for (uint64_t b = 0; b < s->rows; b++) {
      double t = FAULT == 4 && b == ODD_ROW ? -places[j] : places[j];
      for (uint64_t c = 0; c < s->model->outputs; c++)
        outputs[(j * s->model->outputs + c) * s->rows + b] = output(s, s->base, c, t);
    }
  return QHOST_OK;
}

static double row_worth(const session *s, uint64_t b) {
  return s->worth[b] + s->worth[s->rows + b] * (sum_of(s, s->base, b, 1) >= 0.0f ? 1.0 : -1.0);
}

static double sum_of_rows(const session *s) {
  double sum = 0;
  for (uint64_t b = 0; b < s->rows; b++) sum += row_worth(s, b);
  return sum;
}

static qhost_status unit_open(void *raw, uint64_t unit, const float *coefficients,
                              uint64_t coefficient_count, double noise_width, double *sum,
                              qhost_error *error) {
  session *s = raw;
  (void)unit;
  if (coefficient_count > 2 || noise_width != 0)
    return qhost_fail(error, QHOST_UNSUPPORTED, QHOST_ERROR_PLUGIN, "lines without noise only");
  free(s->worth);
  s->worth = calloc(2 * (size_t)s->rows, sizeof(double));
  if (s->worth == NULL)
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  for (uint64_t i = 0; i < coefficient_count * s->rows; i++) s->worth[i] = (double)coefficients[i];
  *sum = sum_of_rows(s);
  return QHOST_OK;
}

static qhost_status unit_cut(void *raw, uint64_t index, const double *offsets, uint64_t offset_count,
                             double *changes, uint64_t *outside, double *work, qhost_error *error) {
  session *s = raw;
  (void)error;
  *outside = 0;
  double kept = s->base[index];
  for (uint64_t k = 0; k < offset_count; k++) {
    changes[k] = 0;
    for (uint64_t b = 0; b < s->rows; b++) {
      double before = row_worth(s, b);
      s->base[index] = kept + offsets[k];
      double change = row_worth(s, b) - before;
      s->base[index] = kept;
      changes[k] += FAULT == 5 && b == ODD_ROW ? change + s->worth[s->rows + b] / 2 : change;
    }
  }
  *work += (double)s->rows;
  return QHOST_OK;
}

static qhost_status unit_move(void *raw, uint64_t index, double delta, double *change,
                              uint64_t *outside, double *work, qhost_error *error) {
  session *s = raw;
  (void)error;
  *outside = 0;
  double before = sum_of_rows(s);
  s->base[index] += delta;
  *change = sum_of_rows(s) - before;
  *work += (double)s->rows;
  return QHOST_OK;
}

static qhost_status unit_close(void *raw, double *work, qhost_error *error) {
  session *s = raw;
  (void)error;
  if (FAULT == 6) s->base[s->model->features + 1] += 1;
  *work += (double)s->rows;
  return QHOST_OK;
}

static const qhost_model table = {
    .struct_size = sizeof table, .create = create, .destroy = destroy, .describe = describe,
    .initialise = initialise, .open = open_session, .close = close_session, .bind = bind,
    .forward = forward, .cut_open = cut_open, .cut = cut, .cut_move = cut_move,
    .cut_cost = cut_cost, .cut_changes = cut_changes, .move_changes = move_changes};

static const qhost_flips flips_table = {
    .struct_size = sizeof flips_table, .unit_count = unit_count, .unit_of = unit_of,
    .noise = take_noise, .unit = open_unit, .factors = factors_of};
static const qhost_capability flips = {
    .struct_size = sizeof flips, .id = QHOST_DRAFT_FLIPS, .table = &flips_table};
static const qhost_potentials potentials_table = {
    .struct_size = sizeof potentials_table, .unit_count = unit_count,
    .has_two_outputs = has_two_outputs, .unit_of = unit_of, .hold = hold, .unit_open = unit_open,
    .unit_cut = unit_cut, .unit_move = unit_move, .unit_close = unit_close};
static const qhost_capability potentials = {
    .struct_size = sizeof potentials, .id = QHOST_DRAFT_POTENTIALS, .table = &potentials_table};
static const qhost_capability *const capabilities[] = {&flips, &potentials};

static const qhost_component component = {
    .struct_size = sizeof component, .kind = QHOST_KIND_MODEL, .name = "fixture-flips",
    .summary = "A sign unit.", .table = &table, .capability_count = 2,
    .capabilities = capabilities};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 1,
    .vendor = "fixture", .name = "flips", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
