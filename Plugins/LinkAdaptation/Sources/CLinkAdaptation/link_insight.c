#define _DEFAULT_SOURCE /* j0 */

#include <math.h>

#include "link_tables.h"
#include "qhost_kernels_random.h"

enum {
  SCHEMES = QHOST_KERNEL_LINK_SCHEMES,
  ROUNDS = QHOST_KERNEL_LINK_ROUNDS,
  PROCESSES = QHOST_KERNEL_LINK_PROCESSES,
  ORDERS = QHOST_KERNEL_LINK_ORDERS,
  TAPS = QHOST_KERNEL_LINK_TAPS,
  POINTS = QHOST_KERNEL_LINK_POINTS,
  LEAD = QHOST_KERNEL_LINK_LEAD,
  SEEN = QHOST_KERNEL_LINK_REPORTS + 1,
  SAMPLES = 32
};

/* Probabilities of interference after some slots, by whether there is some now. */
static void likely(const qhost_kernel_link_scene *scene, int slots, double out[2]) {
  double off = 1.0 / (double)scene->burst_length;
  double on = off * (double)scene->burst_share / (1.0 - (double)scene->burst_share);
  double share = on / (on + off), rest = pow(1.0 - on - off, slots);
  out[0] = share * (1.0 - rest);
  out[1] = share + (1.0 - share) * rest;
}

/* A block on its way, of one scheme. */
typedef struct way {
  const qhost_kernel_link_plan *plan;
  const qhost_kernel_link_trace *trace;
  int scheme, start;
  const double *turn;         /* [2] probabilities of interference a turn later */
  const double (*later)[2];   /* [ROUNDS] worth of the next decision after so many turns, by interference in the last slot */
} way;

/* What is expected of round k (from 0) on, with interference or not in its slot; `received` is what arrived before, at this luck. */
static double onward(const way *way, int k, int is_on, float information, float received) {
  int slot = way->start + k * PROCESSES, order = way->plan->orders[way->scheme];
  if (slot >= way->plan->slot_count) return 0.0;
  information += way->trace->insight->levels[slot][is_on][order];
  float ratio = link_ratio_of(way->plan->inverse[order], information / (float)(k + 1));
  float success = qhost_kernel_link_success(way->plan, way->trace->scene.size, way->scheme, k + 1, ratio);
  if (success < received) success = received;
  double worth = (double)(success - received) * ((double)way->plan->efficiencies[way->scheme] + way->later[k][is_on]);
  if (k + 1 == ROUNDS) return worth + (double)(1.0f - success) * way->later[k][is_on];
  if (success > 0.99999f) return worth + (double)(1.0f - success) * way->later[k][is_on];
  double on = way->turn[is_on];
  return worth + (1.0 - on) * onward(way, k + 1, 0, information, success) + on * onward(way, k + 1, 1, information, success);
}

void qhost_kernel_link_foreknow(const qhost_kernel_link_plan *plan, const qhost_kernel_link_trace *trace, double (*worth)[2],
                                uint8_t (*schemes)[2]) {
  int delay = trace->scene.delay, count = plan->slot_count;
  double now[2], turn[2], rest[2];
  likely(&trace->scene, delay, now);
  likely(&trace->scene, PROCESSES, turn);
  likely(&trace->scene, PROCESSES - delay, rest);
  for (int t = count - 1; t >= 0; t--) {
    double later[ROUNDS][2] = {0};
    for (int k = 0; k < ROUNDS; k++) {
      int next = t + (k + 1) * PROCESSES;
      if (next >= count) break;
      for (int s = 0; s < 2; s++) later[k][s] = (1.0 - rest[s]) * worth[next][0] + rest[s] * worth[next][1];
    }
    worth[t][0] = worth[t][1] = -1.0;
    for (int m = 0; m < SCHEMES; m++) {
      way way = {plan, trace, m, t, turn, (const double(*)[2])later};
      double clear = onward(&way, 0, 0, 0.0f, 0.0f), disturbed = onward(&way, 0, 1, 0.0f, 0.0f);
      for (int known = 0; known < 2; known++) {
        double expected = (1.0 - now[known]) * clear + now[known] * disturbed;
        if (expected > worth[t][known]) {
          worth[t][known] = expected;
          schemes[t][known] = (uint8_t)m;
        }
      }
    }
  }
}

/* The slots whose fading is known, of the trace's beginning: the newest that anything is known of, and reports'. */
static int seen(const qhost_kernel_link *link, int report_count, int slots[SEEN]) {
  int newest = link->slot - link->trace->scene.delay, count = 0;
  slots[count++] = newest + LEAD;
  for (int i = 0; i < report_count && link->report - i >= 0; i++) {
    int slot = link->trace->reports[link->report - i].slot;
    if (slot != newest) slots[count++] = slot + LEAD;
  }
  return count;
}

/* Lower triangle of a matrix [n x n], in its place; what is not above 0 for rounding becomes 0. */
static void decompose(int n, double *a, int stride) {
  for (int j = 0; j < n; j++) {
    for (int k = 0; k < j; k++) a[j * stride + j] -= a[j * stride + k] * a[j * stride + k];
    a[j * stride + j] = a[j * stride + j] > 1e-12 ? sqrt(a[j * stride + j]) : 0.0;
    for (int i = j + 1; i < n; i++) {
      for (int k = 0; k < j; k++) a[i * stride + j] -= a[i * stride + k] * a[j * stride + k];
      a[i * stride + j] = a[j * stride + j] > 0.0 ? a[i * stride + j] / a[j * stride + j] : 0.0;
    }
  }
}

/* Of a unit tap in the ROUNDS next slots of the process: factors of what was seen, and the root of the covariance that is left. */
typedef struct prediction {
  int count, slots[SEEN];
  double factors[ROUNDS][SEEN], root[ROUNDS * ROUNDS];
} prediction;

