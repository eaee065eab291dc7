/* The dataset 'python': an object with rows, or with score(). */
#include "child.h"
#include "components.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SPLIT_COUNT = 3 };

typedef struct dataset {
  child *python;
  qhost_dataset_description description;
  qhost_shape input, output;
  uint64_t input_extents[8], output_extent;
  size_t input_count, row_counts[SPLIT_COUNT];
  float *inputs[SPLIT_COUNT], *targets[SPLIT_COUNT]; /* the rows, read once */
  double *bounds;                                    /* lower, upper [C] of a scenario */
  uint32_t *kinds;                                   /* [C] */
  uint32_t has_violations;
} dataset;

static void destroy(void *instance) {
  dataset *d = instance;
  if (d == NULL) return;
  child_end(d->python);
  for (int split = 0; split < SPLIT_COUNT; split++) {
    free(d->inputs[split]);
    free(d->targets[split]);
  }
  free(d->bounds);
  free(d->kinds);
  free(d);
}

static qhost_status no_memory(qhost_error *error) {
  return child_fail(error, QHOST_ERROR_PLUGIN, "there is no memory for the rows");
}

/* Takes one split out of the shared memory, which the next question uses again. */
static qhost_status take(dataset *d, int split, qhost_error *error) {
  size_t count = d->row_counts[split], width = (size_t)d->description.target_width;
  unsigned long long size = 0;
  if (count == 0) return QHOST_OK;
  qhost_status status = child_ask(d->python, "rows", error, "read %d", split);
  if (status != QHOST_OK) return status;
  sscanf(d->python->reply, "rows %llu", &size);
  status = child_reserve(d->python, (size_t)size, error);
  if (status != QHOST_OK) return status;
  d->inputs[split] = malloc(count * d->input_count * sizeof(float));
  d->targets[split] = malloc(count * width * sizeof(float));
  if (d->inputs[split] == NULL || d->targets[split] == NULL) return no_memory(error);
  const float *numbers = (const float *)d->python->memory;
  memcpy(d->inputs[split], numbers, count * d->input_count * sizeof(float));
  memcpy(d->targets[split], numbers + count * d->input_count, count * width * sizeof(float));
  return QHOST_OK;
}

static qhost_status describe_rows(dataset *d, qhost_error *error) {
  unsigned task, rank;
  unsigned long long outputs, counts[SPLIT_COUNT], extents[4] = {1, 1, 1, 1};
  if (sscanf(d->python->reply, "samples %u %llu %llu %llu %llu %u %llu %llu %llu %llu", &task, &outputs, &counts[0],
             &counts[1], &counts[2], &rank, &extents[0], &extents[1], &extents[2], &extents[3]) < 6 || rank > 4)
    return child_fail(error, QHOST_ERROR_PLUGIN, "Python described no rows; report it");
  d->description.task = task;
  d->description.scaling = QHOST_SCALING_STANDARDIZE;
  d->output_extent = outputs;
  d->description.target_width = task == QHOST_TASK_CLASSIFICATION ? 1 : outputs;
  d->input.rank = rank;
  d->input_count = 1;
  for (unsigned axis = 0; axis < rank; axis++) {
    d->input_extents[axis] = extents[axis];
    d->input_count *= (size_t)extents[axis];
  }
  for (int split = 0; split < SPLIT_COUNT; split++) d->row_counts[split] = (size_t)counts[split];
  qhost_status status = QHOST_OK;
  for (int split = 0; split < SPLIT_COUNT && status == QHOST_OK; split++) status = take(d, split, error);
  return status;
}

/* Bounds [C] each, and kinds [C], are in the shared memory. */
static qhost_status describe_scenario(dataset *d, qhost_error *error) {
  unsigned long long outputs = 0;
  unsigned has_violations = 0;
  sscanf(d->python->reply, "scenario %llu %u", &outputs, &has_violations);
  size_t count = (size_t)outputs;
  d->description.task = QHOST_TASK_SCENARIO;
  d->output_extent = outputs;
  d->has_violations = has_violations;
  d->input.rank = 1;
  d->input_extents[0] = 1;
  d->input_count = 1;
  d->row_counts[0] = 1;
  d->bounds = malloc(2 * count * sizeof(double));
  d->kinds = malloc(count * sizeof(uint32_t));
  if (d->bounds == NULL || d->kinds == NULL) return no_memory(error);
  qhost_status status = child_reserve(d->python, count * (2 * sizeof(double) + sizeof(uint32_t)), error);
  if (status != QHOST_OK) return status;
  memcpy(d->bounds, d->python->memory, 2 * count * sizeof(double));
  memcpy(d->kinds, (double *)d->python->memory + 2 * count, count * sizeof(uint32_t));
  d->description.output_lower = d->bounds;
  d->description.output_upper = d->bounds + count;
  return QHOST_OK;
}

