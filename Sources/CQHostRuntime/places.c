#include "qhost_kernels_places.h"

#include <string.h>

/* Numbers that are compared with the one before them at once: images have long runs of their background. */
enum { RUN = 16 };

/* The place of a value, which is taken in where it is new, and 1; 0: there is no room for it. */
static inline uint32_t place_of(uint32_t bits, qhost_kernel_value_list *list) {
  uint32_t slot = (bits * UINT32_C(0x9E3779B1)) >> (32 - QHOST_KERNEL_SLOT_BITS);
  while (list->slots[slot] != 0) {
    if ((uint32_t)(list->slots[slot] >> 32) == bits) return (uint32_t)list->slots[slot];
    slot = (slot + 1) & ((1u << QHOST_KERNEL_SLOT_BITS) - 1);
  }
  if (list->count == QHOST_KERNEL_VALUES) return 0;
  memcpy(&list->values[list->count], &bits, sizeof bits);
  list->count++;
  list->slots[slot] = (uint64_t)bits << 32 | list->count;
  return list->count;
}

/* The kernel for places of TYPE, of which there are LIMIT. */
#define PLACES(NAME, TYPE, LIMIT)                                                                     \
  int NAME(const float *restrict numbers, size_t count, qhost_kernel_value_list *list,                \
           TYPE *restrict places) {                                                                   \
    uint32_t bits[RUN], last = 0, place = 0;                                                          \
    size_t start = 0;                                                                                 \
    if (list->count > LIMIT) return 0;                                                                \
    for (; start + RUN <= count; start += RUN) {                                                      \
      memcpy(bits, numbers + start, sizeof bits);                                                     \
      uint32_t differing = place == 0;                                                                \
      for (int i = 0; i < RUN; i++) differing |= bits[i] ^ last;                                      \
      if (differing == 0) {                                                                           \
        for (int i = 0; i < RUN; i++) places[start + i] = (TYPE)(place - 1);                          \
        continue;                                                                                     \
      }                                                                                               \
      for (int i = 0; i < RUN; i++) {                                                                 \
        place = place_of(bits[i], list);                                                              \
        if (place == 0 || place > LIMIT) return 0;                                                    \
        places[start + i] = (TYPE)(place - 1);                                                        \
      }                                                                                               \
      last = bits[RUN - 1];                                                                           \
    }                                                                                                 \
    for (; start < count; start++) {                                                                  \
      memcpy(bits, numbers + start, sizeof bits[0]);                                                  \
      place = place_of(bits[0], list);                                                                \
      if (place == 0 || place > LIMIT) return 0;                                                      \
      places[start] = (TYPE)(place - 1);                                                              \
    }                                                                                                 \
    return 1;                                                                                         \
  }

PLACES(qhost_kernel_places_bytes, uint8_t, 256u)
PLACES(qhost_kernel_places_words, uint16_t, (uint32_t)QHOST_KERNEL_VALUES)
