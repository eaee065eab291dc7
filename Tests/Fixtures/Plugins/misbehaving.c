/* An optimizer that does one thing wrong, which its parameter `fault` picks. */
#include <qhost.h>

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

/* The name of a fault and what it is; the order is that of the enumeration. */
#define FAULTS(X)                                                    \
  X(NONE, "none", "Nothing: it asks its starting point.")            \
  X(NAN_POINT, "nan", "It asks a point that is not a number.")       \
  X(NO_POINTS, "no-points", "It asks zero points.")                  \
  X(NULL_POINTS, "null-points", "It asks one point at NULL.")        \
  X(CUT_INDEX, "cut-index", "It cuts along a parameter beyond n.")   \
  X(MOVE_INDEX, "move-index", "It moves a parameter beyond n.")      \
  X(NO_BASE, "no-base", "It cuts without a base point.")             \
  X(TWO_GRADIENTS, "two-gradients", "It asks two gradients at once.")\
  X(UNKNOWN_KIND, "unknown-kind", "It asks a query of no kind.")     \
  X(UNKNOWN_BATCH, "unknown-batch", "It asks for no known batch.")   \
  X(UNKNOWN_STATUS, "unknown-status", "It returns an odd status.")   \
  X(FAIL, "fail", "It fails in ask and says why.")                   \
  X(FAIL_SILENTLY, "fail-silently", "It fails in ask without words.")\
  X(FAIL_IN_CREATE, "fail-in-create", "It fails in create.")         \
  X(FAIL_IN_TELL, "fail-in-tell", "It fails in tell and says why.")  \
  X(NO_INSTANCE, "no-instance", "It makes no instance.")             \
  X(CRASH, "crash", "It writes to address zero in ask.")             \
  X(CRASH_IN_TELL, "crash-in-tell", "It aborts in tell.")            \
  X(HANG, "hang", "It never returns from ask.")                      \
  X(HANG_IN_TELL, "hang-in-tell", "It never returns from tell.")     \
  X(NAN_RECOMMENDED, "nan-recommended", "It recommends NaN.")

#define AS_CONSTANT(constant, name, text) constant,
enum { FAULTS(AS_CONSTANT) FAULT_COUNT };

typedef struct misbehaving {
  int64_t fault;
  uint64_t dimension;
  uint64_t index[1];
  double offset[1];
  double point[]; /* [2 x dimension] */
} misbehaving;

static void hang(void) {
  for (;;) pause();
}

static qhost_status create(const qhost_request *request, const qhost_problem *problem,
                           void **instance, qhost_error *error) {
  size_t bytes = (size_t)problem->dimension * sizeof(double);
  misbehaving *m = malloc(sizeof *m + 2 * bytes);
  if (m == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  m->fault = request->values[0]->integer;
  m->dimension = problem->dimension;
  m->index[0] = 0;
  m->offset[0] = 0.5;
  memcpy(m->point, problem->initial, bytes);
  memcpy(m->point + problem->dimension, problem->initial, bytes);
  if (m->fault == FAIL_IN_CREATE) {
    free(m);
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "the flux capacitor is missing");
  }
  if (m->fault == NO_INSTANCE) {
    free(m);
    return QHOST_OK;
  }
  *instance = m;
  return QHOST_OK;
}

static void ask_cut(misbehaving *m, qhost_query *query) {
  query->kind = QHOST_QUERY_CUTS;
  query->base = m->fault == NO_BASE ? NULL : m->point;
  query->cut_count = 1;
  query->cut_indices = m->index;
  query->offset_count = 1;
  query->offsets = m->offset;
  if (m->fault == CUT_INDEX) m->index[0] = m->dimension;
  if (m->fault == MOVE_INDEX) {
    m->index[0] = UINT64_MAX;
    query->cut_count = 0;
    query->move_count = 1;
    query->move_indices = m->index;
    query->move_deltas = m->offset;
  }
}

static qhost_status ask(void *instance, qhost_query *query, qhost_error *error) {
  misbehaving *m = instance;
  query->kind = QHOST_QUERY_POINTS;
  query->points = m->point;
  query->point_count = 1;
  switch (m->fault) {
    case NAN_POINT: m->point[m->dimension - 1] = NAN; break;
    case NO_POINTS: query->point_count = 0; break;
    case NULL_POINTS: query->points = NULL; break;
    case NO_BASE: case CUT_INDEX: case MOVE_INDEX: ask_cut(m, query); break;
    case TWO_GRADIENTS:
      query->kind = QHOST_QUERY_GRADIENT;
      query->point_count = 2;
      break;
    case UNKNOWN_KIND: query->kind = 77; break;
    case UNKNOWN_BATCH: query->batch = 9; break;
    case UNKNOWN_STATUS: return 99;
    case FAIL:
      return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "the flux capacitor is empty");
    case FAIL_SILENTLY: return QHOST_ERROR;
    case CRASH: *(volatile int *)(uintptr_t)m->index[0] = 1; break;
    case HANG: hang(); break;
    default: break;
  }
  return QHOST_OK;
}

static qhost_status tell(void *instance, const qhost_answer *answer, qhost_error *error) {
  misbehaving *m = instance;
  (void)answer;
  if (m->fault == FAIL_IN_TELL) {
    return qhost_fail(error, QHOST_FATAL, QHOST_ERROR_PLUGIN, "the flux capacitor is on fire");
  }
  if (m->fault == CRASH_IN_TELL) abort();
  if (m->fault == HANG_IN_TELL) hang();
  return QHOST_OK;
}

static qhost_status recommend(void *instance, double *point, qhost_error *error) {
  misbehaving *m = instance;
  (void)error;
  memcpy(point, m->point, (size_t)m->dimension * sizeof(double));
  if (m->fault == NAN_RECOMMENDED) point[0] = NAN;
  return QHOST_OK;
}

static const qhost_optimizer table = {
    .struct_size = sizeof table, .create = create, .destroy = free, .ask = ask, .tell = tell,
    .recommend = recommend};

#define AS_CHOICE(constant, text, words)                                           \
  static const qhost_choice choice_##constant = {                                  \
      .struct_size = sizeof(qhost_choice), .name = text, .documentation = words};
FAULTS(AS_CHOICE)
#define AS_POINTER(constant, text, words) &choice_##constant,
static const qhost_choice *const choices[] = {FAULTS(AS_POINTER)};

static const qhost_parameter fault = {
    .struct_size = sizeof fault, .type = QHOST_CHOICE, .choice_count = FAULT_COUNT,
    .name = "fault", .documentation = "What it does wrong.", .default_value = "none",
    .choices = choices};
static const qhost_parameter *const parameters[] = {&fault};

static const qhost_component component = {
    .struct_size = sizeof component, .parameter_count = 1, .kind = QHOST_KIND_OPTIMIZER,
    .name = "fixture-misbehaving", .summary = "Does one thing wrong.", .parameters = parameters,
    .table = &table};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 1,
    .vendor = "fixture", .name = "misbehaving", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
