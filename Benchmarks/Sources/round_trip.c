/*
 * Round trips of two processes over shared memory, with the host's own channel and nothing else: the least that an
 * isolated plugin can cost on this machine. Prints microseconds for each, of the best and of the median thousand.
 *
 *   cc -O2 -I ../../Sources/CQHostIsolation/include round_trip.c ../../Sources/CQHostIsolation/channel.c -o round_trip
 */
#define _GNU_SOURCE
#include "qhost_isolation.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { BATCHES = 101, COUNT = 1000 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e6 + 1e-3 * (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(void) {
  double times[BATCHES];
  int descriptor = qhost_channel_make(QHOST_CHANNEL_HEADER);
  qhost_channel *channel = qhost_channel_map(descriptor, QHOST_CHANNEL_HEADER);
  if (channel == NULL) return 1;
  pid_t child = fork();
  if (child == 0) {
    for (;;) {
      qhost_channel_await_request(channel);
      qhost_channel_reply(channel, 0, 0);
    }
  }
  for (int batch = 0; batch < BATCHES; batch++) {
    double begun = now();
    for (int i = 0; i < COUNT; i++) {
      qhost_channel_request(channel, 1, 0, 0);
      if (!qhost_channel_await_reply(channel, 10000000000u)) return 1;
    }
    times[batch] = (now() - begun) / COUNT;
  }
  kill(child, SIGKILL);
  qsort(times, BATCHES, sizeof *times, ascending);
  printf("%.3f %.3f\n", times[0], times[BATCHES / 2]);
  return 0;
}
