/*
 * qhost/draft/series.h: rows that are series of unequal length, and state that continues from row to row.
 *
 * The shape of an input is [T x S]: T steps of S numbers, where T is the longest series. A dataset gives the length
 * of each row, and what lies beyond a row's length is padding: the host sets it to 0 before and after scaling, takes
 * the figures of scaling from steps that exist, one for each of the S channels, and hands lengths to models that take
 * series. Other models are refused, unless all rows are T long. A model that takes series is told the length
 * T by the host where a dataset has none of its own (1 where an input is not of rank 2).
 *
 * A split may be a stream: its rows follow one another in time. Then a session is bound to rows in their order and
 * state continues from row to row. A stream is never shuffled: a minibatch is a window of rows that follow one another,
 * and begins without state, as the split does; so does a sample that is looked at, which is the stream's beginning.
 * All rows of a batch are bound at once, and one thread works on them. Figures that are reported are those of single
 * rows bound one after the other, so that no output depends on a row that comes later. Streams have no cuts of the
 * model's own: the host answers with whole passes.
 *
 * A component of either kind publishes one table, whose members of the other kind are NULL.
 * B = rows, T = steps of the longest series, S = channels.
 */
#ifndef QHOST_DRAFT_SERIES_H
#define QHOST_DRAFT_SERIES_H

#include "../dataset.h"

#ifdef __cplusplus
extern "C" {
#endif

#define QHOST_DRAFT_SERIES "qhost.draft.series/1"

/* Where the rows that are bound begin. */
#define QHOST_SERIES_SEPARATE 0u /* each row without state */
#define QHOST_SERIES_BEGIN 1u    /* the first without state, each other with that of the row before */
#define QHOST_SERIES_GO_ON 2u    /* as BEGIN, but the first with the state after the session's last forward */

/* What a dataset or a model publishes under the id. */
typedef struct qhost_series {
  uint32_t struct_size;
  uint32_t reserved;

  /*
   * 1 if this instance, a dataset, has series or, a model, takes them, else 0: then the functions below are not
   * called. Never fails. [any]
   */
  uint32_t (*is_series)(void *instance);

  /* Dataset: writes the lengths [B], 1 ... T, of the rows `indices` [B] of a split. [owner] */
  qhost_status (*lengths)(void *instance, uint32_t split, const uint64_t *indices,
                          uint64_t row_count, uint64_t *lengths, qhost_error *error);

  /* Dataset: 1 if the rows of a split follow one another in time, else 0. Never fails. [any] */
  uint32_t (*is_stream)(void *instance, uint32_t split);

  /*
   * Model, after every bind: the lengths [B] of the rows, valid during the call, and where they begin,
   * QHOST_SERIES_... Every forward and backward until the next bind starts there: forward may be called again. With
   * QHOST_SERIES_GO_ON that is the state after the last forward before the bind, which had P = 1. [session]
   */
  qhost_status (*bind_series)(void *session, const uint64_t *lengths, uint64_t row_count,
                              uint32_t start, qhost_error *error);
} qhost_series;

/* The host's side, from host->capability. */
typedef struct qhost_host_series {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t block_bytes; /* inputs of rows that are bound at once, but for streams and at least 16 rows */
} qhost_host_series;

#ifdef __cplusplus
}
#endif
#endif
