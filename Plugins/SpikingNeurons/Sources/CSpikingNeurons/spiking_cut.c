#include "spiking_vector.h"

/* The state of a neuron in all lanes, and its currents with what the offsets change of them. */
INLINE void begin_row(const qhost_spiking_cut_row *row, size_t neuron, size_t neuron_lanes,
                      size_t S, size_t ports, size_t pitch, int is_constant, int has_own,
                      size_t begin, size_t end) {
  const size_t width = S * ports;
  for (size_t k = 0; k < QHOST_SPIKING_STATES; k++) {
    vector value = SPLAT(row->start[k * neuron_lanes + neuron]);
    for (size_t l = 0; l < S; l += LANES) STORE(row->state + k * S + l, value);
  }
  for (size_t t = begin; t < end; t++) {
    for (size_t p = 0; p < ports; p++) {
      vector value = SPLAT(row->currents[p * pitch + (is_constant ? 0 : t)]);
      for (size_t l = 0; l < S; l += LANES) STORE(row->scratch + t * width + p * S + l, value);
    }
  }
  for (size_t e = 0; e < row->change_count; e++) {
    if (row->steps[e] >= end) continue;
    float *place = row->scratch + row->steps[e] * width;
    const float *change = row->changes + (has_own ? e * width : 0);
    for (size_t l = 0; l < width; l += LANES) STORE(place + l, LOAD(place + l) + LOAD(change + l));
  }
}

/* Spikes become those that differ from the neuron's own. */
INLINE void compare_row(qhost_spiking_cut_row *row, size_t words, size_t begin, size_t end) {
  const uint64_t *train = row->train;
  uint16_t *spikes = row->spikes;
  uint16_t any[2] = {0};
  for (size_t t = begin; t < end; t++) {
    const uint16_t base = (uint16_t) - (uint16_t)(train[t / 64] >> (t % 64) & 1);
    for (size_t w = 0; w < words; w++) any[w] |= spikes[t * words + w] ^= base;
  }
  row->differs = any[0] | (uint32_t)any[1] << LANES;
}

QHOST_WIDE
void qhost_spiking_cut(const qhost_spiking_layer *layer, size_t neuron, size_t neuron_lanes,
                       size_t pitch, int is_constant, int has_own, qhost_spiking_cut_row *rows,
                       size_t row_count, size_t begin, size_t end) {
  enum { MOST = QHOST_SPIKING_SIDE_BY_SIDE };
  const size_t S = layer->lanes, ports = layer->flags & QHOST_SPIKING_CONDUCTANCE ? 2 : 1;
  float spare[MOST][QHOST_SPIKING_STATES * 2 * LANES] __attribute__((aligned(64)));
  float *states[MOST];
  const float *currents[MOST];
  qhost_spiking_record records[MOST] = {{0}};
  for (size_t r = 0; r < row_count; r++) {
    begin_row(&rows[r], neuron, neuron_lanes, S, ports, pitch, is_constant, has_own, begin, end);
    states[r] = rows[r].state;
    currents[r] = rows[r].scratch;
    records[r].spikes = rows[r].spikes;
  }
  if (row_count == 1) {
    qhost_spiking_run(layer, states[0], currents[0], S * ports, begin, end, records);
  } else {
    /* Places without a row do what the first one does, and leave no trace. */
    for (size_t r = row_count; r < MOST; r++) {
      memcpy(spare[r], states[0], sizeof(float) * QHOST_SPIKING_STATES * S);
      states[r] = spare[r];
      currents[r] = currents[0];
    }
    qhost_spiking_run_side_by_side(layer, states, currents, S * ports, begin, end, records);
  }
  for (size_t r = 0; r < row_count; r++) {
    if (S == LANES) {
      compare_row(&rows[r], 1, begin, end);
    } else {
      compare_row(&rows[r], 2, begin, end);
    }
  }
}

size_t qhost_spiking_lane_changes(const uint16_t *spikes, size_t lanes, size_t lane,
                                  const uint64_t *train, size_t begin, size_t end, uint32_t *steps,
                                  float *signs) {
  const size_t words = lanes / LANES;
  size_t count = 0;
  for (size_t t = begin; t < end; t++) {
    /* Written always and kept if it counts: no branch that is hard to foresee. */
    steps[count] = (uint32_t)t;
    signs[count] = train[t / 64] >> (t % 64) & 1 ? -1.0f : 1.0f;
    count += spikes[t * words + lane / LANES] >> (lane % LANES) & 1;
  }
  return count;
}
