#include <math.h>

#include "link_tables.h"
#include "qhost_kernels_random.h"

enum {
  POINTS = QHOST_KERNEL_LINK_POINTS,
  TAPS = QHOST_KERNEL_LINK_TAPS,
  SINES = QHOST_KERNEL_LINK_SINES,
  ORDERS = QHOST_KERNEL_LINK_ORDERS,
  BANDS = QHOST_KERNEL_LINK_BANDS,
  LEAD = QHOST_KERNEL_LINK_LEAD
};

/* Random numbers of an episode: stream (key, episode, one of these). */
enum { SCENE, PHASES, LUCK, BURSTS, ERRORS };

static const double turn = 6.283185307179586;

static float between(const float range[2], double part) {
  return range[0] + (float)part * (range[1] - range[0]);
}

static int32_t whole(const int32_t range[2], double part) {
  return range[0] + (int32_t)(part * (range[1] - range[0] + 1));
}

static void draw_scene(const qhost_kernel_link_plan *plan, uint64_t key, uint64_t index,
                       qhost_kernel_link_scene *scene, double *phase) {
  double u[14], z[2];
  qhost_kernel_random_uniform(key, index, SCENE, 14, u);
  qhost_kernel_random_normal(key, index, SCENE + 16, 2, z);
  scene->profile = (int32_t)(u[0] * QHOST_KERNEL_LINK_PROFILES);
  scene->snr = between(plan->snr, u[1]);
  scene->delay_spread = plan->delay_spread[0] * powf(plan->delay_spread[1] / plan->delay_spread[0], (float)u[2]);
  scene->speed = plan->speed[0] * powf(plan->speed[1] / plan->speed[0], (float)u[3]);
  scene->doppler = scene->speed * plan->doppler_for_speed;
  scene->doppler_estimate = scene->doppler * expf(0.1f * (float)z[0]);
  scene->report_period = whole(plan->report_period, u[4]);
  scene->delay = whole(plan->delay, u[5]);
  scene->size = (int32_t)(u[6] * QHOST_KERNEL_LINK_SIZES);
  scene->point_count = 1 << scene->size;
  scene->first_point = scene->point_count * (int32_t)(u[7] * (POINTS / scene->point_count));
  scene->burst_share = between(plan->burst_share, u[8]);
  scene->burst_length = plan->burst_length[0] * powf(plan->burst_length[1] / plan->burst_length[0], (float)u[9]);
  scene->burst_ratio = between(plan->burst_ratio, u[10]);
  *phase = u[11];
}

/* Taps as sums of sinusoids, and how they add up at the points. */
typedef struct fading {
  float real[SINES][TAPS], imaginary[SINES][TAPS], turn_real[SINES][TAPS], turn_imaginary[SINES][TAPS];
  float cosine[TAPS][POINTS], sine[TAPS][POINTS];
} fading;

static void prepare(const qhost_kernel_link_plan *plan, uint64_t key, uint64_t index,
                    const qhost_kernel_link_scene *scene, fading *out) {
  double u[2 * SINES * TAPS];
  qhost_kernel_random_uniform(key, index, PHASES, 2 * SINES * TAPS, u);
  double shift = turn * (double)scene->doppler * (double)plan->slot_seconds;
  for (int m = 0; m < SINES; m++)
    for (int l = 0; l < TAPS; l++) {
      int used = l < plan->tap_counts[scene->profile];
      double amplitude = used ? (double)plan->tap_amplitudes[scene->profile][l] / sqrt(SINES) : 0.0;
      double start = turn * u[2 * (m * TAPS + l)];
      /* Angles of arrival in equal sectors, each drawn within its own. */
      double step = shift * cos(turn * (m + u[2 * (m * TAPS + l) + 1]) / SINES);
      out->real[m][l] = (float)(amplitude * cos(start));
      out->imaginary[m][l] = (float)(amplitude * sin(start));
      out->turn_real[m][l] = (float)cos(step);
      out->turn_imaginary[m][l] = (float)sin(step);
    }
  for (int l = 0; l < TAPS; l++)
    for (int s = 0; s < POINTS; s++) {
      double delay = (double)plan->tap_delays[scene->profile][l] * (double)scene->delay_spread * 1e-9;
      double angle = -turn * (s - 0.5 * (POINTS - 1)) * (double)plan->point_spacing * delay;
      out->cosine[l][s] = (float)cos(angle);
      out->sine[l][s] = (float)sin(angle);
    }
}

/* Power gains [count x POINTS] of slots that follow each other; their taps too, where there is room for them. */
QHOST_KERNEL static void fade(fading *state, int tap_count, int count, float *gains, float (*taps)[2][TAPS]) {
  for (int t = 0; t < count; t++) {
    float real[TAPS] QHOST_KERNEL_LINES = {0}, imaginary[TAPS] QHOST_KERNEL_LINES = {0};
    for (int m = 0; m < SINES; m++)
      for (int l = 0; l < TAPS; l++) {
        float a = state->real[m][l], b = state->imaginary[m][l];
        float c = state->turn_real[m][l], d = state->turn_imaginary[m][l];
        real[l] += a;
        imaginary[l] += b;
        state->real[m][l] = a * c - b * d;
        state->imaginary[m][l] = a * d + b * c;
      }
    if (taps != NULL)
      for (int l = 0; l < TAPS; l++) {
        taps[t][0][l] = real[l];
        taps[t][1][l] = imaginary[l];
      }
    float x[POINTS] QHOST_KERNEL_LINES = {0}, y[POINTS] QHOST_KERNEL_LINES = {0};
    for (int l = 0; l < tap_count; l++)
      for (int s = 0; s < POINTS; s++) {
        x[s] += real[l] * state->cosine[l][s] - imaginary[l] * state->sine[l][s];
        y[s] += real[l] * state->sine[l][s] + imaginary[l] * state->cosine[l][s];
      }
    for (int s = 0; s < POINTS; s++) gains[t * POINTS + s] = x[s] * x[s] + y[s] * y[s];
  }
}

