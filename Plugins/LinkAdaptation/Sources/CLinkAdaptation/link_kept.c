#include "qhost_kernels_link.h"

/* Weights in the order of the machine: little-endian everywhere that this is built. */
#pragma clang diagnostic ignored "-Wc23-extensions"
_Alignas(64) static const unsigned char bytes[] = {
#embed "teacher.weights"
};
_Static_assert(sizeof bytes == 4 * QHOST_KERNEL_LINK_WEIGHTS, "teacher.weights has another size");

const float *qhost_kernel_link_kept_teacher(void) { return (const float *)(const void *)bytes; }
