#include "network_lines.h"

/* Copies between the layers' own z and h and the strips, of the rows from `start` on. */
QHOST_INLINE void copy(int to_strips, const qhost_kernel_layer *layers,
                       const qhost_kernel_layer *strips, size_t layer_count, size_t start,
                       size_t count, size_t stride) {
  for (size_t l = 0; l < layer_count; l++)
    for (size_t m = 0; m < layers[l].output_count; m++) {
      float *z = layers[l].z + m * stride + start, *strip_z = strips[l].z + m * STRIP;
      float *h = layers[l].h + m * stride + start, *strip_h = strips[l].h + m * STRIP;
      memcpy(to_strips ? strip_z : z, to_strips ? z : strip_z, count * sizeof *z);
      if (l + 1 < layer_count)
        memcpy(to_strips ? strip_h : h, to_strips ? h : strip_h, count * sizeof *h);
    }
}

QHOST_WIDE
void qhost_kernel_lines_write(const qhost_kernel_lines *lines, const qhost_kernel_layer *layers,
                              const qhost_kernel_layer *strips, size_t layer_count,
                              size_t row_count, size_t stride) {
  for (size_t start = 0; start < row_count; start += STRIP) {
    size_t count = row_count - start < STRIP ? row_count - start : STRIP;
    copy(1, layers, strips, layer_count, start, count, stride);
    leave_lines(lines, NULL, start, count, 0);
  }
}

QHOST_WIDE
void qhost_kernel_lines_read(const qhost_kernel_lines *lines, const qhost_kernel_layer *layers,
                             const qhost_kernel_layer *strips, size_t layer_count,
                             size_t row_count, size_t stride) {
  for (size_t start = 0; start < row_count; start += STRIP) {
    size_t count = row_count - start < STRIP ? row_count - start : STRIP;
    enter_lines(lines, NULL, start, count, 0);
    copy(0, layers, strips, layer_count, start, count, stride);
  }
}
