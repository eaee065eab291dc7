#define _GNU_SOURCE
#include "qhost_guard.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_PLUGIN_FAILED = 4, STACK_BYTES = 65536 };

typedef struct note {
  _Atomic(const char *) component;
  _Atomic(const char *) function;
  _Atomic uint64_t entries;
} note;

static _Thread_local note here;
static note *_Atomic watched;
static char remedy_text[1024];
static char handler_stack[STACK_BYTES];

void qhost_guard_enter(const char *component, const char *function) {
  atomic_store_explicit(&here.component, component, memory_order_relaxed);
  atomic_store_explicit(&here.function, function, memory_order_relaxed);
  atomic_store_explicit(&here.entries, atomic_load_explicit(&here.entries, memory_order_relaxed) + 1,
                        memory_order_relaxed);
}

void qhost_guard_leave(void) {
  atomic_store_explicit(&here.function, NULL, memory_order_relaxed);
}

const char *qhost_guard_component(void) {
  return atomic_load_explicit(&here.component, memory_order_relaxed);
}

const char *qhost_guard_function(void) {
  return atomic_load_explicit(&here.function, memory_order_relaxed);
}

static void put(const char *text) {
  size_t length = strlen(text);
  while (length > 0) {
    ssize_t written = write(STDERR_FILENO, text, length);
    if (written <= 0) return;
    text += written;
    length -= (size_t)written;
  }
}

static const char *signal_text(int number) {
  switch (number) {
    case SIGSEGV: return "SIGSEGV, a bad memory access";
    case SIGBUS: return "SIGBUS, a bad memory access";
    case SIGILL: return "SIGILL, a trap";
    case SIGTRAP: return "SIGTRAP, a trap";
    case SIGFPE: return "SIGFPE, a bad arithmetic operation";
    default: return "SIGABRT, it gave up";
  }
}

static void on_crash(int number) {
  const char *function = atomic_load_explicit(&here.function, memory_order_relaxed);
  if (function == NULL) {
    signal(number, SIG_DFL);
    raise(number);
    return;
  }
  put("\nerror: ");
  put(atomic_load_explicit(&here.component, memory_order_relaxed));
  put(" crashed in ");
  put(function);
  put(" (");
  put(signal_text(number));
  put("); ");
  put(remedy_text);
  put("\n");
  _exit(EXIT_PLUGIN_FAILED);
}

void qhost_guard_install(const char *remedy) {
  strncpy(remedy_text, remedy, sizeof remedy_text - 1);
  stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
  sigaltstack(&stack, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_crash;
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  const int numbers[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaction(numbers[i], &action, NULL);
}

void qhost_guard_watch(void) { atomic_store(&watched, &here); }

static double seconds_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Called by one watcher, about once a second: a call is as old as its entry number is unchanged. */
double qhost_guard_seconds(void) {
  static uint64_t last_entry;
  static double since;
  note *n = atomic_load(&watched);
  if (n == NULL || atomic_load_explicit(&n->function, memory_order_relaxed) == NULL) return 0;
  uint64_t entry = atomic_load_explicit(&n->entries, memory_order_relaxed);
  double now = seconds_now();
  if (entry != last_entry) {
    last_entry = entry;
    since = now;
  }
  return now - since;
}

void qhost_guard_give_up(double seconds, int code) {
  note *n = atomic_load(&watched);
  const char *function = n ? atomic_load_explicit(&n->function, memory_order_relaxed) : NULL;
  if (function == NULL) return;
  char text[64];
  snprintf(text, sizeof text, " for %.0f s; ", seconds);
  put("\nerror: ");
  put(atomic_load_explicit(&n->component, memory_order_relaxed));
  put(" has not returned from ");
  put(function);
  put(text);
  put(remedy_text);
  put("\n");
  _exit(code);
}
