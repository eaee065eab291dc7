#include "spiking_vector.h"

/* currents of `group` vectors over all steps. */
INLINE void gather_group(const float *weights, const float *bias, size_t width,
                         const qhost_spiking_events *events, size_t steps, float *currents,
                         size_t lane, const size_t group, const int has_values) {
  for (size_t t = 0; t < steps; t++) {
    vector sum[8];
    for (size_t g = 0; g < group; g++) sum[g] = LOAD(bias + lane + g * LANES);
    for (size_t e = events->offsets[t]; e < events->offsets[t + 1]; e++) {
      const float *row = weights + events->channels[e] * width + lane;
      vector value = has_values ? SPLAT(events->values[e]) : SPLAT(1.0f);
      for (size_t g = 0; g < group; g++) {
        vector w = LOAD(row + g * LANES);
        if (has_values) w = (w * value + SPLAT(LATTICE)) - SPLAT(LATTICE);
        sum[g] = sum[g] + w;
      }
    }
    for (size_t g = 0; g < group; g++) STORE(currents + t * width + lane + g * LANES, sum[g]);
  }
}

INLINE void gather(const float *weights, const float *bias, size_t width,
                   const qhost_spiking_events *events, size_t steps, float *currents,
                   const int has_values) {
  size_t lane = 0;
  for (; lane + 8 * LANES <= width; lane += 8 * LANES) {
    gather_group(weights, bias, width, events, steps, currents, lane, 8, has_values);
  }
  for (; lane + 4 * LANES <= width; lane += 4 * LANES) {
    gather_group(weights, bias, width, events, steps, currents, lane, 4, has_values);
  }
  for (; lane < width; lane += LANES) {
    gather_group(weights, bias, width, events, steps, currents, lane, 1, has_values);
  }
}

QHOST_WIDE
void qhost_spiking_gather(const float *weights, const float *bias, size_t width,
                          const qhost_spiking_events *events, size_t steps, float *currents) {
  if (events->values) {
    gather(weights, bias, width, events, steps, currents, 1);
  } else {
    gather(weights, bias, width, events, steps, currents, 0);
  }
}

/* A tile of `rows` steps and `group` vectors. */
INLINE void multiply_tile(const float *weights, const float *bias, size_t width, size_t input_count,
                          const float *spikes, size_t pitch, float *currents, const size_t rows,
                          const size_t group) {
  /* A product with 0 or 1 is exact, fused or not. */
#if defined(__clang__)
#pragma clang fp contract(fast)
#endif
  vector sum[4][4];
  for (size_t r = 0; r < rows; r++) {
    for (size_t g = 0; g < group; g++) sum[r][g] = LOAD(bias + g * LANES);
  }
  for (size_t i = 0; i < input_count; i++) {
    for (size_t r = 0; r < rows; r++) {
      vector spike = SPLAT(spikes[i * pitch + r]);
      for (size_t g = 0; g < group; g++) {
        sum[r][g] = sum[r][g] + LOAD(weights + i * width + g * LANES) * spike;
      }
    }
  }
  for (size_t r = 0; r < rows; r++) {
    for (size_t g = 0; g < group; g++) STORE(currents + r * width + g * LANES, sum[r][g]);
  }
}

QHOST_WIDE
void qhost_spiking_multiply(const float *weights, const float *bias, size_t width,
                            size_t input_count, const float *spikes, size_t pitch, size_t steps,
                            float *currents) {
  for (size_t t = 0; t < steps;) {
    size_t rows = t + 4 <= steps ? 4 : 1, lane = 0;
    float *out = currents + t * width;
    for (; rows == 4 && lane + 4 * LANES <= width; lane += 4 * LANES) {
      multiply_tile(weights + lane, bias + lane, width, input_count, spikes + t, pitch, out + lane, 4, 4);
    }
    for (; rows == 4 && lane < width; lane += LANES) {
      multiply_tile(weights + lane, bias + lane, width, input_count, spikes + t, pitch, out + lane, 4, 1);
    }
    for (; lane < width; lane += LANES) {
      multiply_tile(weights + lane, bias + lane, width, input_count, spikes + t, pitch, out + lane, 1, 1);
    }
    t += rows;
  }
}

void qhost_spiking_scatter(const float *weights, const uint32_t *delays, size_t lanes, size_t width,
                           const qhost_spiking_events *events, size_t steps,
                           float *currents) {
  for (size_t t = 0; t < steps; t++) {
    for (size_t e = events->offsets[t]; e < events->offsets[t + 1]; e++) {
      size_t i = events->channels[e];
      float value = events->values ? events->values[e] : 1.0f;
      for (size_t part = 0; part < width; part += lanes) {
        for (size_t j = 0; j < lanes; j++) {
          size_t at = t + delays[i * lanes + j];
          float product = (weights[i * width + part + j] * value + LATTICE) - LATTICE;
          currents[at * width + part + j] += product;
        }
      }
    }
  }
}

size_t qhost_spiking_list(const uint16_t *spikes, size_t lanes, size_t begin, size_t end,
                          uint32_t *offsets, uint32_t *channels) {
  size_t words = lanes / LANES, count = 0;
  for (size_t t = begin; t < end; t++) {
    offsets[t - begin] = (uint32_t)count;
    for (size_t w = 0; w < words; w++) {
      for (uint32_t left = spikes[t * words + w]; left; left &= left - 1) {
        channels[count++] = (uint32_t)(w * LANES) + (uint32_t)__builtin_ctz(left);
      }
    }
  }
  offsets[end - begin] = (uint32_t)count;
  return count;
}

QHOST_WIDE
void qhost_spiking_round(const double *from, size_t count, float *to) {
  for (size_t i = 0; i < count; i++) {
    float x = (float)from[i];
    x = x > 255.0f ? 255.0f : x < -255.0f ? -255.0f : x;
    to[i] = (x + LATTICE) - LATTICE;
  }
}

QHOST_WIDE
void qhost_spiking_scan(const float *inputs, size_t pitch, size_t rows, size_t steps,
                        size_t channel_count, uint32_t *const *channels, float *const *values,
                        uint32_t *const *offsets, uint32_t *counts) {
  for (size_t r = 0; r < rows; r++) counts[r] = 0;
  for (size_t t = 0; t < steps; t++) {
    for (size_t r = 0; r < rows; r++) offsets[r][t] = counts[r];
    for (size_t i = 0; i < channel_count; i++) {
      const float *x = inputs + (t * channel_count + i) * pitch;
      uint32_t found = 0;
      if (rows == LANES) {
        vector row;
        memcpy(&row, x, sizeof row);
        mask is_set = row != SPLAT(0.0f);
        found = lane_bits(&is_set);
      } else {
        for (size_t r = 0; r < rows; r++) found |= (uint32_t)(x[r] != 0) << r;
      }
      for (; found; found &= found - 1) {
        size_t r = (size_t)__builtin_ctz(found);
        channels[r][counts[r]] = (uint32_t)i;
        values[r][counts[r]++] = x[r];
      }
    }
  }
  for (size_t r = 0; r < rows; r++) offsets[r][steps] = counts[r];
}

void qhost_spiking_read(const float *weights, const float *bias, size_t output_count, size_t width,
                        size_t input_count, const float *traces, double *sums) {
  for (size_t c = 0; c < output_count; c++) sums[c] = bias[c];
  for (size_t j = 0; j < input_count; j++) {
    double e = (traces[j] + LATTICE) - LATTICE;
    if (e == 0) continue;
    for (size_t c = 0; c < output_count; c++) sums[c] += e * (double)weights[j * width + c];
  }
}
