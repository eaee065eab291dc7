/*
 * qhost/host.h: what the host does for a component.
 *
 * Every function is present in every host of this major version. A component receives a table of
 * its own at creation (`context` tells the host who is calling); it is valid until the instance is
 * destroyed. The host owns random numbers, the clock and the count of evaluations, so that runs can
 * be repeated and compared.
 */
#ifndef QHOST_HOST_H
#define QHOST_HOST_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define QHOST_LOG_DEBUG 0u
#define QHOST_LOG_INFO 1u
#define QHOST_LOG_WARNING 2u
#define QHOST_LOG_ERROR 3u

typedef struct qhost_host {
  uint32_t struct_size;
  uint32_t abi_major;
  uint32_t abi_minor;
  uint32_t thread_count; /* threads that parallel_for uses, the caller's among them */
  void *context;         /* the host's own */
  const char *version;   /* of the host, for example "0.1.0" */

  /* Shows a message to the user. The text is copied. [any] */
  void (*log)(const struct qhost_host *host, uint32_t level, const char *message);

  /* Shows how far a long preparation has come, 0 to 1. The text is copied. [any] */
  void (*progress)(const struct qhost_host *host, double fraction, const char *message);

  /*
   * 1 once the user asked to stop, else 0. What takes longer than 100 ms polls it, and returns within
   * 100 ms then. [any]
   */
  int32_t (*is_cancelled)(const struct qhost_host *host);

  /*
   * Random numbers from a counter, Philox4x32-10 (Salmon et al., SC'11): the value at position i of
   * stream (step, index) depends on the run's seed, the component's place in the run, step, index and
   * i alone, never on threads or on what was drawn before. index < 2^32, count <= 2^33.
   *   bits     uniform over all 64-bit words
   *   uniform  uniform over [0, 1), multiples of 2^-53
   *   normal   mean 0, standard deviation 1
   * `out` has room for `count` values. [any]
   */
  void (*random_bits)(const struct qhost_host *host, uint64_t step, uint64_t index, uint64_t count,
                      uint64_t *out);
  void (*random_uniform)(const struct qhost_host *host, uint64_t step, uint64_t index,
                         uint64_t count, double *out);
  void (*random_normal)(const struct qhost_host *host, uint64_t step, uint64_t index,
                        uint64_t count, double *out);

  /*
   * Calls body(context, i) once for each i < count, on up to thread_count threads, and returns when
   * all calls have. The order is not defined; calls inside a body run one after another. [any]
   */
  void (*parallel_for)(const struct qhost_host *host, uint64_t count, void *context,
                       void (*body)(void *context, uint64_t index));

  /* Memory aligned to 64 bytes, not cleared; NULL when there is none. [any] */
  void *(*allocate)(const struct qhost_host *host, uint64_t bytes);

  /* Gives back what allocate returned; NULL is allowed. [any] */
  void (*deallocate)(const struct qhost_host *host, void *memory);

  /* Nanoseconds of a steady clock whose zero has no meaning. [any] */
  uint64_t (*clock_nanoseconds)(const struct qhost_host *host);

  /*
   * Writes the absolute path of a data file, for example "mnist/train-labels-idx1-ubyte.gz", which
   * is looked for in the user's data folders. QHOST_ERROR with kind QHOST_ERROR_DATA, and a message
   * that lists those folders, when there is none. [any]
   */
  qhost_status (*locate_data)(const struct qhost_host *host, const char *relative_path, char *path,
                              uint64_t capacity, qhost_error *error);

  /*
   * The host's side of a capability by id, for example "qhost.draft.figures/1", as its header says;
   * NULL for an id that this host does not offer. Static. [any]
   */
  const void *(*capability)(const struct qhost_host *host, const char *id);
} qhost_host;

#ifdef __cplusplus
}
#endif
#endif
