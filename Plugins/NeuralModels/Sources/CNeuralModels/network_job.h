/* A change of one unit in some rows: what it works on, and how these numbers come and go. */
#ifndef QHOST_KERNELS_NETWORK_JOB_H
#define QHOST_KERNELS_NETWORK_JOB_H

#include "network_lines.h"

/*
 * Cuts that work on the rows that change and no others. The rows' z and h are brought from their lines
 * into strips, once for all offsets where these change the same rows. With a step, a sign or a rectifier
 * most rows keep their unit's value: each offset then has a list of its own, of those that do not.
 */
typedef struct changes_job {
  const qhost_kernel_changes_memory *memory;
  const uint32_t *rows; /* [count]; NULL: all rows, in order */
  const float *x;       /* [count]; NULL: 1 */
  size_t count;
  size_t first_column;    /* of the lines of the layers after the unit's, or of the last's */
  float *unit_z, *unit_h; /* [STRIP] */
  float *inputs;          /* [STRIP] */
  float *listed;          /* [count, rounded up to 16] */
  float *sums;            /* [count, rounded up to 16] */
  cut cut;                /* in the strips */
} changes_job;

QHOST_INLINE size_t round_up(size_t count) { return (count + 15) & ~(size_t)15; }

QHOST_INLINE size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* Processors' own gathers and scatters take longer than one element after the other. */
#if defined(__clang__)
#define ONE_BY_ONE _Pragma("clang loop vectorize(disable) unroll_count(8)")
#else
#define ONE_BY_ONE
#endif

/* Of rows `rows` [count], or of those from `start` on, whose numbers are `step` apart. */
QHOST_INLINE void fetch(float *restrict to, const float *restrict from, size_t step,
                        const uint32_t *restrict rows, size_t start, size_t count, size_t lanes) {
  ONE_BY_ONE
  for (size_t i = 0; i < count; i++) to[i] = from[(rows ? rows[i] : start + i) * step];
  for (size_t i = count; i < lanes; i++) to[i] = 0.0f;
}

QHOST_INLINE void store(const float *restrict from, float *restrict to, size_t step,
                        const uint32_t *restrict rows, size_t start, size_t count) {
  ONE_BY_ONE
  for (size_t i = 0; i < count; i++) to[(rows ? rows[i] : start + i) * step] = from[i];
}

/* Moves to the rows `rows` [count], or to those from `start` on, and brings what lines have of them. */
QHOST_INLINE void enter(changes_job *job, const uint32_t *rows, size_t start, size_t count) {
  job->cut.rows = count;
  job->cut.lanes = round_up(count);
  enter_lines(&job->memory->lines, rows, start, count, job->first_column);
}

/* Puts it back, with the outputs, which are the last layer's z. */
QHOST_INLINE void leave(const changes_job *job, const uint32_t *rows, size_t start, size_t count,
                        const float *outputs, size_t output_stride) {
  const cut *c = &job->cut;
  const qhost_kernel_layer *last = c->layers + c->layer_count - 1;
  for (size_t o = 0; o < last->output_count; o++)
    memcpy(last->z + o * STRIP, outputs + o * output_stride, c->lanes * sizeof *outputs);
  leave_lines(&job->memory->lines, rows, start, count, job->first_column);
}

/* The unit's inputs in rows [start, start + count) of the list. */
QHOST_INLINE const float *inputs_of(const changes_job *job, size_t start, size_t count) {
  size_t lanes = round_up(count);
  if (job->x && lanes == count) return job->x + start;
  float other = job->x ? 0.0f : 1.0f;
  for (size_t i = 0; i < lanes; i++) job->inputs[i] = other;
  if (job->x) memcpy(job->inputs, job->x + start, count * sizeof *job->inputs);
  return job->inputs;
}

/* The unit's own numbers: those of all rows, or some. */
typedef struct unit_rows {
  float *z, *h;
} unit_rows;

/* Those of row 0; in lines they are `width` apart. */
QHOST_INLINE unit_rows unit_place(const changes_job *job) {
  const qhost_kernel_changes_memory *m = job->memory;
  size_t unit = job->cut.unit;
  if (!m->is_in_lines)
    return (unit_rows){m->layers->z + unit * m->stride, m->layers->h + unit * m->stride};
  size_t z = (size_t)(m->strips->z - m->lines.strips) / STRIP;
  size_t h = (size_t)(m->strips->h - m->lines.strips) / STRIP;
  return (unit_rows){m->lines.numbers + z + unit, m->lines.numbers + h + unit};
}

