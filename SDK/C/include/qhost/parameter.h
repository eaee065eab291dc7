/*
 * qhost/parameter.h: the parameters that a component declares, and the values it is given.
 *
 * From these tables the host makes help, completion, checking and suggestions. A component receives
 * a complete, checked set of values: it need not parse text, apply defaults or check ranges.
 */
#ifndef QHOST_PARAMETER_H
#define QHOST_PARAMETER_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Types. The member of qhost_value that carries the value is named beside each. */
#define QHOST_INTEGER 1u      /* integer */
#define QHOST_REAL 2u         /* real */
#define QHOST_BOOLEAN 3u      /* integer: 0 or 1 */
#define QHOST_CHOICE 4u       /* integer: index into choices; text: its name */
#define QHOST_TEXT 5u         /* text */
#define QHOST_PATH 6u         /* text: a path, as the user gave it */
#define QHOST_INTEGER_LIST 7u /* integers, count */
#define QHOST_REAL_LIST 8u    /* reals, count */

/* Flags. */
#define QHOST_REQUIRED 1u          /* has no default: the user must set it */
#define QHOST_TUNABLE 2u           /* worth tuning: listed first, offered to searches */
#define QHOST_LOGARITHMIC 4u       /* varies over orders of magnitude */
#define QHOST_MINIMUM_EXCLUSIVE 8u /* the minimum itself is not allowed */
#define QHOST_MAXIMUM_EXCLUSIVE 16u

/* One of the names that a QHOST_CHOICE may take. */
typedef struct qhost_choice {
  uint32_t struct_size;
  uint32_t reserved;
  const char *name;
  const char *documentation;
} qhost_choice;

/* One parameter of a component. Static: it must stay valid until the process ends. */
typedef struct qhost_parameter {
  uint32_t struct_size;
  uint32_t type;  /* QHOST_INTEGER ... */
  uint32_t flags; /* QHOST_REQUIRED ... */
  uint32_t choice_count;
  const char *name;          /* [a-z][a-z0-9_]*, unique within the component */
  const char *documentation; /* one sentence */
  const char *unit;          /* NULL: none */
  const char *default_value; /* as a user would write it; lists are comma-separated */
  double minimum;            /* of the number, or of each element of a list; -INFINITY: none */
  double maximum;            /* INFINITY: none */
  const qhost_choice *const *choices; /* [choice_count] */
} qhost_parameter;

/* The value of one parameter. Valid during the create call that receives it. */
typedef struct qhost_value {
  uint32_t struct_size;
  uint32_t type;
  int64_t integer;
  double real;
  const char *text; /* always set: the value as text */
  uint64_t count;   /* elements of integers or reals */
  const int64_t *integers;
  const double *reals;
} qhost_value;

#ifdef __cplusplus
}
#endif
#endif
