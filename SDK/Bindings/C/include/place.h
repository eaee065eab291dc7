/* For the library's own Swift: what it has in C. */
#ifndef LIBQHOST_PLACE_H
#define LIBQHOST_PLACE_H

#pragma GCC visibility push(hidden)

/* Sets this thread's sentence. */
void libqhost_set_error(const char *text);

/* The path of the library, as it was loaded. */
const char *libqhost_place(void);

#pragma GCC visibility pop

#endif
