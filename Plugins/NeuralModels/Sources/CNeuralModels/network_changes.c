#include "network_job.h"

QHOST_INLINE void list_all(const changes_job *job, uint32_t *rows) {
  if (job->rows)
    memcpy(rows, job->rows, job->count * sizeof *rows);
  else
    for (size_t i = 0; i < job->count; i++) rows[i] = (uint32_t)i;
}

/* All offsets but 0 change the same rows, or the same unit's output. */
QHOST_INLINE void list_together(const changes_job *job, const float *offsets, size_t offset_count,
                                const qhost_kernel_changes *changes) {
  for (size_t k = 0; k < offset_count; k++) {
    changes->row_counts[k] = offsets[k] == 0.0f ? 0 : job->count;
    if (offsets[k] != 0.0f) list_all(job, changes->rows + k * changes->stride);
  }
}

QHOST_INLINE void change_together(uint32_t activation, int keep, changes_job *job,
                                  const float *offsets, size_t offset_count,
                                  const qhost_kernel_changes *changes) {
  const qhost_kernel_layer *layer = job->cut.layers;
  size_t output_count = layer[job->cut.layer_count - 1].output_count;
  size_t point = output_count * changes->stride, output_stride = round_up(job->count);
  list_together(job, offsets, offset_count, changes);
  for (size_t start = 0; start < job->count; start += STRIP) {
    size_t count = least(job->count - start, STRIP);
    const uint32_t *rows = job->rows ? job->rows + start : NULL;
    enter(job, rows, start, count);
    const float *inputs = inputs_of(job, start, count);
    unit_rows unit = unit_of(activation, job, start, count);
    for (size_t k = 0; k < offset_count; k++) {
      if (offsets[k] == 0.0f) continue;
      float *out = changes->outputs + k * point + start;
      unit_change(activation, keep, &layer->table, offsets[k], inputs, unit.z, unit.h, job->listed,
                  job->cut.lanes);
      carry_on(activation, keep, job, job->listed, out, output_stride);
      if (!keep) continue;
      if (is_before_last(job))
        add_to_lines(job, rows, start, count, job->listed);
      else
        leave(job, rows, start, count, out, output_stride);
      keep_unit(job, start, count, unit.z, unit.h);
    }
  }
}

/* Adds those of `count` rows whose change is not 0 to a list, after `found` others; returns how many it has. */
QHOST_INLINE size_t list_changed(const float *restrict change, const uint32_t *restrict from,
                                 size_t start, size_t count, uint32_t *restrict rows,
                                 float *restrict listed, size_t found) {
  for (size_t i = 0; i < count; i += LINE) {
    uint32_t any = 0;
    for (size_t j = 0; j < LINE; j++) any |= bits_from_float(change[i + j]) << 1;
    if (any == 0) continue;
    size_t end = least(count, i + LINE);
    for (size_t j = i; j < end; j++) {
      rows[found] = from ? from[j] : (uint32_t)(start + j);
      listed[found] = change[j];
      found += change[j] != 0.0f;
    }
  }
  return found;
}

/* The rows that an offset changes, and the unit's changes there. */
QHOST_INLINE size_t find_changed(uint32_t activation, int keep, changes_job *job, float offset,
                                 uint32_t *rows) {
  const qhost_kernel_layer *layer = job->memory->layers;
  float *change = job->cut.odd, *h = job->unit_h;
  size_t found = 0;
  for (size_t start = 0; start < job->count; start += STRIP) {
    size_t count = least(job->count - start, STRIP), lanes = round_up(count);
    const float *inputs = inputs_of(job, start, count);
    float *z = job->sums + start;
    values_of(activation, &layer->table, z, h, lanes);
    unit_change(activation, keep, &layer->table, offset, inputs, z, h, change, lanes);
    if (keep) keep_unit(job, start, count, z, h);
    found = list_changed(change, job->rows ? job->rows + start : NULL, start, count, rows,
                         job->listed, found);
  }
  return found;
}

