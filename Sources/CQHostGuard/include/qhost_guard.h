/*
 * Says who crashed: each thread notes the foreign call it is in, and a handler for fatal signals
 * turns the note into one sentence and exit code 4.
 */
#ifndef QHOST_GUARD_H
#define QHOST_GUARD_H

#include <stdint.h>

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/* Notes that this thread is in `function` of `component`; both must outlive the call. [any] */
void qhost_guard_enter(const char *component, const char *function);

/* Notes that this thread is back. [any] */
void qhost_guard_leave(void);

/* What this thread is in, for a thread that helps it; NULL when in no call. [any] */
const char *qhost_guard_component(void);
const char *qhost_guard_function(void);

/* Installs the handler. `remedy` is copied; it ends the sentence. Call again to change it. */
void qhost_guard_install(const char *remedy);

/* Seconds that the watched thread has spent in its present call, 0 when in none. [any] */
double qhost_guard_seconds(void);

/* Makes the calling thread the watched one. */
void qhost_guard_watch(void);

/* Writes "COMPONENT has not returned from FUNCTION ..." and ends the process with `code`. [any] */
void qhost_guard_give_up(double seconds, int code);

/*
 * Has the system kill this process when the one that started it ends, where the system can do that.
 * The caller then checks getppid(): the parent may have ended just before.
 */
void qhost_guard_follow_parent(void);

#pragma GCC visibility pop

#endif
