/*
 * An optimizer with one fault, by its number; 0: none. Each fault is what one check of `qhost validate` is for.
 */
#define _GNU_SOURCE
#include <qhost.h>

#include <fcntl.h>
#include <fenv.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef FAULT
#define FAULT 0
#endif

typedef struct search {
  const qhost_host *host;
  uint64_t n, queries, drawn;
  double *lower, *upper, *point, *best, least;
  uint32_t *kinds;
} search;

static void destroy(void *instance) {
  search *s = instance;
  if (s == NULL) return;
  free(s->lower);
  free(s->kinds);
  if (FAULT != 7) free(s);
}

static void *sleep_on(void *unused) {
  for (;;) pause();
  return unused;
}

static void ignore(int number) { (void)number; }

static qhost_status create(const qhost_request *request, const qhost_problem *problem, void **instance,
                           qhost_error *error) {
  uint64_t n = problem->dimension;
  search *s = calloc(FAULT == 7 ? 1024 : 1, sizeof *s);
  if (s == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  if (FAULT == 7) memset(s, 1, 1024 * sizeof *s), memset(s, 0, sizeof *s);
  s->host = request->host;
  s->n = n;
  s->least = INFINITY;
  s->lower = calloc(4 * n, sizeof(double));
  s->kinds = calloc(n, sizeof *s->kinds);
  s->upper = s->lower + n;
  s->point = s->upper + n;
  s->best = s->point + n;
  memcpy(s->lower, problem->lower, n * sizeof(double));
  memcpy(s->upper, problem->upper, n * sizeof(double));
  memcpy(s->best, problem->initial, n * sizeof(double));
  memcpy(s->kinds, problem->kinds, n * sizeof *s->kinds);
  *instance = s;
  return QHOST_OK;
}

static void misbehave(void) {
  pthread_t thread;
  switch (FAULT) {
    case 1: printf("thinking\n"); break;
    case 2: fesetround(FE_UPWARD); break;
    case 3: setlocale(LC_ALL, "C.UTF-8"), setlocale(LC_NUMERIC, "POSIX"); break;
    case 4: signal(SIGUSR1, ignore); break;
    case 5: pthread_create(&thread, NULL, sleep_on, NULL); break;
    case 6: (void)!open("/dev/null", O_RDONLY); break;
    case 12: umask(077); break;
    case 13: close(STDOUT_FILENO); break;
    case 21: if (fork() == 0) sleep(20), _exit(0); break;
    default: break;
  }
}

static qhost_status ask(void *instance, qhost_query *query, qhost_error *error) {
  search *s = instance;
  (void)error;
  if (s->queries == 0) misbehave();
  s->host->random_normal(s->host, s->queries, 0, s->n, s->point);
  for (uint64_t i = 0; i < s->n; i++) {
    double x = s->best[i] + 0.5 * s->point[i];
    if (FAULT == 9 && s->host->thread_count > 1) x += 1e-9 * (double)((uintptr_t)s->host->clock_nanoseconds(s->host) % 1000);
    if (s->kinds[i] != QHOST_PARAMETER_REAL && FAULT != 16) x = floor(x + 0.5);
    if (FAULT != 8) x = fmin(fmax(x, s->lower[i]), s->upper[i]);
    s->point[i] = x;
  }
  query->kind = QHOST_QUERY_POINTS;
  query->points = s->point;
  query->point_count = 1;
  return QHOST_OK;
}

static qhost_status tell(void *instance, const qhost_answer *answer, qhost_error *error) {
  search *s = instance;
  (void)error;
  s->queries += 1;
  if (answer->losses[0] < s->least) {
    s->least = answer->losses[0];
    memcpy(s->best, s->point, s->n * sizeof(double));
  }
  return QHOST_OK;
}

static qhost_status recommend(void *instance, double *point, qhost_error *error) {
  search *s = instance;
  (void)error;
  memcpy(point, s->best, s->n * sizeof(double));
  if (FAULT == 10 && s->queries == 0) point[0] = NAN;
  return QHOST_OK;
}

static qhost_status save(void *instance, const qhost_writer *writer, qhost_error *error) {
  search *s = instance;
  (void)error;
  writer->write(writer, &s->queries, sizeof s->queries);
  writer->write(writer, &s->least, sizeof s->least);
  writer->write(writer, s->best, s->n * sizeof(double));
  return QHOST_OK;
}

static qhost_status load(void *instance, const void *bytes, uint64_t count, qhost_error *error) {
  search *s = instance;
  uint64_t size = sizeof s->queries + sizeof s->least + s->n * sizeof(double);
  if (count != size && !(FAULT == 11 && count < size)) {
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "the state is of another size; start anew");
  }
  if (count == size && FAULT != 14) {
    memcpy(&s->queries, bytes, sizeof s->queries);
    memcpy(&s->least, (const char *)bytes + 8, sizeof s->least);
    memcpy(s->best, (const char *)bytes + 16, s->n * sizeof(double));
  }
  return QHOST_OK;
}

static const qhost_optimizer table = {
    .struct_size = sizeof table, .create = create, .destroy = destroy, .ask = ask, .tell = tell,
    .recommend = recommend, .save = save, .load = load};
static const qhost_parameter step = {
    .struct_size = sizeof step, .type = QHOST_REAL, .name = "step",
    .documentation = FAULT == 15 ? "" : "How far a point is from the best one.", .default_value = "0.5",
    .minimum = 0, .maximum = FAULT == 17 ? 0.25 : 10};
static const qhost_parameter *const parameters[] = {&step};
static const qhost_component component = {
    .struct_size = sizeof component, .kind = QHOST_KIND_OPTIMIZER, .name = "fixture-faulty",
    .summary = FAULT == 18 ? "searches" : "Points about the best one.", .parameter_count = 1,
    .parameters = parameters, .table = &table};
static const qhost_component *const components[] = {&component};
static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 1, .vendor = "fixture",
    .name = "faulty", .version = FAULT == 19 ? "new" : "0.1.0", .summary = "A fixture.",
    .licence = FAULT == 20 ? "see file?" : "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
