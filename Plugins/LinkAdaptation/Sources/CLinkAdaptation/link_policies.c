#include <math.h>

#include "link_tables.h"

enum { STEPS = QHOST_KERNEL_LINK_STEPS, WINDOW = QHOST_KERNEL_LINK_WINDOW };

/* Learning rates of which SALAD takes the one that has predicted best, dB. */
static const float steps[STEPS] = {0.125f, 0.25f, 0.5f, 1.0f, 2.0f, 4.0f};

static float reported(const qhost_kernel_link_policy *policy, const qhost_kernel_link *link) {
  const qhost_kernel_link_report *latest = &link->trace->reports[link->report];
  if (!policy->uses_bands) return qhost_kernel_link_ratio(link->plan, (float)latest->quality);
  return qhost_kernel_link_ratio(link->plan, 0.5f * (float)(latest->least + latest->largest));
}

static float logistic(float x) { return 1.0f / (1.0f + expf(-x)); }

/* Part of first transmissions that a logistic curve expects to be lost. */
static float expected(const qhost_kernel_link_policy *policy, const qhost_kernel_link *link, int scheme, float ratio) {
  /* The curve's middle is where a tenth is lost, less ln 9 widths. */
  float middle = link->plan->thresholds[link->trace->scene.size][scheme] - 2.1972246f * policy->width;
  return logistic((middle - ratio) / policy->width);
}

static int best(const qhost_kernel_link_memory *memory) {
  int out = 0;
  for (int k = 1; k < STEPS; k++)
    if (memory->losses[k] < memory->losses[out]) out = k;
  return out;
}

static void learn_salad(const qhost_kernel_link_policy *policy, qhost_kernel_link_memory *memory,
                        const qhost_kernel_link *link) {
  const qhost_kernel_link_feedback *heard = &link->arrived;
  float lost = (float)heard->is_lost, base = !policy->uses_reports ? 0.0f : policy->uses_bands ? heard->reported_bands : heard->reported;
  int chosen = best(memory), place = memory->count % WINDOW;
  memory->expected[place] = expected(policy, link, heard->scheme, base - memory->offsets[chosen]);
  memory->lost[place] = heard->is_lost;
  memory->count++;
  for (int k = 0; k < STEPS; k++) {
    float part = expected(policy, link, heard->scheme, base - memory->offsets[k]);
    float bounded = part < 0.02f ? 0.02f : part > 0.98f ? 0.98f : part;
    memory->losses[k] = 0.98f * memory->losses[k] - logf(heard->is_lost ? bounded : 1.0f - bounded);
    float offset = memory->offsets[k] + steps[k] * (lost - part);
    memory->offsets[k] = offset > 40.0f ? 40.0f : offset < -40.0f ? -40.0f : offset;
  }
  memory->error += policy->target - lost;
  if (memory->error > 20.0f) memory->error = 20.0f;
  if (memory->error < -20.0f) memory->error = -20.0f;
}

static int choose_salad(const qhost_kernel_link_policy *policy, const qhost_kernel_link_memory *memory,
                        const qhost_kernel_link *link) {
  float target = policy->target;
  int count = memory->count < WINDOW ? memory->count : WINDOW;
  float score = 0.0f, variance = 0.0f;
  for (int i = 0; i < count; i++) {
    score += memory->expected[i] - (float)memory->lost[i];
    variance += memory->expected[i] * (1.0f - memory->expected[i]);
  }
  /* Fewer lost than expected: now and then more is risked. Luck of the slot, spread, stands for a draw of its own. */
  float draw = link->trace->luck[link->slot] * 977.0f;
  if (count > 0 && score > 0.25f * sqrtf(variance) && draw - floorf(draw) < policy->probe_part)
    target = policy->probe_target;
  target += policy->gain * memory->error;
  target = target < 0.001f ? 0.001f : target > 0.99f ? 0.99f : target;
  float base = policy->uses_reports ? reported(policy, link) : 0.0f;
  float ratio = base - memory->offsets[best(memory)];
  int scheme = QHOST_KERNEL_LINK_SCHEMES - 1;
  while (scheme > 0 && expected(policy, link, scheme, ratio) > target) scheme--;
  return scheme;
}

static void learn(const qhost_kernel_link_policy *policy, qhost_kernel_link_memory *memory, const qhost_kernel_link *link) {
  if (policy->kind == QHOST_KERNEL_LINK_OUTER) {
    float down = policy->step * policy->target / (1.0f - policy->target);
    float offset = memory->offset + (link->arrived.is_lost ? policy->step : -down);
    memory->offset = offset > 20.0f ? 20.0f : offset < -20.0f ? -20.0f : offset;
  }
  if (policy->kind == QHOST_KERNEL_LINK_SALAD) learn_salad(policy, memory, link);
}

static void begin(const qhost_kernel_link_policy *policy, qhost_kernel_link_memory *memory, const qhost_kernel_link *link) {
  memset(memory, 0, sizeof *memory);
  memory->offset = policy->start;
  for (int k = 0; k < STEPS; k++)
    memory->offsets[k] = policy->start - (policy->uses_reports ? 0.0f : reported(policy, link));
}

static int choose(const qhost_kernel_link_policy *policy, const qhost_kernel_link_memory *memory,
                  const qhost_kernel_link *link) {
  int size = link->trace->scene.size;
  switch (policy->kind) {
    case QHOST_KERNEL_LINK_FIXED: return policy->scheme;
    case QHOST_KERNEL_LINK_INNER: return qhost_kernel_link_inner(link->plan, size, reported(policy, link));
    case QHOST_KERNEL_LINK_OUTER: return qhost_kernel_link_inner(link->plan, size, reported(policy, link) - memory->offset);
    case QHOST_KERNEL_LINK_SALAD: return choose_salad(policy, memory, link);
    default: return qhost_kernel_link_genie(link);
  }
}

void qhost_kernel_link_run(const qhost_kernel_link_policy *policy, qhost_kernel_link *link) {
  qhost_kernel_link_memory memory = {0};
  while (link->slot < link->plan->slot_count) {
    int is_new = qhost_kernel_link_listen(link);
    if (link->slot == 0) begin(policy, &memory, link);
    if (link->has_arrived) learn(policy, &memory, link);
    qhost_kernel_link_play(link, is_new ? choose(policy, &memory, link) : 0);
  }
}
