/*
 * What one core can do at best: its clock rate from a chain of dependent additions, its rate of fused
 * multiply-adds in single precision from twelve independent chains, and what reading the clock costs.
 * The best of forty short tries.
 *
 *   cc -O2 -march=native core.c -o core && ./core          (./core clock: only the nanoseconds of that)
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#if defined(__AVX512F__)
enum { LANES = 16 };
#elif defined(__AVX2__)
enum { LANES = 8 };
#else
enum { LANES = 4 };
#endif
enum { CHAINS = 12, REPETITIONS = 40 };
typedef float vector __attribute__((vector_size(4 * LANES)));

/* Processor time: what other programs take of the core does not count. */
static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double gigahertz(void) {
  enum { COUNT = 20000000 };
  uint64_t sum = 1;
  double start = now();
  for (int i = 0; i < COUNT; i += 4)
    __asm__ volatile("add %0, %0\n add %0, %0\n add %0, %0\n add %0, %0" : "+r"(sum));
  return COUNT / (now() - start) * 1e-9;
}

static double gigaflops(void) {
  enum { COUNT = 2000000 };
  vector sums[CHAINS], factor, term;
  for (int l = 0; l < LANES; l++) factor[l] = 0.999f, term[l] = 0.001f;
#pragma GCC unroll 12
  for (int c = 0; c < CHAINS; c++) sums[c] = term;
  double start = now();
  for (int i = 0; i < COUNT; i++) {
#pragma GCC unroll 12
    for (int c = 0; c < CHAINS; c++) {
      sums[c] = sums[c] * factor + term;
      __asm__ volatile("" : "+v"(sums[c]));
    }
  }
  return 2.0 * LANES * CHAINS * COUNT / (now() - start) * 1e-9;
}

static double clock_nanoseconds(void) {
  enum { COUNT = 200000 };
  struct timespec t;
  double start = now();
  for (int i = 0; i < COUNT; i++) clock_gettime(CLOCK_MONOTONIC, &t);
  return (now() - start) / COUNT * 1e9;
}

int main(int count, char **words) {
  (void)words;
  double rate = 0, flops = 0, reading = 1e9;
  for (int i = 0; i < REPETITIONS; i++) {
    double c = clock_nanoseconds();
    if (c < reading) reading = c;
    if (count > 1) continue;
    double a = gigahertz(), b = gigaflops();
    if (a > rate) rate = a;
    if (b > flops) flops = b;
  }
  if (count > 1) return printf("%.2f\n", reading) < 0;
  printf("%.2f GHz, %.0f GFLOP/s in f32 with %d lanes, %.0f ns a reading of the clock\n", rate, flops,
         LANES, reading);
}
