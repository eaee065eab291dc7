#define _GNU_SOURCE
#include "qhost_guard.h"

#include "note.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

_Thread_local qhost_note qhost_here;
qhost_note *_Atomic qhost_watched;
_Atomic int qhost_attention;
_Atomic int qhost_keeps_state;
char qhost_remedy[1024];
static _Atomic int output = STDERR_FILENO;

void qhost_guard_enter(const char *component, const char *function) {
  const char *before = atomic_load_explicit(&qhost_here.component, memory_order_relaxed);
  if (before != component) {
    atomic_store_explicit(&qhost_here.component_before, before, memory_order_relaxed);
    atomic_store_explicit(&qhost_here.component, component, memory_order_relaxed);
  }
  atomic_store_explicit(&qhost_here.function, function, memory_order_relaxed);
  atomic_store_explicit(&qhost_here.entries,
                        atomic_load_explicit(&qhost_here.entries, memory_order_relaxed) + 1,
                        memory_order_relaxed);
  atomic_store_explicit(&qhost_here.is_inside, 1, memory_order_relaxed);
}

static inline void leave(int is_thorough) {
  int attention = atomic_load_explicit(&qhost_attention, memory_order_relaxed);
  if (atomic_load_explicit(&qhost_keeps_state, memory_order_relaxed)) {
    if (__builtin_expect(attention != 0, 0)) {
      if (attention & QHOST_ATTENTION_FORKED) qhost_end_copy();
      atomic_store_explicit(&qhost_attention, 0, memory_order_relaxed);
      is_thorough = 1;
    }
    qhost_restore_state(is_thorough);
  }
  atomic_store_explicit(&qhost_here.is_inside, 0, memory_order_relaxed);
}

void qhost_guard_leave(void) { leave(0); }

void qhost_guard_leave_settled(void) { leave(1); }

void qhost_guard_settle(void) {
  if (atomic_load_explicit(&qhost_keeps_state, memory_order_relaxed)) qhost_restore_state(1);
}

void qhost_guard_request_settling(void) {
  atomic_fetch_or_explicit(&qhost_attention, QHOST_ATTENTION_SETTLE, memory_order_relaxed);
}

const char *qhost_guard_component(void) { return qhost_component_of(&qhost_here); }

const char *qhost_guard_function(void) { return qhost_function_of(&qhost_here); }

void qhost_guard_set_output(int32_t descriptor) { atomic_store(&output, descriptor); }

void qhost_put(const char *text) {
  if (text == NULL) return;
  size_t length = strlen(text);
  while (length > 0) {
    int descriptor = atomic_load(&output);
    ssize_t written = write(descriptor, text, length);
    /* A component may close what is not its own. */
    if (written < 0 && descriptor != STDERR_FILENO) written = write(STDERR_FILENO, text, length);
    if (written <= 0) return;
    text += written;
    length -= (size_t)written;
  }
}

void qhost_guard_watch(void) { atomic_store(&qhost_watched, &qhost_here); }

static double seconds_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Called by one watcher, about once a second: a call is as old as its entry number is unchanged. */
double qhost_guard_seconds(void) {
  static uint64_t last_entry;
  static double since;
  qhost_note *n = atomic_load(&qhost_watched);
  if (n == NULL || qhost_function_of(n) == NULL) return 0;
  uint64_t entry = atomic_load_explicit(&n->entries, memory_order_relaxed);
  double now = seconds_now();
  if (entry != last_entry) {
    last_entry = entry;
    since = now;
  }
  return now - since;
}

void qhost_guard_give_up(double seconds, int code) {
  qhost_note *n = atomic_load(&qhost_watched);
  const char *function = n ? qhost_function_of(n) : NULL;
  if (function == NULL) return;
  char text[64];
  snprintf(text, sizeof text, " for %.0f s; ", seconds);
  qhost_put("\nerror: ");
  qhost_put(qhost_component_of(n));
  qhost_put(" has not returned from ");
  qhost_put(function);
  qhost_put(text);
  qhost_put(qhost_remedy);
  qhost_put("\n");
  _exit(code);
}
