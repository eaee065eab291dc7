/*
 * Says who crashed, who ended the program, and who has changed what others rely on.
 *
 * Each thread notes the foreign call that it is in. Handlers for fatal signals and for the end of the process turn
 * the note into one sentence and exit code 4. When a thread comes back from a call, what is common to all in the
 * process is as it was before: how the processor rounds, the locale, handlers of signals.
 */
#ifndef QHOST_GUARD_H
#define QHOST_GUARD_H

#include <stdint.h>

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/* Notes that this thread is in `function` of `component`; both must outlive the process. [any] */
void qhost_guard_enter(const char *component, const char *function);

/* Notes that this thread is back; puts back the processor's state and the locale. [any] */
void qhost_guard_leave(void);

/* The same after a call that is rare: puts back handlers of signals, limits and the like, too. [any] */
void qhost_guard_leave_settled(void);

/* Puts back the same before the host writes what it has. [any] */
void qhost_guard_settle(void);

/* What this thread is in, for a thread that helps it; NULL when in no call. [any] */
const char *qhost_guard_component(void);
const char *qhost_guard_function(void);

/* Installs the handlers of fatal signals. `remedy` is copied; it ends the sentence. Call again to change it. */
void qhost_guard_install(const char *remedy);

/* Gives a thread of the host the memory on which it can report that its stack has run over. */
void qhost_guard_begin_thread(void);

/* Takes it back before the thread ends. */
void qhost_guard_end_thread(void);

/* A library that was loaded: the addresses that its code has, for a crash in a thread of its own. */
void qhost_guard_note_library(const char *name, const void *symbol);

/*
 * Keeps the present state of the process as the one that is put back; from then on an exit that
 * qhost_guard_finish() has not announced is a component's. Call again after a change of the host's own.
 */
void qhost_guard_keep_state(void);

/* Announces that the host is about to end the process. */
void qhost_guard_finish(void);

/*
 * Is called with what a component had changed and the guard has put back. `other` is NULL where the component is known;
 * else it is that or the other one, which was called before. From any thread, perhaps again and again.
 */
void qhost_guard_set_observer(void (*observer)(const char *component, const char *function, const char *what,
                                               const char *other));

/* Where sentences are written; standard error unless it is set. */
void qhost_guard_set_output(int32_t descriptor);

/* Has a copy of the process that a component makes by fork() close this descriptor at once. */
void qhost_guard_close_in_copies(int32_t descriptor);

/* Seconds that the watched thread has spent in its present call, 0 when in none. [any] */
double qhost_guard_seconds(void);

/* Makes the calling thread the watched one. */
void qhost_guard_watch(void);

/* Has the next thread that comes back from a call put back what is looked at rarely. [any] */
void qhost_guard_request_settling(void);

/* Writes "COMPONENT has not returned from FUNCTION ..." and ends the process with `code`. [any] */
void qhost_guard_give_up(double seconds, int code);

/*
 * Has the system kill this process when the one that started it ends, where the system can do that.
 * The caller then checks getppid(): the parent may have ended just before.
 */
void qhost_guard_follow_parent(void);

#pragma GCC visibility pop

#endif