/* Each offset changes rows of its own. */
QHOST_INLINE void change_apart(uint32_t activation, int keep, changes_job *job, const float *offsets,
                               size_t offset_count, const qhost_kernel_changes *changes) {
  const qhost_kernel_layer *layer = job->memory->layers;
  size_t output_count = layer[job->cut.layer_count - 1].output_count;
  float *listed = job->listed;
  fetch_sums(job, 0, job->count, job->sums);
  for (size_t k = 0; k < offset_count; k++) {
    uint32_t *rows = changes->rows + k * changes->stride;
    float *outputs = changes->outputs + k * output_count * changes->stride;
    size_t found = offsets[k] == 0.0f ? 0 : find_changed(activation, keep, job, offsets[k], rows);
    changes->row_counts[k] = found;
    for (size_t i = found; i < round_up(found); i++) listed[i] = 0.0f;
    for (size_t start = 0; start < found; start += STRIP) {
      size_t count = least(found - start, STRIP);
      enter(job, rows + start, start, count);
      carry_on(activation, keep, job, listed + start, outputs + start, round_up(found));
      if (!keep) continue;
      if (is_before_last(job))
        add_to_lines(job, rows + start, start, count, listed + start);
      else
        leave(job, rows + start, start, count, outputs + start, round_up(found));
    }
  }
}

/* A weight of the last layer changes one output. */
QHOST_INLINE void change_last(int keep, changes_job *job, const float *offsets, size_t offset_count,
                              const qhost_kernel_changes *changes) {
  const qhost_kernel_layer *last = job->cut.layers;
  size_t output_stride = round_up(job->count), unit = job->cut.unit;
  list_together(job, offsets, offset_count, changes);
  for (size_t start = 0; start < job->count; start += STRIP) {
    size_t count = least(job->count - start, STRIP);
    const uint32_t *rows = job->rows ? job->rows + start : NULL;
    enter(job, rows, start, count);
    const float *inputs = inputs_of(job, start, count);
    for (size_t k = 0; k < offset_count; k++) {
      float *out = changes->outputs + k * last->output_count * changes->stride + start;
      float offset = offsets[k];
      if (offset == 0.0f) continue;
      for (size_t o = 0; o < last->output_count; o++)
        memcpy(out + o * output_stride, last->z + o * STRIP, job->cut.lanes * sizeof *out);
      float *mine = out + unit * output_stride;
      QHOST_LANES
      for (size_t i = 0; i < job->cut.lanes; i++) mine[i] += offset * inputs[i];
      if (keep) leave(job, rows, start, count, out, output_stride);
    }
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

QHOST_INLINE changes_job new_job(const qhost_kernel_changes_memory *memory, size_t unit,
                                 const uint32_t *rows, const float *x, size_t count) {
  size_t widest = 0;
  for (size_t l = 0; l < memory->layer_count; l++)
    if (memory->layers[l].output_count > widest) widest = memory->layers[l].output_count;
  changes_job job = {.memory = memory, .rows = rows, .x = x, .count = count};
  const qhost_kernel_layer *first = memory->strips + (memory->layer_count > 1 ? 1 : 0);
  job.first_column = (size_t)(first->z - memory->lines.strips) / STRIP;
  job.cut = (cut){.layers = memory->strips, .layer_count = memory->layer_count, .unit = unit,
                  .stride = STRIP};
  job.inputs = memory->scratch;
  job.unit_z = memory->scratch + STRIP;
  job.unit_h = memory->scratch + 2 * STRIP;
  job.cut.even = memory->scratch + 3 * STRIP;
  job.cut.odd = job.cut.even + widest * STRIP;
  job.listed = job.cut.odd + widest * STRIP;
  job.sums = job.listed + memory->stride;
  return job;
}

QHOST_WIDE
void qhost_kernel_network_changes(const qhost_kernel_changes_memory *memory, uint32_t activation,
                                  size_t unit, const uint32_t *rows, const float *x, size_t count,
                                  const float *offsets, size_t offset_count,
                                  const qhost_kernel_changes *changes) {
  ask_for(rows, x, count);
  changes_job job = new_job(memory, unit, rows, x, count);
  change(activation, 0, &job, offsets, offset_count, changes);
}

QHOST_WIDE
void qhost_kernel_network_move_changes(const qhost_kernel_changes_memory *memory,
                                       uint32_t activation, size_t unit, const uint32_t *rows,
                                       const float *x, size_t count, float offset,
                                       const qhost_kernel_changes *changes) {
  changes_job job = new_job(memory, unit, rows, x, count);
  change(activation, 1, &job, &offset, 1, changes);
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
