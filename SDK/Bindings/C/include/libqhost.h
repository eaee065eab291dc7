/*
 * libqhost: qhost within another program.
 *
 * Finds plugins, tells what is in them, minimises functions of the caller's, trains models on rows in memory and has
 * trained models predict. What is asked for and what comes back in many parts is JSON in UTF-8; numbers in bulk are
 * plain arrays that stay the caller's.
 *
 * Threads: every function may be called from any thread, several at once, also within a callback. Callbacks come on the
 * thread of the call that they were handed to, but for the log. Signals, standard streams and the locale of the program
 * are left alone.
 *
 * Status: 0 as asked, else what went wrong, and libqhost_error() has a sentence about it.
 *
 * Memory: texts and bytes that are handed out are freed with libqhost_free(). Nothing is unloaded before the program
 * ends.
 */
#ifndef LIBQHOST_H
#define LIBQHOST_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Raised when a function is added; an existing one never changes. */
#define LIBQHOST_INTERFACE 1

/* What a call returns. */
#define LIBQHOST_OK 0
#define LIBQHOST_USAGE 2      /* what is asked for does not exist, is out of range, or does not go together */
#define LIBQHOST_PLUGIN 4     /* a plugin failed, or a callback did */
#define LIBQHOST_DATA 5       /* rows or a file that cannot be used */
#define LIBQHOST_INTERRUPTED 130

/* What a callback returns. */
#define LIBQHOST_GO_ON 0
#define LIBQHOST_STOP 1 /* what it wrote counts, and the run ends */
#define LIBQHOST_FAIL 2 /* the run ends with LIBQHOST_PLUGIN */

/* The interface that the library has: LIBQHOST_INTERFACE of its own header. */
int32_t libqhost_interface(void);

/* The version of qhost; lives as long as the program. */
const char *libqhost_version(void);

/* The sentence of this thread's last call that failed; valid until its next one. */
const char *libqhost_error(void);

/* Frees what the library handed out; NULL is allowed. */
void libqhost_free(void *memory);

/*
 * Sets the library up, before anything else that looks for plugins; later it fails with LIBQHOST_USAGE.
 *
 * settings: {"plugins": [folders], "threads": count, "isolate": whether plugins that nobody trusts work in processes of
 * their own (true)}. All may be left out. QHOST_PLUGIN_PATH and QHOST_DATA work as with the program, and plugins that came
 * with the library are found beside it, where the program 'qhost' must be too: it looks into new plugins.
 */
int32_t libqhost_configure(const char *settings);

/*
 * Takes the library's messages: level 0 debug, 1 note, 2 warning, 3 error. NULL: those from 2 on go to standard error.
 * May be called on any thread.
 */
void libqhost_set_log(void (*log)(void *context, int32_t level, const char *message), void *context);

/* All components without their parameters, and files that hold no plugin that can be used: {"components", "broken"}. */
int32_t libqhost_catalogue(char **json);

/* One component with its parameters, as 'qhost plugins show --json' has it; `kind` is optimizer, solver, model ... */
int32_t libqhost_component(const char *kind, const char *name, char **json);

/* A request to stop, that one thread makes of a run on another; freed after the run. */
typedef struct libqhost_stop libqhost_stop;
libqhost_stop *libqhost_stop_new(void);
void libqhost_stop_request(libqhost_stop *stop);
void libqhost_stop_free(libqhost_stop *stop);

/* A function that is to be minimised. n = variables, P = points. */
typedef struct libqhost_function {
  uint64_t struct_size;
  void *context;
  /*
   * Writes the losses [P] at points [P x n], row by row, and, where `violations` is not a NULL, how far from feasible they
   * are [P]: 0 where all constraints hold. A loss may be infinite: the point cannot be had. The buffers live until it
   * returns.
   */
  int32_t (*losses)(void *context, const double *points, int64_t point_count, double *losses, double *violations);
  /* Writes the loss and the gradient [n] at a point [n]; NULL: there is none. */
  int32_t (*gradient)(void *context, const double *point, double *loss, double *gradient);
  int32_t has_violations;
  int32_t reserved;
} libqhost_function;

