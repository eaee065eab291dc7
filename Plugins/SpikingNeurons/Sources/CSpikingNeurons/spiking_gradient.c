#include "spiking_vector.h"

#include "qhost_kernels_elementary.h"

INLINE float magnitude(float x) { return x < 0 ? -x : x; }

QHOST_WIDE
void qhost_spiking_surrogate(uint32_t kind, float k, const float *x, size_t count, float *slopes) {
  switch (kind) {
    case QHOST_SPIKING_FAST_SIGMOID:
      for (size_t i = 0; i < count; i++) {
        float d = 1.0f + k * magnitude(x[i]);
        slopes[i] = 1.0f / (d * d);
      }
      break;
    case QHOST_SPIKING_ARCTAN:
      for (size_t i = 0; i < count; i++) {
        float z = 1.57079633f * k * x[i];
        slopes[i] = 0.5f * k / (1.0f + z * z);
      }
      break;
    case QHOST_SPIKING_SIGMOID:
      for (size_t i = 0; i < count; i++) {
        float e = exponential(-k * magnitude(x[i])), d = 1.0f + e;
        slopes[i] = k * e / (d * d);
      }
      break;
    case QHOST_SPIKING_TRIANGLE:
      for (size_t i = 0; i < count; i++) {
        float d = 1.0f - k * magnitude(x[i]);
        slopes[i] = d > 0 ? k * d : 0;
      }
      break;
    default:
      for (size_t i = 0; i < count; i++) slopes[i] = 2 * k * magnitude(x[i]) < 1 ? k : 0;
  }
}

/* The arrays of scratch memory, [S] each. */
enum { U_NEXT, V_SLOPE, I_SLOPE, G_SLOPE, A_SLOPE, A_BEFORE, SLOPE, DISTANCE };

/* spike_slopes_t += recurrent . current_slopes_{t+1}, in scratch. */
INLINE void add_recurrent(const qhost_spiking_backward *pass, size_t width, const float *next,
                          float *out) {
  for (size_t k = 0; k < pass->neuron_count; k++) {
    const float *row = pass->recurrent + k * width;
    vector sum = SPLAT(0.0f);
    for (size_t j = 0; j < width; j += LANES) sum = sum + LOAD(row + j) * LOAD(next + j);
    float total = 0;
    for (size_t l = 0; l < LANES; l++) total += sum[l];
    out[k] += total;
  }
}

INLINE float fired(const uint16_t *words, size_t lane) {
  return (float)(words[lane / LANES] >> (lane % LANES) & 1);
}

/* Where step t rests, after a spike in one of the steps before it. */
INLINE int rests(const qhost_spiking_layer *layer, const uint16_t *spikes, size_t t, size_t lane) {
  size_t words = layer->lanes / LANES, steps = (size_t)layer->rest_steps;
  for (size_t back = 1; back <= steps && back <= t; back++) {
    if (fired(spikes + (t - back) * words, lane) > 0) return 1;
  }
  return 0;
}

/* Leaves the adaptation before each step where that step's slopes will be. */
static void list_adaptations(const qhost_spiking_layer *layer, const qhost_spiking_backward *pass,
                             size_t steps, size_t width) {
  const size_t words = layer->lanes / LANES;
  for (size_t j = 0; j < layer->lanes; j++) {
    float a = 0;
    for (size_t t = 0; t < steps; t++) {
      pass->current_slopes[t * width + j] = a;
      a = layer->adaptation_decay * a + fired(pass->spikes + t * words, j);
    }
  }
}

