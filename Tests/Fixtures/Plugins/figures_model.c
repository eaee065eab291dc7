/*
 * A model y = a + b x_0, alike for all outputs, that hands over one figure of each kind, or a faulty one, as its parameter `fault` says.
 */
#include <qhost.h>
#include <qhost/draft/figures.h>

#include <math.h>
#include <stdlib.h>

/* The name of a fault and what it is; the order is that of the enumeration. */
#define FAULTS(X)                                                       \
  X(NONE, "none", "Nothing: all figures can be drawn.")                 \
  X(NOT_FINITE, "nan", "A coordinate is not a number.")                 \
  X(LENGTHS, "lengths", "A series has more x than y.")                  \
  X(MILLION, "million", "A series has a million points.")               \
  X(NO_SERIES_NAME, "series-name", "A series has no name.")             \
  X(FILE_NAME, "file-name", "A figure's name is not a file's name.")       \
  X(TWICE, "twice", "Two figures have one name.")                       \
  X(LOGARITHM, "logarithm", "A coordinate on a logarithmic axis is 0.") \
  X(EXTENT, "extent", "A map has no extent.")                           \
  X(LANE, "lane", "An event is in no lane.")                            \
  X(NODE, "node", "An edge ends at no node.")                           \
  X(NULL_LIST, "null-list", "The list of figures is NULL.")             \
  X(NULL_ARRAY, "null-array", "A series has points at NULL.")           \
  X(EMPTY, "empty", "A figure has nothing to draw.")                    \
  X(FAILS, "fails", "The function fails.")                              \
  X(CRASHES, "crashes", "The function crashes.")

#define FAULT_NUMBER(number, name, text) number,
#define FAULT_CHOICE(number, name, text) \
  static const qhost_choice choice_##number = {sizeof(qhost_choice), 0, name, text};
#define FAULT_ADDRESS(number, name, text) &choice_##number,

enum { FAULTS(FAULT_NUMBER) FAULT_COUNT };
FAULTS(FAULT_CHOICE)
static const qhost_choice *const choices[] = {FAULTS(FAULT_ADDRESS)};

enum { POINTS = 5, ROWS = 2, COLUMNS = 3, MANY = 1000000 };

typedef struct model {
  const qhost_host *host;
  int64_t fault;
  uint64_t outputs;
  qhost_model_description description;
  uint64_t extents[1];
  qhost_shape shape;
  qhost_parameter_block block;
  const qhost_parameter_block *blocks[1];
  double x[POINTS], y[POINTS], lower[POINTS], upper[POINTS];
  double values[ROWS * COLUMNS];
  uint64_t lanes[POINTS], sources[2], targets[2];
  double weights[2];
  const char *labels[3];
  double *many; /* [MANY] */
  qhost_figure_axis across, up;
  qhost_figure_series series;
  const qhost_figure_series *series_list[1];
  qhost_figure_map map;
  const qhost_figure_map *map_list[1];
  qhost_figure_raster raster;
  const qhost_figure_raster *raster_list[1];
  qhost_figure_graph graph;
  const qhost_figure_graph *graph_list[1];
  qhost_figure figures[4];
  const qhost_figure *list[4];
} model;

typedef struct session {
  const float *inputs; /* [F x B] */
  uint64_t rows, outputs;
} session;

static void destroy(void *instance) {
  free(((model *)instance)->many);
  free(instance);
}

