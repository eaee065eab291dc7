/*
 * An optimizer, a scenario and a model that do what the host must survive, each as its parameter `trick` says.
 *
 * `trick` is done in a call of the run (ask, score, forward), or in create when it begins with "create-".
 */
#include <qhost.h>

#include <fenv.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OUTPUTS = 4, TRICK_BYTES = 40 };

typedef struct trickster {
  char trick[TRICK_BYTES];
  const qhost_host *host;
  uint64_t calls, n;
  double *point, *lower, *upper; /* [n] of the optimizer */
  qhost_dataset_description dataset;
  qhost_model_description model;
  qhost_parameter_block blocks[2];
  const qhost_parameter_block *block_list[2];
  qhost_shape shape, halves[2];
  uint64_t extents[1], half_extents[2];
  double *scales; /* [n] of the model */
} trickster;

static int does(const trickster *t, const char *trick) { return strcmp(t->trick, trick) == 0; }

static void *exit_soon(void *context) {
  (void)context;
  exit(0);
}

static void *crash_soon(void *context) {
  (void)context;
  *(volatile int *)8 = 1;
  return NULL;
}

static void in_thread(void *(*body)(void *)) {
  pthread_t thread;
  pthread_create(&thread, NULL, body, NULL);
  sleep(2);
}

/* What harms the whole process, not only the one who does it. */
static void harm(const char *trick) {
  if (strcmp(trick, "exit") == 0) exit(0);
  if (strcmp(trick, "exit-5") == 0) exit(5);
  if (strcmp(trick, "exit-in-thread") == 0) in_thread(exit_soon);
  if (strcmp(trick, "crash-in-thread") == 0) in_thread(crash_soon);
  if (strcmp(trick, "round") == 0) fesetround(FE_UPWARD);
  if (strcmp(trick, "locale") == 0) setlocale(LC_ALL, "C.UTF-8");
  if (strcmp(trick, "signals") == 0) signal(SIGINT, SIG_IGN);
  if (strcmp(trick, "umask") == 0) umask(0777);
  if (strcmp(trick, "folder") == 0 && chdir("/") != 0) abort();
  if (strcmp(trick, "close") == 0) close(1);
  if (strcmp(trick, "fclose") == 0) fclose(stdout);
  if (strcmp(trick, "stop") == 0) raise(SIGSTOP);
  if (strcmp(trick, "fork") == 0) fork();
  if (strcmp(trick, "confuse") == 0 && write(4, "nonsense\n", 9) < 0) abort();
  if (strcmp(trick, "print") == 0) {
    printf("{\"garbage\": true}\n");
    fflush(stdout);
  }
  if (strcmp(trick, "print-late") == 0) printf("unflushed");
  if (strcmp(trick, "alarm") == 0) {
    alarm(1);
    sleep(3);
  }
  if (strcmp(trick, "limits") == 0) {
    struct rlimit few = {16, 1 << 20};
    getrlimit(RLIMIT_NOFILE, &few);
    few.rlim_cur = 16;
    setrlimit(RLIMIT_NOFILE, &few);
  }
#ifdef __x86_64__
  if (strcmp(trick, "flush-to-zero") == 0) __builtin_ia32_ldmxcsr(__builtin_ia32_stmxcsr() | 0x8040);
  if (strcmp(trick, "trap") == 0) __builtin_ia32_ldmxcsr(__builtin_ia32_stmxcsr() & ~0x1F80u);
#endif
}

/* In the sixth call of the run. */
static void harm_once(trickster *t) {
  if (t->calls++ == 5) harm(t->trick);
}

static void destroy(void *instance) {
  trickster *t = instance;
  if (does(t, "fatal")) {
    fprintf(stderr, "destroyed after it was fatal\n");
    fflush(stderr);
  }
  if (does(t, "print-in-destroy")) harm("print");
  if (does(t, "exit-in-destroy")) exit(0);
  free(t->point);
  free(t->scales);
  free(t);
}

static trickster *make(const qhost_request *request) {
  trickster *t = calloc(1, sizeof *t);
  if (t == NULL) abort();
  strncpy(t->trick, request->values[0]->text, TRICK_BYTES - 1);
  t->host = request->host;
  if (strncmp(t->trick, "create-", 7) == 0) harm(t->trick + 7);
  return t;
}

/* The optimizer: random steps around the start. */

