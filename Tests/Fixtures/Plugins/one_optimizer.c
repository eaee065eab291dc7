/*
 * A healthy plugin of one optimizer, which asks the starting point again and again.
 *
 * Each definition below can be replaced from the compiler's command line, to break just one thing.
 */
#include <qhost.h>

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef VENDOR
#define VENDOR "fixture"
#endif
#ifndef NAME
#define NAME "fixture-constant"
#endif
#ifndef KIND
#define KIND QHOST_KIND_OPTIMIZER
#endif
#ifndef TABLE
#define TABLE &table
#endif
#ifndef COMPONENT
#define COMPONENT &component
#endif
#ifndef PARAMETER
#define PARAMETER &parameter
#endif
#ifndef MAJOR
#define MAJOR QHOST_ABI_MAJOR
#endif
#ifndef MINOR
#define MINOR 0u
#endif
#ifndef TABLE_SIZE
#define TABLE_SIZE sizeof(qhost_optimizer)
#endif
#ifndef COMPONENT_SIZE
#define COMPONENT_SIZE sizeof(qhost_component)
#endif
#ifndef PLUGIN_SIZE
#define PLUGIN_SIZE sizeof(qhost_plugin)
#endif
#ifndef ENTRY
#define ENTRY qhost_plugin_entry_v1
#endif
#ifndef ON_LOAD
#define ON_LOAD ((void)0)
#endif
#ifndef ON_ENTRY
#define ON_ENTRY return qhost_enter(host, &plugin, error)
#endif

typedef struct constant {
  uint64_t dimension;
  double point[]; /* [dimension] */
} constant;

static qhost_status create(const qhost_request *request, const qhost_problem *problem,
                           void **instance, qhost_error *error) {
  size_t bytes = (size_t)problem->dimension * sizeof(double);
  constant *made = malloc(sizeof *made + bytes);
  (void)request;
  if (made == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  made->dimension = problem->dimension;
  memcpy(made->point, problem->initial, bytes);
  *instance = made;
  return QHOST_OK;
}

static qhost_status ask(void *instance, qhost_query *query, qhost_error *error) {
  (void)error;
  query->kind = QHOST_QUERY_POINTS;
  query->point_count = 1;
  query->points = ((constant *)instance)->point;
  return QHOST_OK;
}

static qhost_status tell(void *instance, const qhost_answer *answer, qhost_error *error) {
  (void)instance;
  (void)answer;
  (void)error;
  return QHOST_OK;
}

static const qhost_optimizer table = {
    .struct_size = TABLE_SIZE, .create = create, .destroy = free, .ask = ask, .tell = tell};

static const qhost_parameter parameter = {
    .struct_size = sizeof parameter, .type = QHOST_REAL, .name = "unused",
    .documentation = "A number that changes nothing.", .default_value = "0.5", .maximum = 1};
static const qhost_parameter *const parameters[] = {PARAMETER};

static const qhost_component component = {
    .struct_size = COMPONENT_SIZE, .parameter_count = 1, .kind = KIND, .name = NAME,
    .summary = "Asks the starting point again and again.", .parameters = parameters,
    .table = TABLE};
static const qhost_component *const components[] = {COMPONENT};

static const qhost_plugin plugin = {
    .struct_size = PLUGIN_SIZE, .abi_major = MAJOR, .abi_minor = MINOR, .component_count = 1,
    .vendor = VENDOR, .name = "fixture", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

/* Keeps what a replaced definition no longer mentions. */
const void *const fixture_parts[] = {&table, &parameter, &component, &plugin};

__attribute__((constructor)) static void on_load(void) { ON_LOAD; }

QHOST_EXPORT const qhost_plugin *ENTRY(const qhost_host *host, qhost_error *error);
const qhost_plugin *ENTRY(const qhost_host *host, qhost_error *error) {
  (void)host;
  (void)error;
  ON_ENTRY;
}
