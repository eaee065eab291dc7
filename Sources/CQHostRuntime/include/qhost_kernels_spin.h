/* A hint to the processor that the caller is spinning on memory. */
#ifndef QHOST_KERNELS_SPIN_H
#define QHOST_KERNELS_SPIN_H

static inline void qhost_kernel_spin_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
