#include "spiking_vector.h"

/*
 * Steps of `copies` runs side by side, a group of `group` vectors of each, whose state stays in registers: vector i of run c is
 * number c group + i. A neuron's step waits for its step before, so that more runs hardly take longer. Flags, group and copies are
 * constants where this is inlined.
 */
INLINE void run_group(const qhost_spiking_layer *layer, float *const *states,
                      const float *const *currents, size_t stride, size_t begin, size_t end,
                      const qhost_spiking_record *records, const qhost_spiking_changes *changes,
                      size_t lane, const uint32_t flags, const size_t group, const size_t copies) {
  const size_t S = layer->lanes, all = group * copies;
  enum { MOST = 2 * QHOST_SPIKING_SIDE_BY_SIDE };
  vector v[MOST], synapse[MOST], inhibition[MOST], adaptation[MOST], resting[MOST], trace[MOST];
  vector sum[MOST], decay[MOST], gain[MOST], threshold[MOST], alpha[MOST];
  mask fired[MOST];
  const int decays = (flags & (QHOST_SPIKING_CURRENT | QHOST_SPIKING_CONDUCTANCE)) != 0;
  const int adapts = (flags & (QHOST_SPIKING_ADAPTS | QHOST_SPIKING_IZHIKEVICH)) != 0;
  const int sums = (flags & (QHOST_SPIKING_SUMMED | QHOST_SPIKING_COUNTED)) != 0;
  const size_t width = flags & QHOST_SPIKING_CONDUCTANCE ? 2 * S : S;
  size_t next[QHOST_SPIKING_SIDE_BY_SIDE] = {0};
  uint16_t *spikes[QHOST_SPIKING_SIDE_BY_SIDE] = {0};
  float *membranes[QHOST_SPIKING_SIDE_BY_SIDE] = {0}, *synapses[QHOST_SPIKING_SIDE_BY_SIDE] = {0};
  UNROLL
  for (size_t c = 0; records && c < copies; c++) {
    spikes[c] = records[c].spikes;
    membranes[c] = records[c].membranes;
    synapses[c] = records[c].synapses;
  }
  const vector one = SPLAT(1.0f), reset = SPLAT(layer->reset), zero = SPLAT(0.0f);
  UNROLL
  for (size_t g = 0; g < group; g++) {
    const size_t place = lane + g * LANES;
    decay[g] = LOAD(layer->decay + place);
    threshold[g] = LOAD(layer->threshold + place);
    if (flags & QHOST_SPIKING_SCALED) gain[g] = LOAD(layer->gain + place);
    if (decays) alpha[g] = LOAD(layer->synapse + place);
  }
  UNROLL
  for (size_t n = 0; n < all; n++) {
    const size_t place = lane + n % group * LANES;
    const float *state = states[n / group];
    v[n] = LOAD(state + QHOST_SPIKING_MEMBRANE * S + place);
    fired[n] = LOAD(state + QHOST_SPIKING_FIRED * S + place) > zero;
    if (decays) synapse[n] = LOAD(state + QHOST_SPIKING_SYNAPSE * S + place);
    if (flags & QHOST_SPIKING_CONDUCTANCE) {
      inhibition[n] = LOAD(state + QHOST_SPIKING_INHIBITION * S + place);
    }
    if (adapts) adaptation[n] = LOAD(state + QHOST_SPIKING_ADAPTATION * S + place);
    if (flags & QHOST_SPIKING_RESTS) resting[n] = LOAD(state + QHOST_SPIKING_RESTING * S + place);
    if (flags & QHOST_SPIKING_TRACED) trace[n] = LOAD(state + QHOST_SPIKING_TRACE * S + place);
    if (sums) sum[n] = LOAD(state + QHOST_SPIKING_SUM * S + place);
  }
  for (size_t t = begin; t < end; t++) {
    vector added[MOST] = {}, inhibited[MOST] = {};
    UNROLL
    for (size_t c = 0; changes && c < copies; c++) {
      for (; next[c] < changes[c].count && changes[c].steps[next[c]] == t; next[c]++) {
        const float *row = changes[c].weights + changes[c].inputs[next[c]] * width + lane;
        const vector sign = SPLAT(changes[c].signs[next[c]]);
        UNROLL
        for (size_t g = 0; g < group; g++) {
          const size_t n = c * group + g;
          added[n] = added[n] + sign * LOAD(row + g * LANES);
          if (flags & QHOST_SPIKING_CONDUCTANCE) {
            inhibited[n] = inhibited[n] + sign * LOAD(row + S + g * LANES);
          }
        }
      }
    }
    UNROLL
    for (size_t n = 0; n < all; n++) {
      const size_t c = n / group, g = n % group, place = lane + g * LANES;
      const float *current = currents[c] + t * stride + place;
      vector drive = LOAD(current);
      if (changes) drive = drive + added[n];
      if (flags & QHOST_SPIKING_CURRENT) {
        synapse[n] = alpha[g] * synapse[n] + drive;
        drive = synapse[n];
        if (synapses[c]) STORE(synapses[c] + t * S + place, drive);
      }
      if (flags & QHOST_SPIKING_CONDUCTANCE) {
        synapse[n] = alpha[g] * synapse[n] + drive;
        vector second = LOAD(current + S);
        if (changes) second = second + inhibited[n];
        inhibition[n] = alpha[g] * inhibition[n] + second;
        if (synapses[c]) {
          STORE(synapses[c] + t * 2 * S + place, synapse[n]);
          STORE(synapses[c] + t * 2 * S + S + place, inhibition[n]);
        }
      }
      vector before = v[n];
      if (flags & QHOST_SPIKING_NEXT && flags & QHOST_SPIKING_ZERO) {
        before = SELECT(fired[n], reset, before);
      }
      if (flags & QHOST_SPIKING_CONDUCTANCE) {
        drive = synapse[n] * (SPLAT(layer->excitatory) - before) +
                inhibition[n] * (SPLAT(layer->inhibitory) - before);
      }
      if (flags & QHOST_SPIKING_SCALED) drive = gain[g] * drive;
      vector u, bound = threshold[g];
      if (flags & QHOST_SPIKING_IZHIKEVICH) {
        u = before;
        for (int half = 0; half < 2; half++) {
          vector slope = (SPLAT(0.04f) * u) * u + SPLAT(5.0f) * u;
          slope = ((slope + SPLAT(140.0f)) - adaptation[n]) + drive;
          u = u + SPLAT(0.5f) * slope;
        }
        adaptation[n] =
            adaptation[n] + SPLAT(layer->recovery) * (SPLAT(layer->sensitivity) * u - adaptation[n]);
      } else {
        u = decay[g] * before + drive;
        if (flags & QHOST_SPIKING_NEXT && flags & QHOST_SPIKING_SUBTRACT) {
          u = u - MASKED(fired[n], bound);
        }
      }
      mask rests = (mask){};
      if (flags & QHOST_SPIKING_RESTS) {
        rests = resting[n] > zero;
        u = SELECT(rests, reset, u);
        resting[n] = resting[n] - MASKED(rests, one);
      }
      if (flags & QHOST_SPIKING_ADAPTS) bound = bound + SPLAT(layer->adaptation) * adaptation[n];
      mask spike = flags & QHOST_SPIKING_REACHED ? u >= bound : u > bound;
      if (flags & QHOST_SPIKING_RESTS) spike &= ~rests;
      if (flags & QHOST_SPIKING_SILENT) spike = (mask){};
      if (membranes[c]) STORE(membranes[c] + t * S + place, u);
      if (flags & QHOST_SPIKING_SUMMED) sum[n] = sum[n] + u;
      if (!(flags & QHOST_SPIKING_NEXT)) {
        if (flags & QHOST_SPIKING_SUBTRACT) u = u - MASKED(spike, threshold[g]);
        if (flags & QHOST_SPIKING_ZERO) u = SELECT(spike, reset, u);
      }
      v[n] = u;
      if (flags & QHOST_SPIKING_ADAPTS) {
        adaptation[n] = SPLAT(layer->adaptation_decay) * adaptation[n] + MASKED(spike, one);
      }
      if (flags & QHOST_SPIKING_IZHIKEVICH) {
        adaptation[n] = adaptation[n] + MASKED(spike, SPLAT(layer->jump));
      }
      if (flags & QHOST_SPIKING_RESTS) {
        resting[n] = SELECT(spike, SPLAT(layer->rest_steps), resting[n]);
      }
      if (flags & QHOST_SPIKING_TRACED) {
        trace[n] = SPLAT(layer->trace_decay) * trace[n] + MASKED(spike, one);
      }
      if (flags & QHOST_SPIKING_COUNTED) sum[n] = sum[n] + MASKED(spike, one);
      fired[n] = spike;
      if (spikes[c]) spikes[c][(t * S + place) / LANES] = lane_bits(&spike);
    }
  }
  UNROLL
  for (size_t n = 0; n < all; n++) {
    const size_t place = lane + n % group * LANES;
    float *const state = states[n / group];
    STORE(state + QHOST_SPIKING_MEMBRANE * S + place, v[n]);
    STORE(state + QHOST_SPIKING_FIRED * S + place, MASKED(fired[n], one));
    if (decays) STORE(state + QHOST_SPIKING_SYNAPSE * S + place, synapse[n]);
    if (flags & QHOST_SPIKING_CONDUCTANCE) {
      STORE(state + QHOST_SPIKING_INHIBITION * S + place, inhibition[n]);
    }
    if (adapts) STORE(state + QHOST_SPIKING_ADAPTATION * S + place, adaptation[n]);
    if (flags & QHOST_SPIKING_RESTS) STORE(state + QHOST_SPIKING_RESTING * S + place, resting[n]);
    if (flags & QHOST_SPIKING_TRACED) STORE(state + QHOST_SPIKING_TRACE * S + place, trace[n]);
    if (sums) STORE(state + QHOST_SPIKING_SUM * S + place, sum[n]);
  }
}