/* One lane and step: see qhost_kernels_spiking.h for the equations that this is the adjoint of. */
INLINE void back_lane(const qhost_spiking_layer *layer, const qhost_spiking_backward *pass, size_t t,
                      size_t j, float slope) {
  const size_t S = layer->lanes, words = S / LANES;
  const uint32_t flags = layer->flags;
  const int next = (flags & QHOST_SPIKING_NEXT) != 0, follows = (int)pass->is_reset_followed;
  const int conducts = (flags & QHOST_SPIKING_CONDUCTANCE) != 0;
  float *w = pass->scratch;
  const uint16_t *now = pass->spikes + t * words;
  const float s = fired(now, j), u = pass->membranes[t * S + j], theta = layer->threshold[j];
  const int resting = flags & QHOST_SPIKING_RESTS && rests(layer, pass->spikes, t, j);
  const float gv = w[V_SLOPE * S + j], un = w[U_NEXT * S + j], ga = w[A_SLOPE * S + j];
  float gs = pass->spike_slopes[t * S + j] + w[SLOPE * S + j], gu = gv, bound = 0;
  if (flags & QHOST_SPIKING_ADAPTS) gs += ga;
  if (flags & QHOST_SPIKING_ZERO) gu = gv * (1 - s);
  if (follows && !next && flags & QHOST_SPIKING_SUBTRACT) gs -= theta * gv;
  if (follows && flags & QHOST_SPIKING_ZERO) gs += (layer->reset - u) * gv;
  if (follows && next && flags & QHOST_SPIKING_SUBTRACT) gs -= theta * un;
  if (!next && flags & QHOST_SPIKING_SUBTRACT) bound -= s * gv;
  if (next && flags & QHOST_SPIKING_SUBTRACT) bound -= s * un;
  float pushed = resting || flags & QHOST_SPIKING_SILENT ? 0 : gs * slope;
  gu += pushed;
  if (pass->membrane_slopes) gu += pass->membrane_slopes[t * S + j];
  bound -= pushed;
  w[A_SLOPE * S + j] = layer->adaptation_decay * ga - layer->adaptation * pushed;
  if (resting) gu = 0;
  pass->threshold[j] += bound;

  /* v before this step, from u and the spike of the step before. */
  float v = 0;
  if (t > 0) {
    float before = fired(now - words, j);
    v = pass->membranes[(t - 1) * S + j];
    if (!next && flags & QHOST_SPIKING_SUBTRACT) v -= before * theta;
    if (flags & QHOST_SPIKING_ZERO) v = before > 0 ? layer->reset : v;
  }
  const float b = layer->gain[j], alpha = layer->synapse[j];
  float into_v = layer->decay[j] * gu;
  pass->decay[j] += gu * v;
  if (conducts) {
    const float *g = pass->synapses + t * 2 * S + j;
    const float excited = layer->excitatory - v, inhibited = layer->inhibitory - v;
    pass->gain[j] += gu * (g[0] * excited + g[S] * inhibited);
    into_v -= b * gu * (g[0] + g[S]);
    float ge = b * gu * excited + alpha * w[I_SLOPE * S + j];
    float gi = b * gu * inhibited + alpha * w[G_SLOPE * S + j];
    if (t > 0) pass->synapse[j] += ge * (g - 2 * S)[0] + gi * (g - 2 * S)[S];
    w[I_SLOPE * S + j] = pass->current_slopes[t * 2 * S + j] = ge;
    w[G_SLOPE * S + j] = pass->current_slopes[t * 2 * S + S + j] = gi;
  } else if (flags & QHOST_SPIKING_CURRENT) {
    const float *i = pass->synapses + t * S + j;
    pass->gain[j] += gu * i[0];
    float gi = b * gu + alpha * w[I_SLOPE * S + j];
    if (t > 0) pass->synapse[j] += gi * (i - S)[0];
    w[I_SLOPE * S + j] = pass->current_slopes[t * S + j] = gi;
  } else {
    /* x itself is not kept: it is what u has beyond the decayed v. */
    float reset = next && flags & QHOST_SPIKING_SUBTRACT && t > 0 ? theta * fired(now - words, j) : 0;
    if (b != 0) pass->gain[j] += gu * ((u + reset - layer->decay[j] * v) / b);
    pass->current_slopes[t * S + j] = b * gu;
  }
  w[V_SLOPE * S + j] = into_v;
  w[U_NEXT * S + j] = gu;
}

