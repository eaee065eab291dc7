/* What the parts of the guard share; no part of its interface. */
#ifndef QHOST_GUARD_NOTE_H
#define QHOST_GUARD_NOTE_H

#include <stdatomic.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

/* What a thread is in, or was in last. */
typedef struct qhost_note {
  _Atomic(const char *) component;
  _Atomic(const char *) component_before; /* another one that it was in before that */
  _Atomic(const char *) function;
  _Atomic uint64_t entries;
  _Atomic int is_inside;
} qhost_note;

enum { QHOST_EXIT_PLUGIN_FAILED = 4, QHOST_DESCRIPTOR_LIMIT = 8 };

/* What the next thread that comes back from a call has to look at. */
enum { QHOST_ATTENTION_SETTLE = 1, QHOST_ATTENTION_FORKED = 2 };

extern _Thread_local qhost_note qhost_here;
extern qhost_note *_Atomic qhost_watched;
extern _Atomic int qhost_attention;
/* Whether this is the host's guard, which keeps the state of the process; not that of a plugin. */
extern _Atomic int qhost_keeps_state;

/* What ends each sentence. */
extern char qhost_remedy[1024];

/* Writes to the host's own standard error; nothing here allocates. */
void qhost_put(const char *text);

/* Puts back what a component may not change; `is_thorough`: what takes system calls to see, too, which may be older. */
void qhost_restore_state(int is_thorough);

/* Ends a copy of the process that a component made and that has come back from it. */
void qhost_end_copy(void);

static inline const char *qhost_component_of(qhost_note *n) {
  return atomic_load_explicit(&n->component, memory_order_relaxed);
}
static inline const char *qhost_function_of(qhost_note *n) {
  return atomic_load_explicit(&n->is_inside, memory_order_relaxed)
             ? atomic_load_explicit(&n->function, memory_order_relaxed)
             : NULL;
}

#pragma GCC visibility pop

#endif