INLINE void run_lanes(const qhost_spiking_layer *layer, float *const *states,
                      const float *const *currents, size_t stride, size_t begin, size_t end,
                      const qhost_spiking_record *records, const qhost_spiking_changes *changes,
                      const uint32_t flags, const size_t copies) {
  size_t lane = 0;
  for (; copies == 1 && lane + 4 * LANES <= layer->lanes; lane += 4 * LANES) {
    run_group(layer, states, currents, stride, begin, end, records, changes, lane, flags, 4, 1);
  }
  for (; lane + 2 * LANES <= layer->lanes; lane += 2 * LANES) {
    run_group(layer, states, currents, stride, begin, end, records, changes, lane, flags, 2, copies);
  }
  for (; lane < layer->lanes; lane += LANES) {
    run_group(layer, states, currents, stride, begin, end, records, changes, lane, flags, 1, copies);
  }
}

#define CASE(FLAGS)                                                                             \
  case (FLAGS):                                                                                 \
    run_lanes(layer, states, currents, stride, begin, end, records, changes, (FLAGS), copies);  \
    break;

/* Common kinds of layers as constants, all others with flags that are looked at in each step. */
INLINE void run(const qhost_spiking_layer *layer, float *const *states,
                const float *const *currents, size_t stride, size_t begin, size_t end,
                const qhost_spiking_record *records, const qhost_spiking_changes *changes,
                const size_t copies) {
  enum {
    SUBTRACT = QHOST_SPIKING_SUBTRACT,
    ZERO = QHOST_SPIKING_ZERO,
    NEXT = QHOST_SPIKING_NEXT,
    TRACED = QHOST_SPIKING_TRACED,
    CURRENT = QHOST_SPIKING_CURRENT,
    SILENT = QHOST_SPIKING_SILENT | QHOST_SPIKING_SUMMED,
    COUNTED = QHOST_SPIKING_COUNTED,
  };
  switch (layer->flags) {
    CASE(SUBTRACT)
    CASE(SUBTRACT | NEXT)
    CASE(SUBTRACT | TRACED)
    CASE(SUBTRACT | CURRENT)
    CASE(SUBTRACT | CURRENT | TRACED)
    CASE(ZERO)
    CASE(ZERO | TRACED)
    CASE(SUBTRACT | SILENT)
    CASE(SUBTRACT | COUNTED)
    CASE(ZERO | COUNTED)
    default:
      run_lanes(layer, states, currents, stride, begin, end, records, changes, layer->flags, copies);
  }
}