static qhost_status create_optimizer(const qhost_request *request, const qhost_problem *problem, void **instance,
                                     qhost_error *error) {
  trickster *t = make(request);
  size_t bytes = (size_t)problem->dimension * sizeof(double);
  (void)error;
  t->n = problem->dimension;
  t->point = calloc(3, bytes);
  if (t->point == NULL) abort();
  t->lower = t->point + t->n;
  t->upper = t->lower + t->n;
  memcpy(t->lower, problem->lower, bytes);
  memcpy(t->upper, problem->upper, bytes);
  memcpy(t->point, problem->initial, bytes);
  *instance = t;
  if (does(t, "allocate")) {
    const uint64_t sizes[] = {0, 1, 1ull << 46, 1ull << 62, (1ull << 63) - 1, 1ull << 63, UINT64_MAX};
    for (int i = 0; i < 7; i++) {
      void *memory = t->host->allocate(t->host, sizes[i]);
      fprintf(stderr, "%s%s", memory ? "memory" : "NULL", i < 6 ? " " : "\n");
      t->host->deallocate(t->host, memory);
    }
    fflush(stderr);
  }
  return QHOST_OK;
}

static qhost_status ask(void *instance, qhost_query *query, qhost_error *error) {
  trickster *t = instance;
  t->host->random_uniform(t->host, t->calls, 0, t->n, t->point);
  harm_once(t);
  query->kind = QHOST_QUERY_POINTS;
  query->point_count = 1;
  query->points = t->point;
  if (t->calls <= 5) return QHOST_OK;
  if (does(t, "beyond")) t->point[1] = 1000;
  if (does(t, "nearly-beyond")) t->point[1] = t->upper[1] + 1e-15;
  if (does(t, "nowhere")) query->points = (const double *)8;
  if (does(t, "many")) query->point_count = 100000000;
  if (does(t, "fatal")) return qhost_fail(error, QHOST_FATAL, QHOST_ERROR_PLUGIN, "all is lost");
  if (does(t, "escape")) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "one\ntwo \033[31mred");
  if (does(t, "warn")) return qhost_fail(error, QHOST_WARNING, QHOST_ERROR_PLUGIN, "asked with doubts");
  return QHOST_OK;
}

static qhost_status tell(void *instance, const qhost_answer *answer, qhost_error *error) {
  trickster *t = instance;
  (void)answer;
  if (does(t, "warn")) return qhost_fail(error, QHOST_WARNING, QHOST_ERROR_PLUGIN, "told with doubts");
  return QHOST_OK;
}

/* The scenario: a bowl within bounds. */

static const double lower[OUTPUTS] = {-5, -5, -5, -5}, upper[OUTPUTS] = {5, 5, 5, 5};
static const char *const loss_name[] = {"loss"};
static const qhost_shape none = {.struct_size = sizeof none};

static qhost_status create_dataset(const qhost_request *request, void **instance, qhost_error *error) {
  trickster *t = make(request);
  (void)error;
  t->extents[0] = OUTPUTS;
  t->shape = (qhost_shape){sizeof(qhost_shape), 1, t->extents};
  t->dataset = (qhost_dataset_description){
      .struct_size = sizeof(qhost_dataset_description), .task = QHOST_TASK_SCENARIO, .train_rows = 1,
      .input = &none, .output = &t->shape, .output_lower = lower, .output_upper = upper,
      .best_known_loss = NAN};
  if (does(t, "rows")) t->dataset.train_rows = 1ull << 60;
  if (does(t, "rows-for-memory")) t->dataset.test_rows = 1ull << 50;
  if (does(t, "metrics")) t->dataset.metric_count = 1u << 30;
  if (does(t, "source")) t->dataset.source = (const char *)8;
  if (does(t, "metric-loss")) {
    t->dataset.metric_count = 1;
    t->dataset.metric_names = loss_name;
  }
  *instance = t;
  return QHOST_OK;
}

static const qhost_dataset_description *describe_dataset(void *instance) {
  trickster *t = instance;
  if (does(t, "describe")) *(volatile int *)8 = 1;
  return &t->dataset;
}

static qhost_status read_rows(void *instance, uint32_t split, const uint64_t *indices, uint64_t rows, float *inputs,
                              float *targets, qhost_error *error) {
  (void)instance, (void)split, (void)indices, (void)rows, (void)inputs, (void)targets, (void)error;
  return QHOST_OK;
}

static qhost_status metrics(void *instance, uint32_t split, const uint64_t *indices, uint64_t rows,
                            const double *outputs, double *values, qhost_error *error) {
  (void)instance, (void)split, (void)indices, (void)rows, (void)outputs, (void)error;
  values[0] = 0;
  return QHOST_OK;
}

