/*
 * An optimizer, and a scenario, that do one bad thing after some queries, as the parameter `mode` says. What is
 * only untidy is done between queries, so that the points stay those of mode `none`.
 */
#define _GNU_SOURCE
#include "walk.h"

#include <dlfcn.h>
#include <fenv.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef MENDED
#define MENDED 0
#endif

#define MODES(M)                                                                                          \
  M(none) M(segfault) M(trap) M(loop) M(hog) M(overrun) M(throw) M(exit) M(quit) M(fork) M(socket)        \
  M(execute) M(kill) M(stop) M(abort) M(lie) M(alarm) M(write) M(overflow) M(thread)                      \
  M(close) M(rounding) M(locale) M(signals) M(print) M(linger) M(unmask)               \
  M(close_all) M(limits)
#define NUMBER(name) MODE_##name,
enum { MODES(NUMBER) MODE_COUNT };

typedef struct search {
  walk walk;
  long mode;
} search;

static volatile int sink;

static void *dereference(void *address) {
  *(volatile int *)address = 1;
  return NULL;
}

static void *sleep_on(void *unused) {
  for (;;) pause();
  return unused;
}

static void ignore(int number) { (void)number; }

/* Goes deeper until there is no stack left. */
static int descend(int depth) {
  volatile char room[4096];
  room[0] = (char)depth;
  return depth < 0 ? 0 : descend(depth + 1) + room[0];
}

/* A C++ exception, by the functions that a compiler calls for `throw 1`. */
static void throw_one(void) {
  void *library = dlopen("libstdc++.so.6", RTLD_NOW);
  if (library == NULL) abort();
  void *(*allocate)(size_t);
  void (*throw)(void *, void *, void (*)(void *));
  *(void **)&allocate = dlsym(library, "__cxa_allocate_exception");
  *(void **)&throw = dlsym(library, "__cxa_throw");
  throw(allocate(sizeof(int)), dlsym(library, "_ZTIi"), NULL);
}

static void hog(void) {
  for (;;) {
    char *memory = malloc(1 << 20);
    if (memory == NULL) abort();
    memset(memory, 1, 1 << 20);
  }
}

static void misbehave(search *s) {
  pthread_t thread;
  FILE *file;
  if (MENDED) return;
  switch (s->mode) {
    case MODE_segfault: dereference((void *)8); break;
    case MODE_trap: __builtin_trap();
    case MODE_loop: for (;;) sink++;
    case MODE_hog: hog(); break;
    case MODE_overrun: memset(s->walk.point, 1, (size_t)1 << 30); break;
    case MODE_throw: throw_one(); break;
    case MODE_exit: exit(0);
    case MODE_quit: _exit(0);
    case MODE_fork: if (fork() == 0) for (;;) pause(); break;
    case MODE_socket: sink = socket(AF_INET, SOCK_STREAM, 0); break;
    case MODE_execute: execl("/bin/true", "true", (char *)NULL); break;
    case MODE_kill: kill(getppid(), SIGKILL); break;
    case MODE_stop: raise(SIGSTOP); break;
    case MODE_abort: abort();
    case MODE_alarm: alarm(1); for (;;) sink++;
    case MODE_overflow: sink = descend(0); break;
    case MODE_thread: pthread_create(&thread, NULL, dereference, (void *)8); for (;;) pause();
    case MODE_write:
      file = fopen("hostile-was-here", "w");
      if (file != NULL) fputs("hostile\n", file), fclose(file);
      break;
    case MODE_close_all: for (int d = 0; d < 1 << 16; d++) close(d); break;
    case MODE_limits:
      // Not processor time: at 0 the system ends a process that has had a second of it at once, before anyone can put
      // the limit back.
      for (int resource = 0; resource < RLIM_NLIMITS; resource++)
        if (resource != RLIMIT_CPU) setrlimit(resource, &(struct rlimit){0, 0});
      break;
    case MODE_close: for (int d = 0; d < 64; d++) close(d); break;
    case MODE_rounding: fesetround(FE_UPWARD); break;
    case MODE_unmask: feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW); break;
    case MODE_locale: setlocale(LC_ALL, "C.UTF-8"), setlocale(LC_NUMERIC, "de_DE.UTF-8"); break;
    case MODE_signals:
      for (int number = 1; number < 32; number++) signal(number, ignore);
      break;
    case MODE_print: printf("{\"hostile\": 1}\n"), fflush(stdout); break;
    case MODE_linger: pthread_create(&thread, NULL, sleep_on, NULL); break;
    default: break;
  }
}

static void destroy(void *instance) {
  search *s = instance;
  if (s == NULL) return;
  free(s->walk.point);
  free(s);
}

static qhost_status create(const qhost_request *request, const qhost_problem *problem, void **instance,
                           qhost_error *error) {
  search *s = calloc(1, sizeof *s);
  (void)error;
  walk_begin(&s->walk, request, problem);
  s->mode = (long)request->values[0]->integer;
  *instance = s;
  return QHOST_OK;
}

