/*
 * An optimizer with two capabilities, which asks the starting point again and again.
 *
 * Each definition below can be replaced from the compiler's command line, to break just one thing.
 */
#include <qhost.h>
#include <qhost/draft/figures.h>

#include <stdlib.h>

#ifndef ID
#define ID QHOST_DRAFT_FIGURES
#endif
#ifndef OTHER_ID
#define OTHER_ID "fixture.other/1"
#endif
#ifndef FLAGS
#define FLAGS 0
#endif
#ifndef TABLE
#define TABLE &figures_table
#endif
#ifndef TABLE_SIZE
#define TABLE_SIZE sizeof(qhost_figures)
#endif
#ifndef FIGURES
#define FIGURES figures
#endif
#ifndef CAPABILITY
#define CAPABILITY &capability
#endif
#ifndef CAPABILITIES
#define CAPABILITIES capabilities
#endif
#ifndef COMPONENT_SIZE
#define COMPONENT_SIZE sizeof(qhost_component)
#endif

typedef struct constant {
  uint64_t dimension;
  double point[]; /* [dimension] */
} constant;

/* What the host offers is a table with limits, and nothing for an id that is not its own. */
static int offers_figures(const qhost_host *host) {
  const qhost_host_figures *limits = host->capability(host, QHOST_DRAFT_FIGURES);
  return limits != NULL && limits->struct_size >= sizeof *limits && limits->figure_limit >= 1 &&
         limits->element_limit >= 1 && host->capability(host, "qhost.draft.figures/0") == NULL &&
         host->capability(host, "fixture.other/1") == NULL && host->capability(host, NULL) == NULL;
}

static qhost_status create(const qhost_request *request, const qhost_problem *problem,
                           void **instance, qhost_error *error) {
  size_t bytes = (size_t)problem->dimension * sizeof(double);
  constant *made = malloc(sizeof *made + bytes);
  if (made == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  if (!offers_figures(request->host)) {
    free(made);
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "the host offers other capabilities");
  }
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

static qhost_status figures(void *instance, const double *parameters, uint64_t parameter_count,
                            const qhost_figure *const **made, uint64_t *count,
                            qhost_error *error) {
  (void)instance;
  (void)parameters;
  (void)parameter_count;
  (void)error;
  *made = NULL;
  *count = 0;
  return QHOST_OK;
}

static const qhost_figures figures_table = {.struct_size = TABLE_SIZE, .figures = FIGURES};
static const qhost_capability capability = {
    .struct_size = sizeof capability, .flags = FLAGS, .id = ID, .table = TABLE};
static const qhost_capability other = {
    .struct_size = sizeof other, .id = OTHER_ID, .table = &figures_table};
static const qhost_capability *const capabilities[] = {CAPABILITY, &other};

static const qhost_optimizer table = {
    .struct_size = sizeof table, .create = create, .destroy = free, .ask = ask, .tell = tell};
static const qhost_component component = {
    .struct_size = COMPONENT_SIZE, .kind = QHOST_KIND_OPTIMIZER, .name = "fixture-capable",
    .summary = "Asks the starting point again and again.", .table = &table,
    .capability_count = 2, .capabilities = CAPABILITIES};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 1,
    .vendor = "fixture", .name = "capable", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

/* Keeps what a replaced definition no longer mentions. */
const void *const fixture_parts[] = {&capability, capabilities, (const void *)&figures_table};
qhost_status (*const fixture_figures)(void *, const double *, uint64_t, const qhost_figure *const **,
                                      uint64_t *, qhost_error *) = figures;

QHOST_DEFINE_ENTRY(plugin)
