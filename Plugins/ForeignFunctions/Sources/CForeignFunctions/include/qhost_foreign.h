/* What a function that knows nothing of qhost is checked by, before it is called. */
#ifndef QHOST_FOREIGN_H
#define QHOST_FOREIGN_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

#define QHOST_TRIAL_DONE 0     /* it has returned */
#define QHOST_TRIAL_SIGNAL 1   /* it ended by the signal `detail` */
#define QHOST_TRIAL_EXIT 2     /* it ended the process with the code `detail` */
#define QHOST_TRIAL_TIMEOUT 3  /* it has not returned in time */
#define QHOST_TRIAL_NONE 4     /* there is no child process: errno is `detail` */

/*
 * Calls body(context) in a child process and waits for it at most `seconds`. What the body does to memory and files
 * stays in the child. Returns QHOST_TRIAL_..., with the detail beside it.
 */
int qhost_trial(void (*body)(void *context), void *context, double seconds, int *detail);

#define QHOST_PROTOTYPE_FOUND 0
#define QHOST_PROTOTYPE_ABSENT 1 /* the library has no debug information of the function, or none at all */

/*
 * The type of a function by the DWARF debug information of a shared library, which is loaded: of the result, then of each argument,
 * with a space between. A type is a letter (f a real number, i and u integers, v void, s a struct or union, x another)
 * and its bytes, after a p for each pointer; variable arguments are a dot. Truncated to `capacity`.
 */
int qhost_prototype(const char *library, const char *symbol, char *text, size_t capacity);

#pragma GCC visibility pop

#endif
