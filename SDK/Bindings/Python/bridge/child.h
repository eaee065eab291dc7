/* A Python program that holds one object of the user's, asked over a socket, with arrays in memory that both see. */
#ifndef QHOST_PYTHON_CHILD_H
#define QHOST_PYTHON_CHILD_H

#include <qhost.h>

#include <pthread.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

typedef struct child {
  pthread_mutex_t turn; /* one question at a time */
  const qhost_host *host;
  int process, questions, answers, file;
  char *memory; /* what both see; begins with the arrays of the present question */
  size_t size;
  int is_made;  /* the object is there */
  int is_ended; /* its end is told once, then every question fails */
  char reply[4096];
  char subject[256]; /* what messages call it */
} child;

/* Values of the four parameters that every component here has, in their order. */
enum { VALUE_FILE, VALUE_CLASS, VALUE_OPTIONS, VALUE_PYTHON };

/* Starts Python for a request; NULL with the reason in `error`. */
child *child_start(const qhost_request *request, const char *kind, qhost_error *error);

/* Ends it; NULL is allowed. */
void child_end(child *c);

/* Makes the memory at least so large. */
qhost_status child_reserve(child *c, size_t bytes, qhost_error *error);

/*
 * Asks a question, one line, and waits for the answer in c->reply, whose first word is checked against `expected`
 * (words with a space between; NULL: any). What the object raised becomes the error.
 */
qhost_status child_ask(child *c, const char *expected, qhost_error *error, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* An error with a formatted message. */
qhost_status child_fail(qhost_error *error, int32_t kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#pragma GCC visibility pop

#endif
