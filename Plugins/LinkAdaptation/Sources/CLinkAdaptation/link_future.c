#include "link_tables.h"

enum { ROUNDS = QHOST_KERNEL_LINK_ROUNDS, ORDERS = QHOST_KERNEL_LINK_ORDERS };

void qhost_kernel_link_foresee(const qhost_kernel_link_trace *trace, int start, qhost_kernel_link_future *future) {
  float sums[ORDERS] = {0};
  for (int k = 0; k < ROUNDS; k++) {
    const float *information = trace->information[start + k * QHOST_KERNEL_LINK_PROCESSES];
    for (int q = 0; q < ORDERS; q++) {
      sums[q] += information[q];
      future->information[k][q] = sums[q] / (float)(k + 1);
    }
  }
}

qhost_kernel_link_outcome qhost_kernel_link_expect(const qhost_kernel_link_plan *plan, int size,
                                                   const qhost_kernel_link_future *future, int scheme) {
  int order = plan->orders[scheme];
  float received = 0.0f;
  qhost_kernel_link_outcome out = {0.0f, 0.0f, 0.0f};
  for (int k = 0; k < ROUNDS; k++) {
    float ratio = link_ratio_of(plan->inverse[order], future->information[k][order]);
    float success = qhost_kernel_link_success(plan, size, scheme, k + 1, ratio);
    out.slots += 1.0f - received; /* it is sent for the k-th time if it is not yet received */
    if (success > received) received = success;
    if (k == 0) out.first_lost = 1.0f - received;
  }
  out.bits = received * plan->efficiencies[scheme];
  return out;
}

void qhost_kernel_link_hindsight(const qhost_kernel_link_plan *plan, int size, const qhost_kernel_link_future *future,
                                 float discount, float *rewards, float *discounts) {
  for (int m = 0; m < QHOST_KERNEL_LINK_SCHEMES; m++) {
    int order = plan->orders[m];
    float received = 0.0f, weight = 1.0f, bits = 0.0f, rest = 0.0f;
    for (int k = 0; k < ROUNDS; k++) {
      float ratio = link_ratio_of(plan->inverse[order], future->information[k][order]);
      float success = qhost_kernel_link_success(plan, size, m, k + 1, ratio);
      if (success < received) success = received;
      bits += weight * (success - received);
      weight *= discount;
      rest += weight * (success - received);
      received = success;
    }
    rewards[m] = bits * plan->efficiencies[m];
    discounts[m] = rest + weight * (1.0f - received);
  }
}
