/* Different numbers in a list, and the places of many numbers there. */
#ifndef QHOST_KERNELS_PLACES_H
#define QHOST_KERNELS_PLACES_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

enum {
  /* The most values of a list: four times the sums of four bytes that pooled images have. */
  QHOST_KERNEL_VALUES = 4096,
  QHOST_KERNEL_SLOT_BITS = 13
};

/* All zeros: an empty list. */
typedef struct {
  /* [count], all different by their bits. */
  float values[QHOST_KERNEL_VALUES];
  uint32_t count;
  /* By a hash of their bits: these above, the place and 1 below; 0: free. */
  uint64_t slots[1 << QHOST_KERNEL_SLOT_BITS];
} qhost_kernel_value_list;

/*
 * Writes the places of numbers [count] in a list, which takes those in that are new. Returns 0 when it has no
 * room for one of them, or a place has more than 8 bits; places are of no use then, and the list has some of
 * the numbers.
 */
int qhost_kernel_places_bytes(const float *restrict numbers, size_t count, qhost_kernel_value_list *list,
                              uint8_t *restrict places);
int qhost_kernel_places_words(const float *restrict numbers, size_t count, qhost_kernel_value_list *list,
                              uint16_t *restrict places);

#pragma GCC visibility pop

#endif
