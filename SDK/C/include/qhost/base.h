/*
 * qhost/base.h: versions, statuses, errors, shapes.
 *
 * Conventions of every header here
 *   - Only fixed-width integers, double, float, pointers with counts, and NUL-terminated UTF-8 text.
 *   - Every struct starts with `struct_size`, the size its author compiled. Members are only ever
 *     appended; a reader takes min(struct_size, its own size) bytes and treats the rest as zero.
 *   - Arrays of structs are arrays of pointers to structs, so that elements may grow.
 *   - Arrays of numbers are dense and row-major: the last extent named is the contiguous one.
 *   - Nothing throws, longjmps or unwinds across a function of this interface.
 *
 * Thread tags
 *   [owner]   one thread at a time for each instance (not always the same thread)
 *   [session] one thread at a time for each session; different sessions run at once
 *   [any]     any thread at any time
 */
#ifndef QHOST_BASE_H
#define QHOST_BASE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The major number is in the entry's name and never changes within it; the minor grows with members. */
#define QHOST_ABI_MAJOR 1u
#define QHOST_ABI_MINOR 2u

#if defined(__GNUC__)
#define QHOST_EXPORT __attribute__((visibility("default")))
#else
#define QHOST_EXPORT
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* How a call ended. */
typedef int32_t qhost_status;
#define QHOST_OK 0          /* done */
#define QHOST_WARNING 1     /* done; the error object carries a remark for the user */
#define QHOST_DISCARD 2     /* this point is infeasible; the state is as before the call, carry on */
#define QHOST_ERROR 3       /* this instance is dead: only its destroy or close may still be called */
#define QHOST_FATAL 4       /* this plugin is dead: nothing of it is called again */
#define QHOST_CANCELLED 5   /* stopped because host->is_cancelled said so */
#define QHOST_UNSUPPORTED 6 /* this component cannot do what was asked; the state is as before */

/* What an error is about; the host turns it into an exit code. */
#define QHOST_ERROR_PLUGIN 0    /* the plugin itself failed (exit code 4) */
#define QHOST_ERROR_PARAMETER 1 /* a configured value cannot be used (exit code 2) */
#define QHOST_ERROR_DATA 2      /* input data is absent or damaged (exit code 5) */

/*
 * An error, owned by the caller of the function that fills it.
 *
 * The message is one sentence that names the culprit (file, line, key, value) and the remedy.
 */
typedef struct qhost_error {
  uint32_t struct_size; /* in */
  int32_t kind;         /* out: QHOST_ERROR_... */
  uint64_t capacity;    /* in: bytes at message, with the NUL */
  char *message;        /* out: NUL-terminated UTF-8, truncated to the capacity */
} qhost_error;

/* Extents of a tensor; rank 0 is a scalar, an extent of 0 an empty tensor. */
typedef struct qhost_shape {
  uint32_t struct_size;
  uint32_t rank;
  const uint64_t *extents; /* [rank] */
} qhost_shape;

/* Fills `error` (which may be NULL) and returns `status`. [any] */
static inline qhost_status qhost_fail(qhost_error *error, qhost_status status, int32_t kind,
                                      const char *message) {
  if (error != NULL && error->message != NULL && error->capacity > 0) {
    size_t length = strlen(message);
    if (length >= error->capacity) length = (size_t)error->capacity - 1;
    memcpy(error->message, message, length);
    error->message[length] = '\0';
    error->kind = kind;
  }
  return status;
}

#ifdef __cplusplus
}
#endif
#endif
