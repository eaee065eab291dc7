#include "spiking_vector.h"

/*
 * Steps of a group of `group` vectors whose state stays in registers; flags and group are constants where
 * this is inlined.
 */
INLINE void run_group(const qhost_spiking_layer *layer, float *state, const float *x, size_t stride,
                      size_t begin, size_t end, const qhost_spiking_record *record,
                      const qhost_spiking_changes *changes, size_t lane, const uint32_t flags,
                      const size_t group) {
  const size_t S = layer->lanes;
  enum { MOST = 4 };
  vector v[MOST], synapse[MOST], inhibition[MOST], adaptation[MOST], resting[MOST], trace[MOST];
  vector sum[MOST], decay[MOST], gain[MOST], threshold[MOST], alpha[MOST];
  mask fired[MOST];
  const int decays = (flags & (QHOST_SPIKING_CURRENT | QHOST_SPIKING_CONDUCTANCE)) != 0;
  const int adapts = (flags & (QHOST_SPIKING_ADAPTS | QHOST_SPIKING_IZHIKEVICH)) != 0;
  uint16_t *const spikes = record->spikes;
  float *const membranes = record->membranes, *const synapses = record->synapses;
  const int sums = (flags & (QHOST_SPIKING_SUMMED | QHOST_SPIKING_COUNTED)) != 0;
  const size_t width = flags & QHOST_SPIKING_CONDUCTANCE ? 2 * S : S;
  size_t next = 0;
  const vector one = SPLAT(1.0f), reset = SPLAT(layer->reset), zero = SPLAT(0.0f);
  for (size_t g = 0; g < group; g++) {
    const size_t place = lane + g * LANES;
    v[g] = LOAD(state + QHOST_SPIKING_MEMBRANE * S + place);
    fired[g] = LOAD(state + QHOST_SPIKING_FIRED * S + place) > zero;
    if (decays) synapse[g] = LOAD(state + QHOST_SPIKING_SYNAPSE * S + place);
    if (flags & QHOST_SPIKING_CONDUCTANCE) {
      inhibition[g] = LOAD(state + QHOST_SPIKING_INHIBITION * S + place);
    }
    if (adapts) adaptation[g] = LOAD(state + QHOST_SPIKING_ADAPTATION * S + place);
    if (flags & QHOST_SPIKING_RESTS) resting[g] = LOAD(state + QHOST_SPIKING_RESTING * S + place);
    if (flags & QHOST_SPIKING_TRACED) trace[g] = LOAD(state + QHOST_SPIKING_TRACE * S + place);
    if (sums) sum[g] = LOAD(state + QHOST_SPIKING_SUM * S + place);
    decay[g] = LOAD(layer->decay + place);
    threshold[g] = LOAD(layer->threshold + place);
    if (flags & QHOST_SPIKING_SCALED) gain[g] = LOAD(layer->gain + place);
    if (decays) alpha[g] = LOAD(layer->synapse + place);
  }
  for (size_t t = begin; t < end; t++) {
    vector added[MOST] = {}, inhibited[MOST] = {};
    if (changes) {
      for (; next < changes->count && changes->steps[next] == t; next++) {
        const float *row = changes->weights + changes->inputs[next] * width + lane;
        const vector sign = SPLAT(changes->signs[next]);
        for (size_t g = 0; g < group; g++) {
          added[g] = added[g] + sign * LOAD(row + g * LANES);
          if (flags & QHOST_SPIKING_CONDUCTANCE) {
            inhibited[g] = inhibited[g] + sign * LOAD(row + S + g * LANES);
          }
        }
      }
    }
    for (size_t g = 0; g < group; g++) {
      const size_t place = lane + g * LANES;
      const float *current = x + t * stride + place;
      vector drive = LOAD(current);
      if (changes) drive = drive + added[g];
      if (flags & QHOST_SPIKING_CURRENT) {
        synapse[g] = alpha[g] * synapse[g] + drive;
        drive = synapse[g];
        if (synapses) STORE(synapses + t * S + place, drive);
      }
      if (flags & QHOST_SPIKING_CONDUCTANCE) {
        synapse[g] = alpha[g] * synapse[g] + drive;
        vector second = LOAD(current + S);
        if (changes) second = second + inhibited[g];
        inhibition[g] = alpha[g] * inhibition[g] + second;
        if (synapses) {
          STORE(synapses + t * 2 * S + place, synapse[g]);
          STORE(synapses + t * 2 * S + S + place, inhibition[g]);
        }
      }
      vector before = v[g];
      if (flags & QHOST_SPIKING_NEXT && flags & QHOST_SPIKING_ZERO) {
        before = SELECT(fired[g], reset, before);
      }
      if (flags & QHOST_SPIKING_CONDUCTANCE) {
        drive = synapse[g] * (SPLAT(layer->excitatory) - before) +
                inhibition[g] * (SPLAT(layer->inhibitory) - before);
      }
      if (flags & QHOST_SPIKING_SCALED) drive = gain[g] * drive;
      vector u, bound = threshold[g];
      if (flags & QHOST_SPIKING_IZHIKEVICH) {
        u = before;
        for (int half = 0; half < 2; half++) {
          vector slope = (SPLAT(0.04f) * u) * u + SPLAT(5.0f) * u;
          slope = ((slope + SPLAT(140.0f)) - adaptation[g]) + drive;
          u = u + SPLAT(0.5f) * slope;
        }
        adaptation[g] =
            adaptation[g] + SPLAT(layer->recovery) * (SPLAT(layer->sensitivity) * u - adaptation[g]);
      } else {
        u = decay[g] * before + drive;
        if (flags & QHOST_SPIKING_NEXT && flags & QHOST_SPIKING_SUBTRACT) {
          u = u - MASKED(fired[g], bound);
        }
      }
      mask rests = (mask){};
      if (flags & QHOST_SPIKING_RESTS) {
        rests = resting[g] > zero;
        u = SELECT(rests, reset, u);
        resting[g] = resting[g] - MASKED(rests, one);
      }
      if (flags & QHOST_SPIKING_ADAPTS) bound = bound + SPLAT(layer->adaptation) * adaptation[g];
      mask spike = flags & QHOST_SPIKING_REACHED ? u >= bound : u > bound;
      if (flags & QHOST_SPIKING_RESTS) spike &= ~rests;
      if (flags & QHOST_SPIKING_SILENT) spike = (mask){};
      if (membranes) STORE(membranes + t * S + place, u);
      if (flags & QHOST_SPIKING_SUMMED) sum[g] = sum[g] + u;
      if (!(flags & QHOST_SPIKING_NEXT)) {
        if (flags & QHOST_SPIKING_SUBTRACT) u = u - MASKED(spike, threshold[g]);
        if (flags & QHOST_SPIKING_ZERO) u = SELECT(spike, reset, u);
      }
      v[g] = u;
      if (flags & QHOST_SPIKING_ADAPTS) {
        adaptation[g] = SPLAT(layer->adaptation_decay) * adaptation[g] + MASKED(spike, one);
      }
      if (flags & QHOST_SPIKING_IZHIKEVICH) {
        adaptation[g] = adaptation[g] + MASKED(spike, SPLAT(layer->jump));
      }
      if (flags & QHOST_SPIKING_RESTS) {
        resting[g] = SELECT(spike, SPLAT(layer->rest_steps), resting[g]);
      }
      if (flags & QHOST_SPIKING_TRACED) {
        trace[g] = SPLAT(layer->trace_decay) * trace[g] + MASKED(spike, one);
      }
      if (flags & QHOST_SPIKING_COUNTED) sum[g] = sum[g] + MASKED(spike, one);
      fired[g] = spike;
      if (spikes) spikes[(t * S + place) / LANES] = lane_bits(&spike);
    }
  }
  for (size_t g = 0; g < group; g++) {
    const size_t place = lane + g * LANES;
    STORE(state + QHOST_SPIKING_MEMBRANE * S + place, v[g]);
    STORE(state + QHOST_SPIKING_FIRED * S + place, MASKED(fired[g], one));
    if (decays) STORE(state + QHOST_SPIKING_SYNAPSE * S + place, synapse[g]);
    if (flags & QHOST_SPIKING_CONDUCTANCE) {
      STORE(state + QHOST_SPIKING_INHIBITION * S + place, inhibition[g]);
    }
    if (adapts) STORE(state + QHOST_SPIKING_ADAPTATION * S + place, adaptation[g]);
    if (flags & QHOST_SPIKING_RESTS) STORE(state + QHOST_SPIKING_RESTING * S + place, resting[g]);
    if (flags & QHOST_SPIKING_TRACED) STORE(state + QHOST_SPIKING_TRACE * S + place, trace[g]);
    if (sums) STORE(state + QHOST_SPIKING_SUM * S + place, sum[g]);
  }
}

