#include "qhost_kernels_gather.h"

/* Sixteen rows at a time: each write then fills a cache line. */
enum { LANES = 16 };

QHOST_KERNEL
void qhost_kernel_gather(const float *restrict source, size_t width, const int64_t *restrict rows,
                         size_t count, float *restrict out) {
  size_t r = 0;
  for (; r + LANES <= count; r += LANES) {
    const float *row[LANES];
    for (int l = 0; l < LANES; l++) row[l] = source + (size_t)rows[r + l] * width;
    for (size_t f = 0; f < width; f++)
      for (int l = 0; l < LANES; l++) out[f * count + r + l] = row[l][f];
  }
  for (; r < count; r++)
    for (size_t f = 0; f < width; f++) out[f * count + r] = source[(size_t)rows[r] * width + f];
}