static void predict(const qhost_kernel_link *link, int report_count, prediction *out) {
  const qhost_kernel_link_scene *scene = &link->trace->scene;
  double step = 6.283185307179586 * (double)scene->doppler * (double)link->plan->slot_seconds;
  int n = out->count = seen(link, report_count, out->slots), first = link->slot + LEAD;
  double own[SEEN * SEEN], ahead[ROUNDS][SEEN];
  for (int i = 0; i < n; i++)
    /* A ten-thousandth of noise: matrices of slots that are close are singular otherwise. */
    for (int j = 0; j < n; j++) own[i * SEEN + j] = j0(step * (out->slots[i] - out->slots[j])) + (i == j ? 1e-4 : 0.0);
  decompose(n, own, SEEN);
  for (int k = 0; k < ROUNDS; k++) {
    double *x = ahead[k];
    for (int i = 0; i < n; i++) x[i] = j0(step * (first + k * PROCESSES - out->slots[i]));
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) x[i] -= own[i * SEEN + j] * x[j];
      x[i] /= own[i * SEEN + i];
    }
  }
  for (int k = 0; k < ROUNDS; k++)
    for (int l = 0; l < ROUNDS; l++) {
      double left = j0(step * (k - l) * PROCESSES);
      for (int i = 0; i < n; i++) left -= ahead[k][i] * ahead[l][i];
      out->root[k * ROUNDS + l] = left;
    }
  decompose(ROUNDS, out->root, ROUNDS);
  for (int k = 0; k < ROUNDS; k++)
    for (int i = n - 1; i >= 0; i--) {
      double x = ahead[k][i];
      for (int j = i + 1; j < n; j++) x -= own[j * SEEN + i] * out->factors[k][j];
      out->factors[k][i] = x / own[i * SEEN + i];
    }
}

/* Power gains [POINTS] of taps [2 x TAPS]. */
QHOST_KERNEL static void add_up(const qhost_kernel_link_insight *insight, const float (*taps)[TAPS], float *gains) {
  float x[POINTS] QHOST_KERNEL_LINES = {0}, y[POINTS] QHOST_KERNEL_LINES = {0};
  for (int l = 0; l < TAPS; l++)
    for (int s = 0; s < POINTS; s++) {
      x[s] += taps[0][l] * insight->cosine[l][s] - taps[1][l] * insight->sine[l][s];
      y[s] += taps[0][l] * insight->sine[l][s] + taps[1][l] * insight->cosine[l][s];
    }
  for (int s = 0; s < POINTS; s++) gains[s] = x[s] * x[s] + y[s] * y[s];
}

int qhost_kernel_link_guess(const qhost_kernel_link *link, int report_count, float turn_worth, uint64_t key, uint64_t index) {
  const qhost_kernel_link_plan *plan = link->plan;
  const qhost_kernel_link_trace *trace = link->trace;
  const qhost_kernel_link_insight *insight = trace->insight;
  const qhost_kernel_link_scene *scene = &trace->scene;
  prediction ahead;
  predict(link, report_count, &ahead);
  float middles[ROUNDS][2][TAPS] = {0};
  for (int k = 0; k < ROUNDS; k++)
    for (int i = 0; i < ahead.count; i++)
      for (int part = 0; part < 2; part++)
        for (int l = 0; l < TAPS; l++)
          middles[k][part][l] += (float)ahead.factors[k][i] * insight->taps[ahead.slots[i]][part][l];
  enum { EACH = ROUNDS * 2 * TAPS };
  double normals[SAMPLES * EACH], luck[SAMPLES * ROUNDS], now[2], turn[2];
  qhost_kernel_random_normal(key, index, 2 * (uint64_t)link->slot, SAMPLES * EACH, normals);
  qhost_kernel_random_uniform(key, index, 2 * (uint64_t)link->slot + 1, SAMPLES * ROUNDS, luck);
  likely(scene, scene->delay, now);
  likely(scene, PROCESSES, turn);
  float scales[2] = {insight->clear, insight->disturbed}, worth[SCHEMES] = {0};
  for (int sample = 0; sample < SAMPLES; sample++) {
    const double *z = normals + sample * EACH;
    qhost_kernel_link_future future;
    float sums[ORDERS] = {0};
    int is_on = insight->bursts[link->slot - scene->delay + LEAD];
    for (int k = 0; k < ROUNDS; k++) {
      is_on = luck[sample * ROUNDS + k] < (k == 0 ? now : turn)[is_on];
      float taps[2][TAPS], gains[POINTS], information[ORDERS];
      for (int part = 0; part < 2; part++)
        for (int l = 0; l < TAPS; l++) {
          float noise = 0.0f;
          for (int j = 0; j <= k; j++) noise += (float)(ahead.root[k * ROUNDS + j] * z[(j * 2 + part) * TAPS + l]);
          taps[part][l] = middles[k][part][l] + 0.70710678f * plan->tap_amplitudes[scene->profile][l] * noise;
        }
      add_up(insight, (const float(*)[TAPS])taps, gains);
      link_inform(plan, gains, scales[is_on], scene->first_point, scene->point_count, information);
      for (int q = 0; q < ORDERS; q++) {
        sums[q] += information[q];
        future.information[k][q] = sums[q] / (float)(k + 1);
      }
    }
    for (int m = 0; m < SCHEMES; m++) {
      qhost_kernel_link_outcome outcome = qhost_kernel_link_expect(plan, scene->size, &future, m);
      worth[m] += outcome.bits - turn_worth * outcome.slots;
    }
  }
  int best = 0;
  for (int m = 1; m < SCHEMES; m++)
    if (worth[m] > worth[best]) best = m;
  return best;
}