/* z of rows [start, start + count) of the list. */
QHOST_INLINE void fetch_sums(const changes_job *job, size_t start, size_t count, float *z) {
  const uint32_t *rows = job->rows ? job->rows + start : NULL;
  size_t lanes = round_up(count);
  if (job->memory->is_in_lines)
    fetch(z, unit_place(job).z, job->memory->lines.width, rows, start, count, lanes);
  else
    fetch(z, unit_place(job).z, 1, rows, start, count, lanes);
}

/* z and h of rows [start, start + count) of the list: in place where that can be. */
QHOST_INLINE unit_rows unit_of(uint32_t activation, changes_job *job, size_t start, size_t count) {
  const qhost_kernel_changes_memory *m = job->memory;
  unit_rows place = unit_place(job);
  if (!job->rows && !m->is_in_lines) return (unit_rows){place.z + start, place.h + start};
  size_t lanes = round_up(count);
  fetch_sums(job, start, count, job->unit_z);
  if (activation == QHOST_KERNEL_LEARNED) {
    fetch(job->unit_h, place.h, m->is_in_lines ? m->lines.width : 1,
          job->rows ? job->rows + start : NULL, start, count, lanes);
  } else {
    /* A value is cheaper to compute again than to fetch. */
    values_of(activation, &m->layers->table, job->unit_z, job->unit_h, lanes);
  }
  return (unit_rows){job->unit_z, job->unit_h};
}

/* Puts them back where they came from; after the layers behind, whose lines may have old ones. */
QHOST_INLINE void keep_unit(const changes_job *job, size_t start, size_t count, const float *z,
                            const float *h) {
  const qhost_kernel_changes_memory *m = job->memory;
  const uint32_t *rows = job->rows ? job->rows + start : NULL;
  unit_rows place = unit_place(job);
  if (!rows && !m->is_in_lines && z == place.z + start) return;
  if (m->is_in_lines) {
    store(z, place.z, m->lines.width, rows, start, count);
    store(h, place.h, m->lines.width, rows, start, count);
  } else {
    store(z, place.z, 1, rows, start, count);
    store(h, place.h, 1, rows, start, count);
  }
}

/* Outputs of the strip that was entered, from the unit's changes in it. */
QHOST_INLINE void carry_on(uint32_t activation, int keep, changes_job *job, float *change,
                           float *outputs, size_t output_stride) {
  cut *c = &job->cut;
  const qhost_kernel_layer *layer = c->layers + 1, *last = c->layers + c->layer_count - 1;
  c->change = change;
  if (layer == last) {
    dense_strip(last->weights + c->unit, last->input_count, 1, change, STRIP, 1, last->output_count,
                last->z, STRIP, outputs, output_stride, c->lanes);
    return;
  }
  spread(activation, keep, c, layer, c->even);
  finish(activation, keep, c, layer, outputs, output_stride, c->lanes);
}

/* Whether a unit's changes go to the outputs and nowhere else. */
QHOST_INLINE int is_before_last(const changes_job *job) {
  return job->cut.layer_count == 2 && !job->memory->is_in_lines;
}

/* Adds what a unit's change does to the outputs to the rows' lines, which have nothing else. */
QHOST_INLINE void add_to_lines(const changes_job *job, const uint32_t *rows, size_t start,
                               size_t count, const float *change) {
  const qhost_kernel_layer *last = job->cut.layers + 1;
  const qhost_kernel_lines *l = &job->memory->lines;
  for (size_t c = 0; c < l->width; c += LINE) {
    QHOST_KERNEL_LINES float weights[LINE];
    for (size_t o = 0; o < LINE; o++)
      weights[o] = c + o < last->output_count
                       ? last->weights[(c + o) * last->input_count + job->cut.unit]
                       : 0.0f;
    for (size_t i = 0; i < count; i++) {
      float *numbers = (float *)line_of(l, rows, start, i, c), factor = change[i];
      QHOST_LANES
      for (size_t o = 0; o < LINE; o++) numbers[o] += weights[o] * factor;
    }
  }
}

#endif