static qhost_status create(const qhost_request *request, const qhost_mapping *mapping,
                           void **instance, qhost_error *error) {
  model *m = calloc(1, sizeof *m);
  if (m == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  m->host = request->host;
  m->fault = request->values[0]->integer;
  m->outputs = 1;
  for (uint32_t i = 0; i < mapping->output->rank; i++) m->outputs *= mapping->output->extents[i];
  m->extents[0] = 2;
  m->shape = (qhost_shape){sizeof m->shape, 1, m->extents};
  m->block = (qhost_parameter_block){
      .struct_size = sizeof m->block, .name = "line", .shape = &m->shape};
  m->blocks[0] = &m->block;
  m->description = (qhost_model_description){
      .struct_size = sizeof m->description, .parameter_count = 2, .multiply_adds = 1,
      .block_count = 1, .blocks = m->blocks};
  *instance = m;
  return QHOST_OK;
}

static const qhost_model_description *describe(void *instance) {
  return &((model *)instance)->description;
}

static qhost_status initialise(void *instance, uint64_t start, double *parameters,
                               qhost_error *error) {
  const qhost_host *host = ((model *)instance)->host;
  (void)error;
  host->random_normal(host, start, 0, 2, parameters);
  return QHOST_OK;
}

static qhost_status open_session(void *instance, void **made, qhost_error *error) {
  session *s = calloc(1, sizeof *s);
  (void)error;
  if (s == NULL) return QHOST_ERROR;
  s->outputs = ((model *)instance)->outputs;
  *made = s;
  return QHOST_OK;
}

static qhost_status bind(void *raw, const float *inputs, uint64_t row_count, qhost_error *error) {
  (void)error;
  ((session *)raw)->inputs = inputs;
  ((session *)raw)->rows = row_count;
  return QHOST_OK;
}

static qhost_status forward(void *raw, const double *parameters, uint64_t point_count,
                            float *outputs, qhost_error *error) {
  const session *s = raw;
  (void)error;
  for (uint64_t p = 0; p < point_count; p++) {
    for (uint64_t c = 0; c < s->outputs; c++) {
      for (uint64_t b = 0; b < s->rows; b++) {
        *outputs++ = (float)(parameters[2 * p] + parameters[2 * p + 1] * (double)s->inputs[b]);
      }
    }
  }
  return QHOST_OK;
}

static void fill(model *m, const double *parameters) {
  for (int i = 0; i < POINTS; i++) {
    m->x[i] = i + 1;
    m->y[i] = parameters[0] + parameters[1] * (i + 1);
    m->lower[i] = m->y[i] - 1;
    m->upper[i] = m->y[i] + 1;
    m->lanes[i] = (uint64_t)i % 3;
  }
  for (int i = 0; i < ROWS * COLUMNS; i++) m->values[i] = i;
  m->targets[0] = 1;
  m->sources[1] = 1;
  m->targets[1] = 2;
  m->weights[0] = 1;
  m->weights[1] = -0.5;
  m->labels[0] = "input";
  m->labels[1] = "hidden";
  m->labels[2] = "output";
  m->across = (qhost_figure_axis){sizeof m->across, QHOST_FIGURE_LINEAR, "time", "ms"};
  m->up = (qhost_figure_axis){sizeof m->up, QHOST_FIGURE_LINEAR, "value", NULL};
  m->series = (qhost_figure_series){
      .struct_size = sizeof m->series, .name = "line", .x_count = POINTS, .y_count = POINTS,
      .x = m->x, .y = m->y, .bound_count = POINTS, .lower = m->lower, .upper = m->upper};
  m->map = (qhost_figure_map){
      .struct_size = sizeof m->map, .name = "field", .unit = "V", .rows = ROWS,
      .columns = COLUMNS, .values = m->values, .x_maximum = 3, .y_maximum = 2};
  m->raster = (qhost_figure_raster){
      .struct_size = sizeof m->raster, .name = "spikes", .lane_count = 3, .event_count = POINTS,
      .times = m->x, .lanes = m->lanes};
  m->graph = (qhost_figure_graph){
      .struct_size = sizeof m->graph, .name = "net", .node_count = 3, .edge_count = 2, .x = m->x,
      .y = m->x, .labels = m->labels, .sources = m->sources, .targets = m->targets,
      .weights = m->weights};
  m->series_list[0] = &m->series;
  m->map_list[0] = &m->map;
  m->raster_list[0] = &m->raster;
  m->graph_list[0] = &m->graph;
}

static void list(model *m) {
  static const char *const names[] = {"line", "field", "spikes", "net"};
  for (int i = 0; i < 4; i++) {
    m->figures[i] = (qhost_figure){.struct_size = sizeof m->figures[i], .name = names[i],
                                   .title = "A picture", .x = &m->across, .y = &m->up};
    m->list[i] = &m->figures[i];
  }
  m->figures[0].series_count = 1;
  m->figures[0].series = m->series_list;
  m->figures[1].map_count = 1;
  m->figures[1].maps = m->map_list;
  m->figures[2].raster_count = 1;
  m->figures[2].rasters = m->raster_list;
  m->figures[3].graph_count = 1;
  m->figures[3].graphs = m->graph_list;
}

static qhost_status spoil(model *m, qhost_error *error) {
  switch (m->fault) {
    case NOT_FINITE: m->y[2] = (double)NAN; break;
    case LENGTHS: m->series.x_count = POINTS - 1; break;
    case MILLION:
      m->many = calloc(MANY, sizeof *m->many);
      if (m->many == NULL) return QHOST_ERROR;
      m->series.x_count = m->series.y_count = MANY;
      m->series.bound_count = 0;
      m->series.x = m->series.y = m->many;
      break;
    case NO_SERIES_NAME: m->series.name = ""; break;
    case FILE_NAME: m->figures[0].name = "../line"; break;
    case TWICE: m->figures[0].name = "field"; break;
    case LOGARITHM: m->across.scale = QHOST_FIGURE_LOGARITHMIC; m->x[0] = 0; break;
    case EXTENT: m->map.x_maximum = 0; break;
    case LANE: m->lanes[1] = 3; break;
    case NODE: m->targets[0] = 3; break;
    case NULL_ARRAY: m->series.y = NULL; break;
    case EMPTY: m->figures[0].series_count = 0; break;
    case FAILS:
      return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "the pencil is blunt; sharpen it");
    case CRASHES: abort();
    default: break;
  }
  return QHOST_OK;
}

static qhost_status figures(void *instance, const double *parameters, uint64_t parameter_count,
                            const qhost_figure *const **made, uint64_t *count,
                            qhost_error *error) {
  model *m = instance;
  if (parameters == NULL || parameter_count != 2) {
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "the host gave no parameters");
  }
  fill(m, parameters);
  list(m);
  *made = m->fault == NULL_LIST ? NULL : m->list;
  *count = 4;
  return spoil(m, error);
}

static const qhost_parameter fault = {
    .struct_size = sizeof fault, .type = QHOST_CHOICE, .name = "fault",
    .documentation = "What it does wrong.", .default_value = "none", .choice_count = FAULT_COUNT,
    .choices = choices};
static const qhost_parameter *const parameters[] = {&fault};

static const qhost_figures figures_table = {.struct_size = sizeof figures_table,
                                            .figures = figures};
static const qhost_capability capability = {
    .struct_size = sizeof capability, .id = QHOST_DRAFT_FIGURES, .table = &figures_table};
static const qhost_capability *const capabilities[] = {&capability};

static const qhost_model table = {
    .struct_size = sizeof table, .create = create, .destroy = destroy, .describe = describe,
    .initialise = initialise, .open = open_session, .close = free, .bind = bind,
    .forward = forward};
static const qhost_component component = {
    .struct_size = sizeof component, .parameter_count = 1, .kind = QHOST_KIND_MODEL,
    .name = "fixture-figures", .summary = "A line that hands over figures.",
    .parameters = parameters, .table = &table, .capability_count = 1,
    .capabilities = capabilities};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 1,
    .vendor = "fixture", .name = "figures", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
