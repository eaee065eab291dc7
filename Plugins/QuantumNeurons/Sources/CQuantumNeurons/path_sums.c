#include "path_field.h"

QHOST_WIDE
void qhost_kernel_paths_sums(const qhost_kernel_paths *paths, float *sums) {
  for (size_t k = 0; k < paths->neuron_count; k++) {
    const lanes *x = path_of(paths, k);
    lanes sum = (lanes){};
    for (size_t i = 0; i < paths->slice_count; i++) {
      lanes q;
      well(x + i, &q);
      sum += q;
    }
    ((lanes *)sums)[k] = sum;
  }
}
