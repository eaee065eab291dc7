#include "network_carry.h"

/*
 * Cuts that work on the rows that change and no others. The rows' z and h are gathered into strips,
 * once for all offsets where these change the same rows. With a step, a sign or a rectifier most rows
 * keep their unit's value: each offset then has a list of its own, of those that do not.
 */
typedef struct changes_job {
  const qhost_kernel_layer *layers; /* the unit's and those after it, all rows */
  const qhost_kernel_layer *strips; /* the same layers, a strip each */
  const uint32_t *rows;             /* [count]; NULL: all rows, in order */
  const float *x;                   /* [count]; NULL: 1 */
  size_t count;
  size_t stride;
  float *unit_z, *unit_h; /* [STRIP] */
  float *listed;          /* [count, rounded up to 16] */
  cut cut;
} changes_job;

QHOST_INLINE size_t round_up(size_t count) { return (count + 15) & ~(size_t)15; }

/* Processors' own gathers and scatters take longer than one element after the other. */
#if defined(__clang__)
#define ONE_BY_ONE _Pragma("clang loop vectorize(disable) unroll_count(8)")
#else
#define ONE_BY_ONE
#endif

QHOST_INLINE void fetch(float *restrict to, const float *restrict from, const uint32_t *restrict rows,
                        size_t count, size_t lanes) {
  ONE_BY_ONE
  for (size_t i = 0; i < count; i++) to[i] = from[rows[i]];
  for (size_t i = count; i < lanes; i++) to[i] = 0.0f;
}

QHOST_INLINE void store(const float *restrict from, float *restrict to, const uint32_t *restrict rows,
                        size_t count) {
  ONE_BY_ONE
  for (size_t i = 0; i < count; i++) to[rows[i]] = from[i];
}

/* Moves to the rows `rows` [count], or to those from `start` on, and fetches the layers after the unit's. */
QHOST_INLINE void enter(changes_job *job, const uint32_t *rows, size_t start, size_t count) {
  cut *c = &job->cut;
  c->rows = count;
  c->lanes = round_up(count);
  if (!rows) {
    c->layers = job->layers;
    c->start = start;
    c->stride = job->stride;
    return;
  }
  c->layers = job->strips;
  c->start = 0;
  c->stride = STRIP;
  for (size_t l = 1; l < c->layer_count; l++) {
    const qhost_kernel_layer *from = job->layers + l, *to = job->strips + l;
    for (size_t m = 0; m < from->output_count; m++) {
      fetch(to->z + m * STRIP, from->z + m * job->stride, rows, count, c->lanes);
      if (l + 1 < c->layer_count)
        fetch(to->h + m * STRIP, from->h + m * job->stride, rows, count, c->lanes);
    }
  }
}

/* Puts the hidden layers after the unit's back, and the outputs, which are the last layer's z. */
QHOST_INLINE void put_back(const changes_job *job, const uint32_t *rows, const float *outputs,
                           size_t output_stride) {
  const cut *c = &job->cut;
  for (size_t l = 1; rows && l + 1 < c->layer_count; l++)
    for (size_t m = 0; m < job->layers[l].output_count; m++) {
      store(job->strips[l].z + m * STRIP, job->layers[l].z + m * job->stride, rows, c->rows);
      store(job->strips[l].h + m * STRIP, job->layers[l].h + m * job->stride, rows, c->rows);
    }
  const qhost_kernel_layer *last = job->layers + c->layer_count - 1;
  for (size_t o = 0; o < last->output_count; o++) {
    float *z = last->z + o * job->stride;
    if (rows)
      store(outputs + o * output_stride, z, rows, c->rows);
    else
      memcpy(z + c->start, outputs + o * output_stride, c->lanes * sizeof *z);
  }
}

/* The unit's change in rows [start, start + count) of the list; its z and h are kept with `keep`. */
QHOST_INLINE void change_unit(uint32_t activation, int keep, changes_job *job, float offset,
                              size_t start, size_t count, float *change) {
  const qhost_kernel_layer *layer = job->layers;
  size_t place = job->cut.unit * job->stride, lanes = round_up(count);
  float *inputs = job->cut.inputs;
  float other = job->x ? 0.0f : 1.0f;
  for (size_t i = 0; i < lanes; i++) inputs[i] = other;
  if (job->x) memcpy(inputs, job->x + start, count * sizeof *inputs);
  if (!job->rows) {
    unit_change(activation, keep, &layer->table, offset, inputs, layer->z + place + start,
                layer->h + place + start, change, lanes);
    return;
  }
  const uint32_t *rows = job->rows + start;
  fetch(job->unit_z, layer->z + place, rows, count, lanes);
  fetch(job->unit_h, layer->h + place, rows, count, lanes);
  unit_change(activation, keep, &layer->table, offset, inputs, job->unit_z, job->unit_h, change, lanes);
  if (!keep) return;
  store(job->unit_z, layer->z + place, rows, count);
  store(job->unit_h, layer->h + place, rows, count);
}