/* The best quality that is heard at informations [ORDERS]. */
static int32_t quality(const qhost_kernel_link_plan *plan, const float *information, float error) {
  float ratios[ORDERS];
  for (int q = 0; q < ORDERS; q++) ratios[q] = link_ratio_of(plan->inverse[q], information[q]) + error;
  for (int j = QHOST_KERNEL_LINK_QUALITIES; j > 0; j--)
    if (ratios[plan->quality_orders[j - 1]] >= plan->quality_thresholds[j - 1]) return j;
  return 0;
}

static qhost_kernel_link_report report(const qhost_kernel_link_plan *plan, const float *gains, float scale,
                                       const qhost_kernel_link_scene *scene, float error, int32_t slot) {
  float information[ORDERS];
  link_inform(plan, gains, scale, 0, POINTS, information);
  qhost_kernel_link_report out = {slot, quality(plan, information, error), QHOST_KERNEL_LINK_QUALITIES, 0};
  int width = POINTS / BANDS, end = (scene->first_point + scene->point_count + width - 1) / width;
  for (int b = scene->first_point / width; b < end; b++) {
    link_inform(plan, gains, scale, b * width, width, information);
    int32_t heard = quality(plan, information, error);
    if (heard < out.least) out.least = heard;
    if (heard > out.largest) out.largest = heard;
  }
  return out;
}

enum { CHUNK = 64 };

void qhost_kernel_link_trace_make(const qhost_kernel_link_plan *plan, uint64_t key, uint64_t index,
                                  double *scratch, qhost_kernel_link_trace *trace) {
  qhost_kernel_link_scene *scene = &trace->scene;
  double phase;
  draw_scene(plan, key, index, scene, &phase);
  int total = plan->slot_count + LEAD;
  double *luck = scratch, *bursts = scratch + plan->slot_count, *errors = bursts + total;
  qhost_kernel_random_uniform(key, index, LUCK, (size_t)plan->slot_count, luck);
  qhost_kernel_random_uniform(key, index, BURSTS, (size_t)total, bursts);
  int report_room = total / scene->report_period + 1;
  qhost_kernel_random_normal(key, index, ERRORS, (size_t)report_room, errors);
  for (int t = 0; t < plan->slot_count; t++) trace->luck[t] = (float)luck[t];

  fading state QHOST_KERNEL_LINES;
  prepare(plan, key, index, scene, &state);
  qhost_kernel_link_insight *insight = trace->insight;
  float clear = powf(10.0f, 0.1f * scene->snr);
  float disturbed = clear / (1.0f + powf(10.0f, 0.1f * scene->burst_ratio));
  double off = 1.0 / (double)scene->burst_length;
  double on = off * (double)scene->burst_share / (1.0 - (double)scene->burst_share);
  int is_on = bursts[0] < (double)scene->burst_share;
  int next_report = (int)(phase * scene->report_period);
  trace->report_count = 0;
  if (insight != NULL) {
    insight->clear = clear;
    insight->disturbed = disturbed;
    memcpy(insight->cosine, state.cosine, sizeof state.cosine);
    memcpy(insight->sine, state.sine, sizeof state.sine);
  }
  float gains[CHUNK * POINTS] QHOST_KERNEL_LINES;
  for (int first = 0; first < total; first += CHUNK) {
    int count = total - first < CHUNK ? total - first : CHUNK;
    fade(&state, plan->tap_counts[scene->profile], count, gains, insight == NULL ? NULL : insight->taps + first);
    for (int i = 0; i < count; i++) {
      int t = first + i;
      if (t > 0) is_on = is_on ? bursts[t] >= off : bursts[t] < on;
      float scale = is_on ? disturbed : clear;
      const float *here = gains + i * POINTS;
      if (insight != NULL) {
        insight->bursts[t] = is_on;
        for (int on = 0; t >= LEAD && on < 2; on++)
          link_inform(plan, here, on ? disturbed : clear, scene->first_point, scene->point_count,
                      insight->levels[t - LEAD][on]);
      }
      if (t >= LEAD)
        link_inform(plan, here, scale, scene->first_point, scene->point_count, trace->information[t - LEAD]);
      if (t == next_report) {
        float error = plan->report_error * (float)errors[trace->report_count];
        trace->reports[trace->report_count++] = report(plan, here, scale, scene, error, t - LEAD);
        next_report += scene->report_period;
      }
    }
  }
}

void qhost_kernel_link_gains(const qhost_kernel_link_plan *plan, uint64_t key, uint64_t index, int count, float *gains) {
  qhost_kernel_link_scene scene;
  double phase;
  draw_scene(plan, key, index, &scene, &phase);
  fading state QHOST_KERNEL_LINES;
  prepare(plan, key, index, &scene, &state);
  for (int t = 0; t < count; t++) {
    float points[POINTS] QHOST_KERNEL_LINES;
    fade(&state, plan->tap_counts[scene.profile], 1, points, NULL);
    gains[t] = points[0];
  }
}

float qhost_kernel_link_effective(const qhost_kernel_link_plan *plan, const float *ratios, int count, int order) {
  float sum = 0.0f;
  for (int i = 0; i < count; i++) sum += plan->information[link_ratio_index(ratios[i])][order];
  return link_ratio_of(plan->inverse[order], sum / (float)count);
}