QHOST_WIDE
void qhost_spiking_run_back(const qhost_spiking_layer *layer, const qhost_spiking_backward *pass,
                            size_t steps) {
  const size_t S = layer->lanes;
  const size_t width = S * (layer->flags & QHOST_SPIKING_CONDUCTANCE ? 2 : 1);
  float *w = pass->scratch, *distance = w + DISTANCE * S, *slopes = w + A_BEFORE * S;
  const int adapts = (layer->flags & QHOST_SPIKING_ADAPTS) != 0;
  memset(w, 0, 8 * S * sizeof *w);
  if (adapts) list_adaptations(layer, pass, steps, width);
  for (size_t t = steps; t-- > 0;) {
    const float *u = pass->membranes + t * S;
    memset(w + SLOPE * S, 0, S * sizeof *w);
    if (pass->recurrent && t + 1 < steps) {
      add_recurrent(pass, width, pass->current_slopes + (t + 1) * width, w + SLOPE * S);
    }
    for (size_t j = 0; j < S; j++) {
      float a = adapts ? pass->current_slopes[t * width + j] : 0;
      distance[j] = u[j] - (layer->threshold[j] + layer->adaptation * a);
    }
    qhost_spiking_surrogate(pass->surrogate, pass->steepness, distance, S, slopes);
    for (size_t j = 0; j < S; j++) back_lane(layer, pass, t, j, slopes[j]);
  }
}

QHOST_WIDE
void qhost_spiking_add_gradient(const qhost_spiking_events *events, size_t steps, size_t width,
                                const float *current_slopes, float *gradient) {
  for (size_t t = 0; t < steps; t++) {
    const float *slopes = current_slopes + t * width;
    for (size_t e = events->offsets[t]; e < events->offsets[t + 1]; e++) {
      float *row = gradient + events->channels[e] * width;
      vector value = events->values ? SPLAT(events->values[e]) : SPLAT(1.0f);
      for (size_t j = 0; j < width; j += LANES) {
        STORE(row + j, LOAD(row + j) + value * LOAD(slopes + j));
      }
    }
  }
}

QHOST_WIDE
void qhost_spiking_carry_back(const float *weights, size_t input_count, size_t width,
                              const float *current_slopes, size_t steps, size_t pitch,
                              float *spike_slopes) {
  for (size_t t = 0; t < steps; t++) {
    const float *slopes = current_slopes + t * width;
    for (size_t i = 0; i < input_count; i++) {
      const float *row = weights + i * width;
      vector sum = SPLAT(0.0f);
      for (size_t j = 0; j < width; j += LANES) sum = sum + LOAD(row + j) * LOAD(slopes + j);
      float total = 0;
      for (size_t l = 0; l < LANES; l++) total += sum[l];
      spike_slopes[t * pitch + i] = total;
    }
  }
}

void qhost_spiking_scatter_back(const float *weights, const uint32_t *delays, size_t lanes,
                                size_t width, size_t input_count,
                                const qhost_spiking_events *events, size_t steps, size_t pitch,
                                const float *current_slopes, float *gradient,
                                float *delay_gradient, float *spike_slopes) {
  for (size_t t = 0; t < steps; t++) {
    for (size_t e = events->offsets[t]; e < events->offsets[t + 1]; e++) {
      size_t i = events->channels[e];
      float value = events->values ? events->values[e] : 1.0f;
      for (size_t j = 0; j < width; j++) {
        size_t at = t + delays[i * lanes + j % lanes];
        if (at < steps) gradient[i * width + j] += value * current_slopes[at * width + j];
        float after = at + 1 < steps ? current_slopes[(at + 1) * width + j] : 0;
        float before = at > t && at - 1 < steps ? current_slopes[(at - 1) * width + j] : 0;
        delay_gradient[i * lanes + j % lanes] += 0.5f * value * weights[i * width + j] * (after - before);
      }
    }
    for (size_t i = 0; i < input_count && spike_slopes; i++) {
      float sum = 0;
      for (size_t j = 0; j < width; j++) {
        size_t at = t + delays[i * lanes + j % lanes];
        if (at < steps) sum += weights[i * width + j] * current_slopes[at * width + j];
      }
      spike_slopes[t * pitch + i] = sum;
    }
  }
}