/* Outputs of the strip that was entered, from the unit's changes in it. */
QHOST_INLINE void carry_on(uint32_t activation, int keep, changes_job *job, float *change,
                           float *outputs, size_t output_stride) {
  cut *c = &job->cut;
  const qhost_kernel_layer *layer = c->layers + 1, *last = c->layers + c->layer_count - 1;
  c->change = change;
  if (layer == last) {
    dense_strip(last->weights + c->unit, last->input_count, 1, change, STRIP, 1, last->output_count,
                last->z + c->start, c->stride, outputs, output_stride, c->lanes);
    return;
  }
  spread(activation, keep, c, layer, c->even);
  finish(activation, keep, c, layer, outputs, output_stride, c->lanes);
}

QHOST_INLINE void list_all(const changes_job *job, uint32_t *rows) {
  if (job->rows)
    memcpy(rows, job->rows, job->count * sizeof *rows);
  else
    for (size_t i = 0; i < job->count; i++) rows[i] = (uint32_t)i;
}

/* All offsets change the same rows. */
QHOST_INLINE void change_together(uint32_t activation, int keep, changes_job *job,
                                  const float *offsets, size_t offset_count,
                                  const qhost_kernel_changes *changes) {
  size_t output_count = job->layers[job->cut.layer_count - 1].output_count;
  size_t point = output_count * changes->stride, output_stride = round_up(job->count);
  for (size_t k = 0; k < offset_count; k++) {
    changes->row_counts[k] = offsets[k] == 0.0f ? 0 : job->count;
    if (offsets[k] != 0.0f) list_all(job, changes->rows + k * changes->stride);
  }
  for (size_t start = 0; start < job->count; start += STRIP) {
    size_t count = job->count - start < STRIP ? job->count - start : STRIP;
    const uint32_t *rows = job->rows ? job->rows + start : NULL;
    enter(job, rows, start, count);
    for (size_t k = 0; k < offset_count; k++) {
      if (offsets[k] == 0.0f) continue;
      float *out = changes->outputs + k * point + start;
      change_unit(activation, keep, job, offsets[k], start, count, job->listed);
      carry_on(activation, keep, job, job->listed, out, output_stride);
      if (keep) put_back(job, rows, out, output_stride);
    }
  }
}

/* Each offset changes rows of its own. */
QHOST_INLINE void change_apart(uint32_t activation, int keep, changes_job *job, const float *offsets,
                               size_t offset_count, const qhost_kernel_changes *changes) {
  size_t output_count = job->layers[job->cut.layer_count - 1].output_count;
  for (size_t k = 0; k < offset_count; k++) {
    uint32_t *rows = changes->rows + k * changes->stride;
    float *listed = job->listed, *outputs = changes->outputs + k * output_count * changes->stride;
    size_t found = 0;
    for (size_t start = 0; offsets[k] != 0.0f && start < job->count; start += STRIP) {
      size_t count = job->count - start < STRIP ? job->count - start : STRIP;
      float *change = job->cut.odd;
      change_unit(activation, keep, job, offsets[k], start, count, change);
      const uint32_t *from = job->rows ? job->rows + start : NULL;
      for (size_t i = 0; i < count; i++) {
        rows[found] = from ? from[i] : (uint32_t)(start + i);
        listed[found] = change[i];
        found += change[i] != 0.0f;
      }
    }
    changes->row_counts[k] = found;
    for (size_t i = found; i < round_up(found); i++) listed[i] = 0.0f;
    for (size_t start = 0; start < found; start += STRIP) {
      size_t count = found - start < STRIP ? found - start : STRIP;
      enter(job, rows + start, start, count);
      carry_on(activation, keep, job, listed + start, outputs + start, round_up(found));
      if (keep) put_back(job, rows + start, outputs + start, round_up(found));
    }
  }
}

