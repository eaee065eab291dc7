/*
 * qhost/draft/drifts.h: datasets that know where what they are drawn from changes.
 *
 * The rows of such a split follow one another in time, each an input of its own, and the host takes them in their order
 * where a model learns on the way. It marks drifts in curves, and measures how long a model takes to come back; no
 * optimizer and no model is told of them.
 *
 * This is a draft: its number changes whenever a struct here does, and plugins are built again then.
 */
#ifndef QHOST_DRAFT_DRIFTS_H
#define QHOST_DRAFT_DRIFTS_H

#include "../dataset.h"

#ifdef __cplusplus
extern "C" {
#endif

#define QHOST_DRAFT_DRIFTS "qhost.draft.drifts/1"

/* One change. */
typedef struct qhost_drift {
  uint64_t row;   /* the first row of the new concept, or the middle of a gradual change; below the split's rows */
  uint64_t width; /* rows that a gradual change takes, at its middle's slope; 0: abrupt */
} qhost_drift;

/* What a dataset publishes under the id. */
typedef struct qhost_drifts {
  uint32_t struct_size;
  uint32_t reserved;

  /*
   * Writes the drifts of a split, by rising row, as far as there is room for [capacity] of them, and gives how many
   * there are. Never fails. [owner]
   */
  uint64_t (*drifts)(void *instance, uint32_t split, uint64_t capacity, qhost_drift *drifts);
} qhost_drifts;

/* The host's side, from host->capability. */
typedef struct qhost_host_drifts {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t drift_limit; /* drifts of one split */
} qhost_host_drifts;

#ifdef __cplusplus
}
#endif
#endif