static qhost_status score(void *instance, uint32_t split, const uint64_t *indices, uint64_t rows,
                          const double *outputs, uint64_t points, double *losses, qhost_error *error) {
  trickster *t = instance;
  (void)split, (void)indices;
  harm_once(t);
  int has_infeasible = 0;
  for (uint64_t p = 0; p < points; p++) {
    for (uint64_t row = 0; row < rows; row++) {
      double loss = 0;
      for (uint64_t c = 0; c < OUTPUTS; c++) {
        double x = outputs[(p * OUTPUTS + c) * rows + row] - 1.25;
        loss += x * x;
      }
      if (does(t, "minus-infinity")) loss = -INFINITY;
      if (does(t, "infinity")) loss = INFINITY;
      if (does(t, "tiny")) loss *= 1e-310;
      if (outputs[p * OUTPUTS * rows + row] < 0) has_infeasible = 1;
      losses[p * rows + row] = loss;
    }
  }
  for (uint64_t i = 0; i < points * OUTPUTS * rows; i++) {
    if (does(t, "outside") && !(outputs[i] >= -5 && outputs[i] <= 5))
      return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "a point lies outside the bounds");
  }
  if (does(t, "discard") && has_infeasible)
    return qhost_fail(error, QHOST_DISCARD, QHOST_ERROR_PLUGIN, "the first number is below 0");
  return QHOST_OK;
}

/* The model: its outputs are its parameters. */

static qhost_status create_model(const qhost_request *request, const qhost_mapping *mapping, void **instance,
                                 qhost_error *error) {
  trickster *t = make(request);
  (void)error;
  t->n = 1;
  for (uint32_t i = 0; i < mapping->output->rank; i++) t->n *= mapping->output->extents[i];
  t->half_extents[0] = 1;
  t->half_extents[1] = t->n - 1;
  for (int i = 0; i < 2; i++) {
    t->halves[i] = (qhost_shape){sizeof(qhost_shape), 1, &t->half_extents[i]};
    t->blocks[i] = (qhost_parameter_block){.struct_size = sizeof(qhost_parameter_block),
                                           .name = i == 0 || does(t, "blocks") ? "bias" : "rest",
                                           .shape = &t->halves[i], .offset = (uint64_t)i};
    t->block_list[i] = &t->blocks[i];
  }
  t->model = (qhost_model_description){
      .struct_size = sizeof(qhost_model_description), .parameter_count = t->n, .multiply_adds = t->n,
      .flags = QHOST_MODEL_CUTS | QHOST_MODEL_CUT_CHANGES, .block_count = 2, .blocks = t->block_list};
  if (does(t, "scales")) {
    t->scales = calloc((size_t)t->n, sizeof(double));
    t->model.scales = t->scales;
  }
  if (does(t, "start")) t->model.lower = upper;
  if (does(t, "bounds")) {
    t->model.lower = upper;
    t->model.upper = lower;
  }
  if (does(t, "huge")) t->model.parameter_count = 1ull << 39;
  *instance = t;
  return QHOST_OK;
}

static const qhost_model_description *describe_model(void *instance) {
  trickster *t = instance;
  if (does(t, "describe")) *(volatile int *)8 = 1;
  return &t->model;
}

static qhost_status initialise(void *instance, uint64_t start, double *parameters, qhost_error *error) {
  trickster *t = instance;
  (void)start, (void)error;
  for (uint64_t i = 0; i < t->n; i++) parameters[i] = 0.25 * (double)(i + 1);
  return QHOST_OK;
}

typedef struct session {
  trickster *model;
  uint64_t rows;
  double *base; /* [n] */
} session;

static qhost_status open_session(void *instance, void **made, qhost_error *error) {
  session *s = calloc(1, sizeof *s);
  (void)error;
  if (s == NULL) abort();
  s->model = instance;
  s->base = calloc((size_t)s->model->n, sizeof(double));
  *made = s;
  return QHOST_OK;
}

static void close_session(void *raw) {
  session *s = raw;
  if (does(s->model, "close")) *(volatile int *)8 = 1;
  free(s->base);
  free(s);
}

static qhost_status bind(void *raw, const float *inputs, uint64_t rows, qhost_error *error) {
  (void)inputs, (void)error;
  ((session *)raw)->rows = rows;
  return QHOST_OK;
}

static qhost_status forward(void *raw, const double *parameters, uint64_t points, float *outputs,
                            qhost_error *error) {
  session *s = raw;
  (void)error;
  harm_once(s->model);
  for (uint64_t i = 0; i < points * s->model->n; i++)
    for (uint64_t row = 0; row < s->rows; row++) outputs[i * s->rows + row] = (float)parameters[i];
  return QHOST_OK;
}