static qhost_status ask(void *instance, qhost_query *query, qhost_error *error) {
  search *s = instance;
  (void)error;
  walk_on(&s->walk, 0.3, query);
  if (s->mode == MODE_lie && s->walk.queries == 10) query->point_count = (uint64_t)1 << 40;
  return QHOST_OK;
}

static qhost_status tell(void *instance, const qhost_answer *answer, qhost_error *error) {
  search *s = instance;
  (void)error;
  walk_told(&s->walk, answer);
  if (s->walk.queries == 10) misbehave(s);
  return QHOST_OK;
}

static qhost_status save(void *instance, const qhost_writer *writer, qhost_error *error) {
  (void)error;
  return walk_save(&((search *)instance)->walk, writer);
}

static qhost_status load(void *instance, const void *bytes, uint64_t count, qhost_error *error) {
  search *s = instance;
  if (count != walk_size(&s->walk)) return walk_refuse(error);
  walk_load(&s->walk, bytes);
  return QHOST_OK;
}

static const qhost_optimizer optimizer = {
    .struct_size = sizeof optimizer, .create = create, .destroy = destroy, .ask = ask, .tell = tell, .save = save,
    .load = load};

/* The sum of squares of two outputs; misbehaves at the tenth score. */
static qhost_status create_bowl(const qhost_request *request, void **instance, qhost_error *error) {
  search *s = calloc(1, sizeof *s);
  (void)error;
  s->mode = (long)request->values[0]->integer;
  s->walk.point = calloc(2, sizeof(double));
  *instance = s;
  return QHOST_OK;
}

static const qhost_dataset_description *describe(void *instance) {
  static const uint64_t extents[] = {2};
  static const double lower[] = {-2, -2}, upper[] = {2, 2};
  static qhost_shape output = {.struct_size = sizeof output, .rank = 1, .extents = extents};
  static const uint64_t none[] = {0};
  static qhost_shape input = {.struct_size = sizeof input, .rank = 1, .extents = none};
  static qhost_dataset_description description = {
      .struct_size = sizeof description, .task = QHOST_TASK_SCENARIO, .train_rows = 1, .output_lower = lower,
      .output_upper = upper};
  (void)instance;
  description.input = &input;
  description.output = &output;
  return &description;
}

static qhost_status read_rows(void *instance, uint32_t split, const uint64_t *rows, uint64_t count, float *inputs,
                              float *targets, qhost_error *error) {
  (void)instance, (void)split, (void)rows, (void)count, (void)inputs, (void)targets, (void)error;
  return QHOST_OK;
}

static qhost_status score(void *instance, uint32_t split, const uint64_t *rows, uint64_t row_count,
                          const double *outputs, uint64_t point_count, double *losses, qhost_error *error) {
  search *s = instance;
  (void)split, (void)rows, (void)row_count, (void)error;
  for (uint64_t p = 0; p < point_count; p++) {
    losses[p] = outputs[2 * p] * outputs[2 * p] + outputs[2 * p + 1] * outputs[2 * p + 1];
  }
  if (++s->walk.queries == 10) misbehave(s);
  return QHOST_OK;
}

static const qhost_dataset dataset = {
    .struct_size = sizeof dataset, .create = create_bowl, .destroy = destroy, .describe = describe,
    .read = read_rows, .score = score};

#define CHOICE(id) \
  static const qhost_choice choice_##id = {.struct_size = sizeof choice_##id, .name = #id, .documentation = #id};
MODES(CHOICE)
#define PLACE(id) &choice_##id,
static const qhost_choice *const choices[] = {MODES(PLACE)};
static const qhost_parameter mode = {
    .struct_size = sizeof mode, .type = QHOST_CHOICE, .name = "mode", .documentation = "What goes wrong.",
    .default_value = "none", .minimum = -INFINITY, .maximum = INFINITY, .choice_count = MODE_COUNT,
    .choices = choices};
static const qhost_parameter *const parameters[] = {&mode};
static const qhost_component search_component = {
    .struct_size = sizeof search_component, .kind = QHOST_KIND_OPTIMIZER, .name = "hostile",
    .summary = "Does one bad thing.", .parameter_count = 1, .parameters = parameters, .table = &optimizer};
static const qhost_component bowl_component = {
    .struct_size = sizeof bowl_component, .kind = QHOST_KIND_DATASET, .name = "hostile-bowl",
    .summary = "A bowl that does one bad thing.", .parameter_count = 1, .parameters = parameters,
    .table = &dataset};
static const qhost_component *const components[] = {&search_component, &bowl_component};
static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 2, .vendor = "fixture",
    .name = "hostile", .version = "0.1.0", .summary = "A fixture.", .licence = "Apache-2.0",
    .components = components};

QHOST_DEFINE_ENTRY(plugin)
