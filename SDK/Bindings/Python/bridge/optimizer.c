/* The optimizer 'python': an object with ask() and tell(). */
#include "child.h"
#include "components.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct optimizer {
  child *python;
  size_t n;
  double *points; /* what was asked last; the shared memory is used for the answer */
  size_t room;
} optimizer;

static void destroy(void *instance) {
  optimizer *o = instance;
  if (o == NULL) return;
  child_end(o->python);
  free(o->points);
  free(o);
}

/* The problem goes over as initial, lower, upper, scales [n] and kinds [n]. */
static qhost_status create(const qhost_request *request, const qhost_problem *problem, void **instance,
                           qhost_error *error) {
  size_t n = (size_t)problem->dimension;
  uint64_t seed;
  child *python = child_start(request, "optimizer", error);
  if (python == NULL) return QHOST_ERROR;
  optimizer *o = calloc(1, sizeof *o);
  if (o == NULL) {
    child_end(python);
    return child_fail(error, QHOST_ERROR_PLUGIN, "there is no memory for the points");
  }
  o->python = python;
  o->n = n;
  qhost_status status = child_reserve(python, n * (4 * sizeof(double) + sizeof(uint32_t)), error);
  if (status == QHOST_OK) {
    const double *arrays[] = {problem->initial, problem->lower, problem->upper, problem->scales};
    double *out = (double *)python->memory;
    for (int i = 0; i < 4; i++) memcpy(out + (size_t)i * n, arrays[i], n * sizeof(double));
    memcpy(out + 4 * n, problem->kinds, n * sizeof(uint32_t));
    request->host->random_bits(request->host, 0, 0, 1, &seed);
    status = child_ask(python, "ok", error, "optimizer %zu %zu %llu", python->size, n, (unsigned long long)seed);
  }
  if (status != QHOST_OK) {
    destroy(o);
    return status;
  }
  python->is_made = 1;
  *instance = o;
  return QHOST_OK;
}

static qhost_status ask(void *instance, qhost_query *query, qhost_error *error) {
  optimizer *o = instance;
  unsigned long long count = 0, size = 0;
  qhost_status status = child_ask(o->python, "points done", error, "ask");
  if (status != QHOST_OK) return status;
  if (strncmp(o->python->reply, "done", 4) == 0) {
    query->kind = QHOST_QUERY_DONE;
    query->reason = QHOST_DONE_SCHEDULE;
    return QHOST_OK;
  }
  sscanf(o->python->reply, "points %llu %llu", &count, &size);
  status = child_reserve(o->python, (size_t)size, error);
  if (status != QHOST_OK) return status;
  if (count * o->n > o->room) {
    free(o->points);
    o->room = (size_t)count * o->n;
    o->points = malloc(o->room * sizeof(double));
    if (o->points == NULL) return child_fail(error, QHOST_ERROR_PLUGIN, "there is no memory for %llu points", count);
  }
  memcpy(o->points, o->python->memory, (size_t)count * o->n * sizeof(double));
  query->kind = QHOST_QUERY_POINTS;
  query->points = o->points;
  query->point_count = count;
  return QHOST_OK;
}

/* Losses [P], and violations [P] where there are constraints, which the object sees in place. */
static qhost_status tell(void *instance, const qhost_answer *answer, qhost_error *error) {
  optimizer *o = instance;
  size_t count = (size_t)answer->loss_count;
  int is_constrained = answer->violations != NULL;
  qhost_status status = child_reserve(o->python, 2 * count * sizeof(double), error);
  if (status != QHOST_OK) return status;
  memcpy(o->python->memory, answer->losses, count * sizeof(double));
  if (is_constrained) memcpy((double *)o->python->memory + count, answer->violations, count * sizeof(double));
  return child_ask(o->python, "ok", error, "tell %zu %zu %d %.17g", o->python->size, count, is_constrained,
                   answer->progress);
}

static qhost_status recommend(void *instance, double *point, qhost_error *error) {
  optimizer *o = instance;
  qhost_status status = child_ask(o->python, "point none", error, "recommend");
  if (status != QHOST_OK) return status;
  if (o->python->reply[0] == 'n') return QHOST_UNSUPPORTED;
  memcpy(point, o->python->memory, o->n * sizeof(double));
  return QHOST_OK;
}

static qhost_status save(void *instance, const qhost_writer *writer, qhost_error *error) {
  optimizer *o = instance;
  unsigned long long count = 0, size = 0;
  qhost_status status = child_ask(o->python, "bytes none", error, "save");
  if (status != QHOST_OK) return status;
  if (o->python->reply[0] == 'n')
    return qhost_fail(error, QHOST_UNSUPPORTED, QHOST_ERROR_PLUGIN,
                      "the Python class has no save() and load(), so that its runs cannot be resumed");
  sscanf(o->python->reply, "bytes %llu %llu", &count, &size);
  status = child_reserve(o->python, (size_t)size, error);
  if (status == QHOST_OK) writer->write(writer, o->python->memory, count);
  return status;
}

static qhost_status load(void *instance, const void *bytes, uint64_t count, qhost_error *error) {
  optimizer *o = instance;
  qhost_status status = child_reserve(o->python, (size_t)count, error);
  if (status != QHOST_OK) return status;
  memcpy(o->python->memory, bytes, (size_t)count);
  return child_ask(o->python, "ok", error, "load %zu %llu", o->python->size, (unsigned long long)count);
}

const qhost_optimizer python_optimizer = {
    .struct_size = sizeof python_optimizer, .create = create, .destroy = destroy, .ask = ask, .tell = tell,
    .recommend = recommend, .save = save, .load = load};
