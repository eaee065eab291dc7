#include <math.h>

#include "link_tables.h"

enum {
  PROCESSES = QHOST_KERNEL_LINK_PROCESSES,
  ROUNDS = QHOST_KERNEL_LINK_ROUNDS,
  SCHEMES = QHOST_KERNEL_LINK_SCHEMES,
  RING = 16
};

float qhost_kernel_link_success(const qhost_kernel_link_plan *plan, int size, int scheme, int rounds, float ratio) {
  const qhost_kernel_link_curve *curve = &plan->curves[size][scheme][rounds - 1];
  float z = (ratio - curve->middle) * curve->inverse_width;
  return expf(plan->block_counts[size][scheme] * link_waterfall(plan->waterfall, z));
}

float qhost_kernel_link_ratio(const qhost_kernel_link_plan *plan, float quality) {
  if (quality < 1.0f) return plan->quality_thresholds[0] - 2.0f * (1.0f - quality);
  int below = (int)quality;
  if (below >= QHOST_KERNEL_LINK_QUALITIES) return plan->quality_thresholds[QHOST_KERNEL_LINK_QUALITIES - 1];
  float part = quality - (float)below;
  return plan->quality_thresholds[below - 1] * (1.0f - part) + plan->quality_thresholds[below] * part;
}

int qhost_kernel_link_inner(const qhost_kernel_link_plan *plan, int size, float ratio) {
  int scheme = SCHEMES - 1;
  while (scheme > 0 && plan->thresholds[size][scheme] > ratio) scheme--;
  return scheme;
}

void qhost_kernel_link_begin(const qhost_kernel_link_plan *plan, const qhost_kernel_link_trace *trace,
                             qhost_kernel_link *link) {
  memset(link, 0, sizeof *link);
  link->plan = plan;
  link->trace = trace;
  link->ended_process = -1;
  link->report = -1;
  for (int i = 0; i < RING; i++) link->pending_slot[i] = -1;
}

static float expected_loss(const qhost_kernel_link *link, int scheme, float reported) {
  float ratio = reported - link->offset - link->plan->thresholds[link->trace->scene.size][scheme];
  return 1.0f / (1.0f + expf(ratio / link->plan->offset_width));
}

int qhost_kernel_link_listen(qhost_kernel_link *link) {
  const qhost_kernel_link_trace *trace = link->trace;
  int delay = trace->scene.delay;
  while (link->report + 1 < trace->report_count && trace->reports[link->report + 1].slot + delay <= link->slot)
    link->report++;
  int sent = link->slot - delay, place = sent & (RING - 1);
  link->has_arrived = sent >= 0 && link->pending_slot[place] == sent;
  if (link->has_arrived) {
    link->arrived = link->pending[place];
    link->offset += link->plan->offset_step * ((float)link->arrived.is_lost - link->arrived.expected);
    if (link->offset > 20.0f) link->offset = 20.0f;
    if (link->offset < -20.0f) link->offset = -20.0f;
    for (int i = 3; i > 0; i--) link->results[i] = link->results[i - 1];
    link->results[0] = link->arrived.is_lost ? -1 : 1;
  }
  return !link->processes[link->slot % PROCESSES].is_waiting;
}

void qhost_kernel_link_observe(const qhost_kernel_link *link, float *inputs) {
  const qhost_kernel_link_trace *trace = link->trace;
  const qhost_kernel_link_report *latest = &trace->reports[link->report];
  int count = link->report + 1 < QHOST_KERNEL_LINK_REPORTS ? link->report + 1 : QHOST_KERNEL_LINK_REPORTS;
  float sum = 0.0f, squares = 0.0f;
  for (int i = 0; i < count; i++) {
    float value = (float)latest[-i].quality;
    sum += value;
    squares += value * value;
  }
  float mean = sum / (float)count, variance = squares / (float)count - mean * mean;
  inputs[0] = (float)latest->quality;
  inputs[1] = (float)(link->slot - latest->slot);
  inputs[2] = mean;
  inputs[3] = variance > 0.0f ? sqrtf(variance) : 0.0f;
  inputs[4] = (float)latest->least;
  inputs[5] = (float)latest->largest;
  inputs[6] = link->offset;
  for (int i = 0; i < 4; i++) inputs[7 + i] = (float)link->results[i];
  inputs[11] = (float)link->last_scheme;
  inputs[12] = (float)link->processes[link->slot % PROCESSES].rounds;
  inputs[13] = (float)(3 + trace->scene.size);
  inputs[14] = log2f(trace->scene.doppler_estimate);
}

static void start(qhost_kernel_link *link, qhost_kernel_link_process *process, int scheme) {
  const qhost_kernel_link_report *latest = &link->trace->reports[link->report];
  int place = link->slot & (RING - 1);
  float reported = qhost_kernel_link_ratio(link->plan, 0.5f * (float)(latest->least + latest->largest));
  link->pending[place] = (qhost_kernel_link_feedback){
      0, scheme, expected_loss(link, scheme, reported),
      qhost_kernel_link_ratio(link->plan, (float)latest->quality), reported};
  link->pending_slot[place] = link->slot;
  *process = (qhost_kernel_link_process){.luck = link->trace->luck[link->slot], .scheme = scheme, .start = link->slot};
  link->last_scheme = scheme;
  link->first_count++;
}

void qhost_kernel_link_play(qhost_kernel_link *link, int scheme) {
  const qhost_kernel_link_plan *plan = link->plan;
  int turn = link->slot % PROCESSES, size = link->trace->scene.size;
  qhost_kernel_link_process *process = &link->processes[turn];
  if (!process->is_waiting) start(link, process, scheme);
  int order = plan->orders[process->scheme];
  process->information += link->trace->information[link->slot][order];
  process->rounds++;
  float ratio = link_ratio_of(plan->inverse[order], process->information / (float)process->rounds);
  int is_lost = !(process->luck < qhost_kernel_link_success(plan, size, process->scheme, process->rounds, ratio));
  if (process->rounds == 1) {
    link->pending[link->slot & (RING - 1)].is_lost = is_lost;
    link->first_lost += is_lost;
  }
  process->is_waiting = is_lost && process->rounds < ROUNDS;
  link->ended_process = -1;
  if (!process->is_waiting) {
    float bits = is_lost ? 0.0f : plan->efficiencies[process->scheme];
    link->delivered += (double)bits;
    link->block_count++;
    link->block_lost += is_lost;
    link->ended_process = turn;
    link->ended_reward = bits;
    link->ended_rounds = process->rounds;
    link->ended_start = process->start;
    link->ended_scheme = process->scheme;
    /* What the next block of the process sees: transmissions again, 4 where all were in vain. */
    process->rounds = is_lost ? ROUNDS : process->rounds - 1;
  }
  link->slot++;
  link->slot_count++;
}

int qhost_kernel_link_genie(const qhost_kernel_link *link) {
  const qhost_kernel_link_plan *plan = link->plan;
  const float *information = link->trace->information[link->slot];
  float ratios[QHOST_KERNEL_LINK_ORDERS];
  for (int q = 0; q < QHOST_KERNEL_LINK_ORDERS; q++) ratios[q] = link_ratio_of(plan->inverse[q], information[q]);
  int best = 0;
  float most = -1.0f;
  for (int m = 0; m < SCHEMES; m++) {
    float bits = plan->efficiencies[m]
                 * qhost_kernel_link_success(plan, link->trace->scene.size, m, 1, ratios[plan->orders[m]]);
    if (bits > most) {
      most = bits;
      best = m;
    }
  }
  return best;
}