/* Where a function is searched. */
typedef struct libqhost_space {
  uint64_t struct_size;
  int64_t variable_count;  /* n, at least 1 */
  const double *initial;   /* [n] within the bounds */
  const double *lower;     /* [n], or NULL: none; -inf: none */
  const double *upper;     /* [n], or NULL */
  const uint32_t *kinds;   /* [n] 0 real, 1 integer, 2 category 0 ... upper; NULL: all real */
  const double *scales;    /* [n] how far variables lie from their start, above 0; NULL: a quarter of the range, or 1 */
} libqhost_space;

/*
 * Minimises a function.
 *
 * request: {"optimizer": name, "settings": ["optimizer.x=1", ...], "seed", "max_evaluations", "max_seconds", "until_loss",
 * "threads"}; all but the optimizer may be left out. Evaluations never exceed max_evaluations, 10,000 where neither it nor max_seconds is
 * given. `point` [n] receives the best point, `json` what it is and what it took: {"loss", "violation", "stop_reason",
 * "evaluations", "gradients", "queries", "seconds", "optimizer_seconds", "optimizer"}. `stop` may be NULL.
 */
int32_t libqhost_minimize(const libqhost_function *function, const libqhost_space *space, const char *request,
                          libqhost_stop *stop, double *point, char **json);

/* Rows of one split. F = numbers of an input, T = numbers of a target. */
typedef struct libqhost_rows {
  const float *inputs;  /* [N x F] */
  const float *targets; /* [N x T]: 1 of classes, which are 0 ... C-1; NULL for rows to predict */
  int64_t row_count;    /* N; 0: there are none */
} libqhost_rows;

/* Rows in memory to train on. */
typedef struct libqhost_data {
  uint64_t struct_size;
  int32_t is_classification; /* else numbers */
  int32_t extent_count;      /* of the input's shape; 1 for plain tables */
  const int64_t *extents;    /* their product is F */
  int64_t output_count;      /* C: classes, or numbers of a target */
  libqhost_rows train, validation, test;
} libqhost_data;

/* A trained model. Not changed by anything: several threads may use one. */
typedef struct libqhost_model libqhost_model;

/*
 * Trains a model.
 *
 * request: as for libqhost_minimize(), and {"model", "loss", "scaling", "target_scaling", "batch_size", "prior",
 * "max_forward_equivalents", "until_accuracy"}. `progress` is called about ten times a second with the part of the
 * budget that is spent, losses so far and the best loss; NULL: nobody is told. `record` receives the record of the run,
 * schema qhost.run/2. Rows are read before it returns and not kept.
 */
int32_t libqhost_fit(const libqhost_data *data, const char *request, libqhost_stop *stop,
                     int32_t (*progress)(void *context, double fraction, int64_t evaluations, double best),
                     void *context, libqhost_model **model, char **record);

/* Reads a model from the bytes of a model.safetensors; freed with libqhost_model_free(). */
int32_t libqhost_model_read(const uint8_t *bytes, uint64_t count, libqhost_model **model);

/* The bytes of a model's file. */
int32_t libqhost_model_bytes(const libqhost_model *model, uint8_t **bytes, uint64_t *count);

/* What a model is: {"model", "task", "input", "output", "output_names", "loss"}. */
int32_t libqhost_model_describe(const libqhost_model *model, char **json);

/*
 * Writes what a model says of rows [N x F]: values [N x C], of classes their probabilities where it was trained to give
 * them, and, where `classes` is not a NULL, the most likely class [N].
 */
int32_t libqhost_model_predict(const libqhost_model *model, const float *inputs, int64_t row_count, float *values,
                               int32_t *classes);

void libqhost_model_free(libqhost_model *model);

#ifdef __cplusplus
}
#endif

#endif