/* A weight of the last layer changes one output. */
QHOST_INLINE void change_last(int keep, changes_job *job, const float *offsets, size_t offset_count,
                              const qhost_kernel_changes *changes) {
  const qhost_kernel_layer *last = job->layers;
  size_t output_stride = round_up(job->count), unit = job->cut.unit;
  for (size_t k = 0; k < offset_count; k++) {
    float *out = changes->outputs + k * last->output_count * changes->stride, offset = offsets[k];
    changes->row_counts[k] = offset == 0.0f ? 0 : job->count;
    if (offset == 0.0f) continue;
    list_all(job, changes->rows + k * changes->stride);
    for (size_t o = 0; o < last->output_count; o++) {
      if (job->rows)
        fetch(out + o * output_stride, last->z + o * job->stride, job->rows, job->count, output_stride);
      else
        memcpy(out + o * output_stride, last->z + o * job->stride, output_stride * sizeof *out);
    }
    float *mine = out + unit * output_stride;
    if (job->x)
      for (size_t i = 0; i < job->count; i++) mine[i] += offset * job->x[i];
    else
      for (size_t i = 0; i < job->count; i++) mine[i] += offset;
    if (!keep) continue;
    float *z = last->z + unit * job->stride;
    if (job->rows)
      store(mine, z, job->rows, job->count);
    else
      memcpy(z, mine, job->count * sizeof *z);
  }
}

QHOST_INLINE void change(uint32_t activation, int keep, changes_job *job, const float *offsets,
                         size_t offset_count, const qhost_kernel_changes *changes) {
  if (job->cut.layer_count == 1)
    change_last(keep, job, offsets, offset_count, changes);
  else if (activation == QHOST_KERNEL_STEP || activation == QHOST_KERNEL_SIGN ||
           activation == QHOST_KERNEL_RELU)
    change_apart(activation, keep, job, offsets, offset_count, changes);
  else
    change_together(activation, keep, job, offsets, offset_count, changes);
}

/* Lists are far from those of the call before: all their lines are asked for at once, and not one after the other. */
QHOST_INLINE void ask_for(const uint32_t *rows, const float *x, size_t count) {
  if (!rows || !x) return;
  for (size_t i = 0; i < count; i += 16) {
    __builtin_prefetch(rows + i);
    __builtin_prefetch(x + i);
  }
}

QHOST_INLINE changes_job new_job(const qhost_kernel_layer *layers, const qhost_kernel_layer *strips,
                                 size_t layer_count, size_t unit, const uint32_t *rows,
                                 const float *x, size_t count, size_t stride, float *scratch) {
  size_t widest = 0;
  for (size_t l = 0; l < layer_count; l++)
    if (layers[l].output_count > widest) widest = layers[l].output_count;
  changes_job job = {.layers = layers, .strips = strips, .rows = rows, .x = x, .count = count,
                     .stride = stride};
  job.cut = (cut){.layers = layers, .layer_count = layer_count, .unit = unit, .stride = stride};
  job.cut.inputs = scratch;
  job.unit_z = scratch + STRIP;
  job.unit_h = scratch + 2 * STRIP;
  job.cut.even = scratch + 3 * STRIP;
  job.cut.odd = job.cut.even + widest * STRIP;
  job.listed = job.cut.odd + widest * STRIP;
  return job;
}

QHOST_WIDE
void qhost_kernel_network_changes(const qhost_kernel_layer *layers, const qhost_kernel_layer *strips,
                                  size_t layer_count, uint32_t activation, size_t unit,
                                  const uint32_t *rows, const float *x, size_t count,
                                  const float *offsets, size_t offset_count, size_t stride,
                                  float *scratch, const qhost_kernel_changes *changes) {
  ask_for(rows, x, count);
  changes_job job = new_job(layers, strips, layer_count, unit, rows, x, count, stride, scratch);
  QHOST_WITH_ACTIVATION(activation, change, 0, &job, offsets, offset_count, changes)
}

QHOST_WIDE
void qhost_kernel_network_move_changes(const qhost_kernel_layer *layers,
                                       const qhost_kernel_layer *strips, size_t layer_count,
                                       uint32_t activation, size_t unit, const uint32_t *rows,
                                       const float *x, size_t count, float offset, size_t stride,
                                       float *scratch, const qhost_kernel_changes *changes) {
  changes_job job = new_job(layers, strips, layer_count, unit, rows, x, count, stride, scratch);
  QHOST_WITH_ACTIVATION(activation, change, 1, &job, &offset, 1, changes)
}

QHOST_WIDE
size_t qhost_kernel_nonzero_rows(const float *restrict x, size_t row_count, uint32_t *restrict rows,
                                 float *restrict values) {
  size_t count = 0;
  for (size_t i = 0; i < row_count; i++) {
    rows[count] = (uint32_t)i;
    values[count] = x[i];
    count += x[i] != 0.0f;
  }
  return count;
}
