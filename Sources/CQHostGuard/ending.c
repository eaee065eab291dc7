/* Ends of the process that the host has not asked for, and copies of it. */
#define _GNU_SOURCE
#include "qhost_guard.h"

#include "note.h"

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

static _Atomic int is_finished;
static _Atomic int is_copy;
static _Atomic int closing[QHOST_DESCRIPTOR_LIMIT];
static _Atomic int closing_count;

void qhost_guard_finish(void) { atomic_store(&is_finished, 1); }

void qhost_guard_close_in_copies(int32_t descriptor) {
  int place = atomic_fetch_add(&closing_count, 1);
  if (place < QHOST_DESCRIPTOR_LIMIT) atomic_store(&closing[place], descriptor);
}

/* Somebody has called exit(): a thread that is in a component, or one that a component has started. */
static void on_exit_of_process(void) {
  if (atomic_load(&is_finished) || atomic_load(&is_copy)) return;
  qhost_note *watched = atomic_load(&qhost_watched);
  const char *function = qhost_function_of(&qhost_here);
  qhost_put("\nerror: ");
  if (function != NULL) {
    qhost_put(qhost_component_of(&qhost_here));
    qhost_put(" ended the program in ");
    qhost_put(function);
  } else if (watched != NULL && qhost_function_of(watched) != NULL) {
    qhost_put("a thread that is not the host's ended the program while ");
    qhost_put(qhost_component_of(watched));
    qhost_put(" was in ");
    qhost_put(qhost_function_of(watched));
  } else {
    qhost_put("a plugin ended the program");
  }
  qhost_put(", by exit(); ");
  qhost_put(qhost_remedy);
  qhost_put("\n");
  _exit(QHOST_EXIT_PLUGIN_FAILED);
}

/* In the copy: it must not answer in the host's place, nor keep pipes open. */
static void on_copy(void) {
  atomic_store(&is_copy, 1);
  int count = atomic_load(&closing_count);
  for (int i = 0; i < count && i < QHOST_DESCRIPTOR_LIMIT; i++) close(atomic_load(&closing[i]));
  atomic_fetch_or(&qhost_attention, QHOST_ATTENTION_FORKED);
}

void qhost_end_copy(void) {
  qhost_put("note: ");
  qhost_put(qhost_component_of(&qhost_here));
  qhost_put(" made a copy of the program in ");
  qhost_put(atomic_load(&qhost_here.function));
  qhost_put(" by fork(); the copy was ended when it came back\n");
  _exit(QHOST_EXIT_PLUGIN_FAILED);
}

static void begin(void) {
  atexit(on_exit_of_process);
  pthread_atfork(NULL, NULL, on_copy);
}

__attribute__((visibility("hidden"))) void qhost_watch_endings(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, begin);
}