INLINE void run_lanes(const qhost_spiking_layer *layer, float *state, const float *x, size_t stride,
                      size_t begin, size_t end, const qhost_spiking_record *record,
                      const qhost_spiking_changes *changes, const uint32_t flags) {
  size_t lane = 0;
  for (; lane + 4 * LANES <= layer->lanes; lane += 4 * LANES) {
    run_group(layer, state, x, stride, begin, end, record, changes, lane, flags, 4);
  }
  for (; lane + 2 * LANES <= layer->lanes; lane += 2 * LANES) {
    run_group(layer, state, x, stride, begin, end, record, changes, lane, flags, 2);
  }
  for (; lane < layer->lanes; lane += LANES) {
    run_group(layer, state, x, stride, begin, end, record, changes, lane, flags, 1);
  }
}

#define CASE(FLAGS)                                                             \
  case (FLAGS):                                                                 \
    run_lanes(layer, state, x, stride, begin, end, record, changes, (FLAGS));   \
    break;

/* Common kinds of layers as constants, all others with flags that are looked at in each step. */
INLINE void run(const qhost_spiking_layer *layer, float *state, const float *x, size_t stride,
                size_t begin, size_t end, const qhost_spiking_record *record,
                const qhost_spiking_changes *changes) {
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
    default: run_lanes(layer, state, x, stride, begin, end, record, changes, layer->flags);
  }
}

QHOST_WIDE
void qhost_spiking_run(const qhost_spiking_layer *layer, float *state, const float *currents,
                       size_t stride, size_t begin, size_t end, const qhost_spiking_record *record) {
  run(layer, state, currents, stride, begin, end, record, NULL);
}

QHOST_WIDE
void qhost_spiking_run_changed(const qhost_spiking_layer *layer, float *state, const float *currents,
                               size_t begin, size_t end, const qhost_spiking_changes *changes) {
  const qhost_spiking_record nothing = {0};
  const size_t stride = layer->lanes * (layer->flags & QHOST_SPIKING_CONDUCTANCE ? 2 : 1);
  run(layer, state, currents, stride, begin, end, &nothing, changes);
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
    run(layer, state, currents, stride, t, t + 1, record, NULL);
  }
}
