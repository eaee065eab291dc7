/*
 * A random walk about the best point so far: what the optimizers have in common that misbehave on purpose.
 */
#ifndef FIXTURE_WALK_H
#define FIXTURE_WALK_H

#include <qhost.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct walk {
  const qhost_host *host;
  uint64_t n, queries;
  double least, *point, *best; /* [n] */
} walk;

/* Begins at the problem's start; 0 without memory. */
static inline int walk_begin(walk *w, const qhost_request *request, const qhost_problem *problem) {
  w->host = request->host;
  w->n = problem->dimension;
  w->least = INFINITY;
  w->point = calloc(2 * w->n, sizeof(double));
  if (w->point == NULL) return 0;
  w->best = w->point + w->n;
  memcpy(w->best, problem->initial, w->n * sizeof(double));
  return 1;
}

/* Puts the next point where it is asked for. */
static inline void walk_on(walk *w, double width, qhost_query *query) {
  w->host->random_normal(w->host, w->queries, 0, w->n, w->point);
  for (uint64_t i = 0; i < w->n; i++) w->point[i] = w->best[i] + width * w->point[i];
  query->kind = QHOST_QUERY_POINTS;
  query->points = w->point;
  query->point_count = 1;
}

static inline void walk_told(walk *w, const qhost_answer *answer) {
  w->queries += 1;
  if (answer->losses[0] >= w->least) return;
  w->least = answer->losses[0];
  memcpy(w->best, w->point, w->n * sizeof(double));
}

static inline uint64_t walk_size(const walk *w) { return 16 + w->n * sizeof(double); }

static inline qhost_status walk_save(const walk *w, const qhost_writer *writer) {
  writer->write(writer, &w->queries, sizeof w->queries);
  writer->write(writer, &w->least, sizeof w->least);
  writer->write(writer, w->best, w->n * sizeof(double));
  return QHOST_OK;
}

static inline void walk_load(walk *w, const void *bytes) {
  const char *from = bytes;
  memcpy(&w->queries, from, 8);
  memcpy(&w->least, from + 8, 8);
  memcpy(w->best, from + 16, w->n * sizeof(double));
}

static inline qhost_status walk_refuse(qhost_error *error) {
  return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "the state is of another size; start again");
}

#endif