static qhost_status create(const qhost_request *request, void **instance, qhost_error *error) {
  uint64_t seed;
  child *python = child_start(request, "dataset", error);
  if (python == NULL) return QHOST_ERROR;
  dataset *d = calloc(1, sizeof *d);
  if (d == NULL) {
    child_end(python);
    return no_memory(error);
  }
  d->python = python;
  request->host->random_bits(request->host, 0, 0, 1, &seed);
  qhost_status status = child_ask(python, "samples scenario", error, "dataset %zu %llu", python->size,
                                  (unsigned long long)seed);
  d->input.struct_size = d->output.struct_size = sizeof(qhost_shape);
  if (status == QHOST_OK)
    status = python->reply[1] == 'a' ? describe_rows(d, error) : describe_scenario(d, error);
  if (status != QHOST_OK) {
    destroy(d);
    return status;
  }
  d->output.rank = 1;
  d->output.extents = &d->output_extent;
  d->input.extents = d->input_extents;
  d->description.struct_size = sizeof d->description;
  d->description.train_rows = d->row_counts[0];
  d->description.validation_rows = d->row_counts[1];
  d->description.test_rows = d->row_counts[2];
  d->description.input = &d->input;
  d->description.output = &d->output;
  d->description.best_known_loss = NAN;
  d->description.source = "a class in Python";
  python->is_made = 1;
  *instance = d;
  return QHOST_OK;
}

static const qhost_dataset_description *describe(void *instance) { return &((dataset *)instance)->description; }

static qhost_status read_rows(void *instance, uint32_t split, const uint64_t *indices, uint64_t row_count,
                              float *inputs, float *targets, qhost_error *error) {
  dataset *d = instance;
  size_t width = (size_t)d->description.target_width;
  if (split >= SPLIT_COUNT) return child_fail(error, QHOST_ERROR_PLUGIN, "there is no split %u", split);
  for (uint64_t place = 0; place < row_count; place++) {
    if (d->inputs[split] == NULL) {
      inputs[place] = 0;
      continue;
    }
    memcpy(inputs + place * d->input_count, d->inputs[split] + indices[place] * d->input_count,
           d->input_count * sizeof(float));
    memcpy(targets + place * width, d->targets[split] + indices[place] * width, width * sizeof(float));
  }
  return QHOST_OK;
}

/* Points [P x C] go over, losses [P] and violations [P] come back; the one row is asked for. */
static qhost_status ask_scores(dataset *d, const double *outputs, uint64_t row_count, uint64_t point_count,
                               double *losses, double *violations, qhost_error *error) {
  size_t count = (size_t)point_count, c = (size_t)d->output_extent;
  if (row_count != 1) return child_fail(error, QHOST_ERROR_PLUGIN, "a scenario in Python has one row");
  pthread_mutex_lock(&d->python->turn);
  qhost_status status = child_reserve(d->python, count * (c + 2) * sizeof(double), error);
  if (status == QHOST_OK) {
    double *memory = (double *)d->python->memory;
    memcpy(memory, outputs, count * c * sizeof(double));
    status = child_ask(d->python, "ok", error, "score %zu %zu", d->python->size, count);
    if (status == QHOST_OK) {
      memcpy(losses, memory + count * c, count * sizeof(double));
      if (violations != NULL) memcpy(violations, memory + count * (c + 1), count * sizeof(double));
    }
  }
  pthread_mutex_unlock(&d->python->turn);
  return status;
}

static qhost_status score(void *instance, uint32_t split, const uint64_t *indices, uint64_t row_count,
                          const double *outputs, uint64_t point_count, double *losses, qhost_error *error) {
  (void)split;
  (void)indices;
  return ask_scores(instance, outputs, row_count, point_count, losses, NULL, error);
}

static const uint32_t *output_kinds(void *instance) { return ((dataset *)instance)->kinds; }

static uint32_t has_violations(void *instance) { return ((dataset *)instance)->has_violations; }

static qhost_status score_all(void *instance, const qhost_scoring *scoring, qhost_error *error) {
  return ask_scores(instance, scoring->outputs, scoring->row_count, scoring->point_count, scoring->losses,
                    scoring->violations, error);
}

const qhost_constraints python_constraints = {.struct_size = sizeof python_constraints, .output_kinds = output_kinds,
                                              .has_violations = has_violations, .score = score_all};

const qhost_dataset python_dataset = {.struct_size = sizeof python_dataset, .create = create, .destroy = destroy,
                                      .describe = describe, .read = read_rows, .score = score};