QHOST_WIDE
void qhost_spiking_run(const qhost_spiking_layer *layer, float *state, const float *currents,
                       size_t stride, size_t begin, size_t end, const qhost_spiking_record *record) {
  run(layer, &state, &currents, stride, begin, end, record, NULL, 1);
}

QHOST_WIDE
void qhost_spiking_run_side_by_side(const qhost_spiking_layer *layer, float *const *states,
                                    const float *const *currents, size_t stride, size_t begin,
                                    size_t end, const qhost_spiking_record *records) {
  run(layer, states, currents, stride, begin, end, records, NULL, QHOST_SPIKING_SIDE_BY_SIDE);
}

QHOST_WIDE
void qhost_spiking_run_changed(const qhost_spiking_layer *layer, float *const *states,
                               const float *const *currents, size_t begin, size_t end,
                               const qhost_spiking_changes *changes) {
  const size_t stride = layer->lanes * (layer->flags & QHOST_SPIKING_CONDUCTANCE ? 2 : 1);
  run(layer, states, currents, stride, begin, end, NULL, changes, QHOST_SPIKING_SIDE_BY_SIDE);
}

/* currents [width] += the rows of the neurons that fired. */
INLINE void add_fired(const qhost_spiking_layer *layer, const float *recurrent, const float *state,
                      size_t width, float *currents) {
  const float *fired = state + QHOST_SPIKING_FIRED * layer->lanes;
  for (size_t lane = 0; lane < layer->lanes; lane += LANES) {
    mask spikes = LOAD(fired + lane) > SPLAT(0.0f);
    for (uint32_t left = lane_bits(&spikes); left; left &= left - 1) {
      const float *row = recurrent + (lane + (size_t)__builtin_ctz(left)) * width;
      for (size_t j = 0; j < width; j += LANES) {
        STORE(currents + j, LOAD(currents + j) + LOAD(row + j));
      }
    }
  }
}

QHOST_WIDE
void qhost_spiking_run_recurrent(const qhost_spiking_layer *layer, const float *recurrent,
                                 float *state, float *currents, size_t stride, size_t begin,
                                 size_t end, const qhost_spiking_record *record) {
  size_t width = layer->lanes * (layer->flags & QHOST_SPIKING_CONDUCTANCE ? 2 : 1);
  for (size_t t = begin; t < end; t++) {
    add_fired(layer, recurrent, state, width, currents + t * stride);
    const float *x = currents;
    run(layer, &state, &x, stride, t, t + 1, record, NULL, 1);
  }
}
