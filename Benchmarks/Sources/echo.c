/*
 * An optimizer that asks for the same point again and again: all that its calls cost is the way
 * through the C interface.
 *
 *   cc -O2 -shared -fPIC -I SDK/C/include echo.c -o libqhost-echo.so
 */
#include "qhost.h"

#include <stdlib.h>

typedef struct echo {
  uint64_t dimension;
  double point[];
} echo;

static qhost_status echo_create(const qhost_request *request, const qhost_problem *problem,
                                void **instance, qhost_error *error) {
  (void)request;
  size_t bytes = sizeof(double) * (size_t)problem->dimension;
  echo *made = malloc(sizeof(echo) + bytes);
  if (made == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "out of memory");
  made->dimension = problem->dimension;
  memcpy(made->point, problem->initial, bytes);
  *instance = made;
  return QHOST_OK;
}

static void echo_destroy(void *instance) { free(instance); }

static qhost_status echo_ask(void *instance, qhost_query *query, qhost_error *error) {
  (void)error;
  query->kind = QHOST_QUERY_POINTS;
  query->point_count = 1;
  query->points = ((const echo *)instance)->point;
  return QHOST_OK;
}

static qhost_status echo_tell(void *instance, const qhost_answer *answer, qhost_error *error) {
  (void)instance;
  (void)answer;
  (void)error;
  return QHOST_OK;
}

static const qhost_optimizer table = {
    .struct_size = sizeof table,
    .create = echo_create,
    .destroy = echo_destroy,
    .ask = echo_ask,
    .tell = echo_tell,
};

static const qhost_component component = {
    .struct_size = sizeof component,
    .kind = QHOST_KIND_OPTIMIZER,
    .name = "echo",
    .summary = "Asks for the same point again and again.",
    .table = &table,
};

static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin,
    .abi_major = QHOST_ABI_MAJOR,
    .component_count = 1,
    .vendor = "benchmark",
    .name = "echo",
    .version = "1.0.0",
    .summary = "Measures what a call through the interface costs.",
    .licence = "Apache-2.0",
    .components = components,
};

QHOST_DEFINE_ENTRY(plugin)
