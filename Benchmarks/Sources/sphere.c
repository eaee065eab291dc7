/*
 * The sphere as NLopt calls it, and the time that many calls of it take: what is taken off NLopt's
 * own time.
 *
 *   cc -O2 -shared -fPIC sphere.c -o libsphere.so
 */
#define _GNU_SOURCE
#include <time.h>

double sphere(unsigned n, const double *x, double *gradient, void *data) {
  (void)gradient;
  (void)data;
  double sum = 0;
  for (unsigned i = 0; i < n; i++) sum += x[i] * x[i];
  return sum;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double sphere_seconds(unsigned n, const double *x, int count) {
  double (*volatile call)(unsigned, const double *, double *, void *) = sphere;
  double start = now();
  for (int i = 0; i < count; i++) call(n, x, 0, 0);
  return now() - start;
}
