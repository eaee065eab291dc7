/*
 * An optimizer with one fault, by its number; 0: none. Each fault is what one check of `qhost validate` is for.
 */
#define _GNU_SOURCE
#include "walk.h"

#include <qhost/draft/determinism.h>

#include <fcntl.h>
#include <fenv.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifndef FAULT
#define FAULT 0
#endif

typedef struct search {
  walk walk;
  double *lower, *upper; /* [n] */
  uint32_t *kinds;
  uint64_t restarts; /* 30: it is in no saved state */
} search;

static void destroy(void *instance) {
  search *s = instance;
  if (s == NULL) return;
  free(s->walk.point);
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
  s->lower = calloc(2 * n, sizeof(double));
  s->kinds = calloc(n, sizeof *s->kinds);
  s->upper = s->lower + n;
  walk_begin(&s->walk, request, problem);
  memcpy(s->lower, problem->lower, n * sizeof(double));
  memcpy(s->upper, problem->upper, n * sizeof(double));
  memcpy(s->kinds, problem->kinds, n * sizeof *s->kinds);
  *instance = s;
  return QHOST_OK;
}

/* Waits for 0.4 s, in slices between which it looks whether it is to stop if it is polite. */
static void linger(const qhost_host *host, int is_polite) {
  const struct timespec slice = {.tv_nsec = 10000000};
  for (int i = 0; i < 40; i++) {
    if (is_polite && host->is_cancelled(host)) return;
    nanosleep(&slice, NULL);
  }
}

static void misbehave(const qhost_host *host) {
  pthread_t thread;
  int number;
  switch (FAULT) {
    case 1: printf("thinking\n"); break;
    case 2: fesetround(FE_UPWARD); break;
    case 3: setlocale(LC_ALL, "C.UTF-8"), setlocale(LC_NUMERIC, "POSIX"); break;
    case 4: signal(SIGUSR1, ignore); break;
    case 5: pthread_create(&thread, NULL, sleep_on, NULL); break;
    case 6: (void)!open("/dev/null", O_RDONLY); break;
    case 12: umask(077); break;
    case 13: close(STDOUT_FILENO); break;
    case 26: linger(host, 0); break;
    case 27: linger(host, 1); break;
    case 28:
      number = socket(AF_INET, SOCK_STREAM, 0);
      if (number >= 0) close(number);
      break;
    case 21: if (fork() == 0) sleep(20), _exit(0); break;
    default: break;
  }
}

/* What a seed does not repeat: 9, on more threads; 22 and 23, in another process; 24 and 25, at another time. */
static double unrepeatable(const qhost_host *host) {
  uint64_t now = host->clock_nanoseconds(host);
  if (FAULT == 9 && host->thread_count > 1) return 1e-9 * (double)(now % 1000);
  if (FAULT == 22 || FAULT == 23) return 1e-9 * (double)(getpid() % 1000);
  if (FAULT == 24 || FAULT == 25) return 1e-9 * (double)(now % 1000);
  return 0;
}

/* 31 trusts the number of queries in a state as an index. */
static double width(const search *s) {
  static const double widths[4096] = {0.01};
  if (FAULT == 30) return 1e-3 * (double)s->restarts;
  return FAULT == 31 ? widths[s->walk.queries] : 0;
}

static qhost_status ask(void *instance, qhost_query *query, qhost_error *error) {
  search *s = instance;
  (void)error;
  if (s->walk.queries == 0) misbehave(s->walk.host);
  walk_on(&s->walk, 0.5, query);
  for (uint64_t i = 0; i < s->walk.n; i++) {
    double x = s->walk.point[i] + unrepeatable(s->walk.host) + width(s);
    if (s->kinds[i] != QHOST_PARAMETER_REAL && FAULT != 16) x = floor(x + 0.5);
    if (FAULT != 8) x = fmin(fmax(x, s->lower[i]), s->upper[i]);
    s->walk.point[i] = x;
  }
  return QHOST_OK;
}

static qhost_status tell(void *instance, const qhost_answer *answer, qhost_error *error) {
  search *s = instance;
  (void)error;
  walk_told(&s->walk, answer);
  if (s->walk.queries % 100 == 0) s->restarts++;
  return QHOST_OK;
}

static qhost_status recommend(void *instance, double *point, qhost_error *error) {
  search *s = instance;
  (void)error;
  memcpy(point, s->walk.best, s->walk.n * sizeof(double));
  if (FAULT == 10 && s->walk.queries == 0) point[0] = NAN;
  return QHOST_OK;
}

static qhost_status save(void *instance, const qhost_writer *writer, qhost_error *error) {
  (void)error;
  return walk_save(&((search *)instance)->walk, writer);
}

static qhost_status load(void *instance, const void *bytes, uint64_t count, qhost_error *error) {
  search *s = instance;
  uint64_t size = walk_size(&s->walk);
  if (count != size && !(FAULT == 11 && count < size)) return walk_refuse(error);
  if (count == size && FAULT != 14) walk_load(&s->walk, bytes);
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
/* 23 and 24 say that a seed repeats them within a process; 25 says nothing of the kind, 29 a level that is none. */
static const qhost_determinism promise = {
    .struct_size = sizeof promise,
    .level = FAULT == 29 ? 7 : FAULT == 25 ? QHOST_DETERMINISM_NONE : QHOST_DETERMINISM_SESSION,
    .reason = "It looks at what is around it."};
static const qhost_capability repeats = {
    .struct_size = sizeof repeats, .id = QHOST_DRAFT_DETERMINISM, .table = &promise};
static const qhost_capability *const capabilities[] = {&repeats};
static const qhost_component component = {
    .struct_size = sizeof component, .kind = QHOST_KIND_OPTIMIZER, .name = "fixture-faulty",
    .summary = FAULT == 18 ? "searches" : "Points about the best one.", .parameter_count = 1,
    .parameters = parameters, .table = &table,
    .capability_count = FAULT == 23 || FAULT == 24 || FAULT == 25 || FAULT == 29, .capabilities = capabilities};
static const qhost_component *const components[] = {&component};
static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 1, .vendor = "fixture",
    .name = "faulty", .version = FAULT == 19 ? "new" : "0.1.0", .summary = "A fixture.",
    .licence = FAULT == 20 ? "see file?" : "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
