/*
 * What every kernel here shares: free functions on buffers, no allocation, no locks, and one variant
 * for each vector width, picked when the library is loaded.
 */
#ifndef QHOST_KERNELS_BASE_H
#define QHOST_KERNELS_BASE_H

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__) && defined(__linux__)
#define QHOST_KERNEL __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define QHOST_KERNEL
#endif

/* Of an array on the stack that loops go through by whole vectors: none of these then lies across two lines. */
#define QHOST_KERNEL_LINES __attribute__((aligned(64)))

#endif
