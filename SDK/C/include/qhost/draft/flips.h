/*
 * qhost/draft/flips.h: models of units that have one of two outputs, as their sum lies below or above 0.
 *
 * Along a weight of such a unit the loss is constant but for jumps, one a row. With logistic noise of width w
 * in the unit's sum z its output is the higher one with probability p(z) = 1/(1 + exp(-2 z/w)), and the mean over
 * that noise is smooth: for each row
 *
 *   E loss = (1 - p(z)) loss(unit low) + p(z) loss(unit high).
 *
 * What a row's flip is worth does not depend on which weight flips it. The host therefore asks for the outputs
 * with the unit low and high once, and sums over rows itself, for all weights of the unit. All other units have
 * their outputs at sums with noise that the host draws, or without.
 *
 * B = rows, C = numbers in one output, U = units.
 *
 * This is a draft: its number changes whenever a struct here does, and plugins are built again then.
 */
#ifndef QHOST_DRAFT_FLIPS_H
#define QHOST_DRAFT_FLIPS_H

#include "../model.h"

#ifdef __cplusplus
extern "C" {
#endif

#define QHOST_DRAFT_FLIPS "qhost.draft.flips/1"

/* What unit_of gives for a parameter that no such unit's sum is linear in. */
#define QHOST_NO_UNIT UINT64_MAX

/* The slopes of a unit's sum by a parameter. Filled by the model, valid until the next call of the session. */
typedef struct qhost_factors {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t count;       /* rows whose slope is not 0, at most B */
  const uint32_t *rows; /* [count], ascending; NULL: all B rows */
  const float *values;  /* [count]; NULL: 1 */
} qhost_factors;

/* What a model with cut changes publishes under the id. */
typedef struct qhost_flips {
  uint32_t struct_size;
  uint32_t reserved;

  /* How many such units this instance has; 0: the functions below are not called. Never fails. [any] */
  uint64_t (*unit_count)(void *instance);

  /* The unit, below U, whose sum is linear in parameter `index`; else QHOST_NO_UNIT. Never fails. [any] */
  uint64_t (*unit_of)(void *instance, uint64_t index);

  /*
   * What each next cut_open adds to the units' sums, and thereby all cuts after it, [U x B]; NULL: nothing. Valid
   * until the next call of this function, bind or close. forward is without noise. [session]
   */
  qhost_status (*noise)(void *session, const float *noise, qhost_error *error);

  /*
   * After cut_open: the sums of a unit, [B], with their noise; and the outputs [2 x C x B] at the base point with
   * this unit's output the lower one in all rows, then the higher one. [session]
   */
  qhost_status (*unit)(void *session, uint64_t unit, float *sums, float *outputs,
                       qhost_error *error);

  /* After cut_open: what a unit's sum changes by where parameter `index` grows by 1. [session] */
  qhost_status (*factors)(void *session, uint64_t index, qhost_factors *factors,
                          qhost_error *error);
} qhost_flips;

/* The host's side, from host->capability: nothing yet. */
typedef struct qhost_host_flips {
  uint32_t struct_size;
  uint32_t reserved;
} qhost_host_flips;

#ifdef __cplusplus
}
#endif
#endif