static qhost_status cut_open(void *raw, const double *parameters, qhost_error *error) {
  session *s = raw;
  (void)error;
  memcpy(s->base, parameters, (size_t)s->model->n * sizeof(double));
  return QHOST_OK;
}

static qhost_status cut(void *raw, uint64_t index, const double *offsets, uint64_t count, float *outputs,
                        qhost_error *error) {
  session *s = raw;
  (void)error;
  for (uint64_t k = 0; k < count; k++)
    for (uint64_t c = 0; c < s->model->n; c++)
      for (uint64_t row = 0; row < s->rows; row++)
        outputs[(k * s->model->n + c) * s->rows + row] = (float)(s->base[c] + (c == index ? offsets[k] : 0));
  return QHOST_OK;
}

static qhost_status cut_move(void *raw, uint64_t index, double delta, qhost_error *error) {
  (void)error;
  ((session *)raw)->base[index] += delta;
  return QHOST_OK;
}

/* All rows but the last change; then what the trick says of their numbers. */
static void write_changes(session *s, uint64_t index, const double *offsets, uint64_t count,
                          qhost_changes *changes) {
  for (uint64_t k = 0; k < count; k++) {
    uint64_t changed = s->rows - 1, width = (changed + 15) / 16 * 16;
    uint32_t *rows = changes->rows + k * changes->stride;
    changes->row_counts[k] = changed;
    for (uint64_t row = 0; row < changed; row++) {
      rows[row] = (uint32_t)row;
      for (uint64_t c = 0; c < s->model->n; c++)
        changes->outputs[k * s->model->n * changes->stride + c * width + row] =
            (float)(s->base[c] + (c == index ? offsets[k] : 0));
    }
    if (does(s->model, "rows-beyond")) rows[changed - 1] = 1u << 30;
    if (does(s->model, "rows-just-beyond")) rows[changed - 1] = (uint32_t)s->rows;
    if (does(s->model, "rows-descending")) rows[1] = 0;
    if (does(s->model, "rows-too-many")) changes->row_counts[k] = s->rows + 1;
  }
}

static qhost_status cut_changes(void *raw, uint64_t index, const double *offsets, uint64_t count,
                                qhost_changes *changes, qhost_error *error) {
  (void)error;
  write_changes(raw, index, offsets, count, changes);
  return QHOST_OK;
}

static qhost_status move_changes(void *raw, uint64_t index, double delta, qhost_changes *changes,
                                 qhost_error *error) {
  double zero = 0;
  cut_move(raw, index, delta, error);
  write_changes(raw, index, &zero, 1, changes);
  return QHOST_OK;
}

#ifndef CUT_COST
#define CUT_COST 1
#endif

static double cut_cost(void *instance, uint64_t index) {
  (void)instance, (void)index;
  return CUT_COST;
}

static const qhost_optimizer optimizer_table = {
    .struct_size = sizeof optimizer_table, .create = create_optimizer, .destroy = destroy, .ask = ask, .tell = tell};
static const qhost_dataset dataset_table = {
    .struct_size = sizeof dataset_table, .create = create_dataset, .destroy = destroy,
    .describe = describe_dataset, .read = read_rows, .score = score, .metrics = metrics};
static const qhost_model model_table = {
    .struct_size = sizeof model_table, .create = create_model, .destroy = destroy, .describe = describe_model,
    .initialise = initialise, .open = open_session, .close = close_session, .bind = bind, .forward = forward,
    .cut_open = cut_open, .cut = cut, .cut_move = cut_move, .cut_cost = cut_cost, .cut_changes = cut_changes,
    .move_changes = move_changes};

static const qhost_parameter trick = {
    .struct_size = sizeof trick, .type = QHOST_TEXT, .name = "trick", .documentation = "What goes wrong.",
    .default_value = ""};
static const qhost_parameter *const parameters[] = {&trick};

#define COMPONENT(NAME, KIND)                                                                     \
  static const qhost_component NAME = {                                                           \
      .struct_size = sizeof NAME, .parameter_count = 1, .kind = KIND, .name = "fixture-trick",    \
      .summary = "Does what its trick says.", .parameters = parameters, .table = &NAME##_table};
COMPONENT(optimizer, QHOST_KIND_OPTIMIZER)
COMPONENT(dataset, QHOST_KIND_DATASET)
COMPONENT(model, QHOST_KIND_MODEL)
static const qhost_component *const components[] = {&optimizer, &dataset, &model};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 3, .vendor = "fixture",
    .name = "containment", .version = "0.1.0", .summary = "A fixture.", .licence = "Apache-2.0",
    .components = components};

QHOST_DEFINE_ENTRY(plugin)
