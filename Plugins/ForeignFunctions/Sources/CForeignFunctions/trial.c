#define _GNU_SOURCE
#include "qhost_foreign.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* exit() in the child must not run what the host registered for its own end. */
static void leave(int code, void *unused) {
  (void)unused;
  _exit(code);
}

/* The child's part: what ends it is the kernel's own doing, not a handler of the host's. */
static void run(void (*body)(void *context), void *context, int done) {
  static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGTERM, SIGINT, SIGALRM};
  for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) signal(fatal[i], SIG_DFL);
  setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
  on_exit(leave, NULL);
  body(context);
  char byte = 1;
  ssize_t written = write(done, &byte, 1);
  _exit(written == 1 ? 0 : 1);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Waits until the other end of the pipe is closed or written to: 1, or 0 when time is over. */
static int wait_readable(int done, double seconds) {
  double end = now() + seconds;
  for (;;) {
    double left = end - now();
    struct pollfd polled = {.fd = done, .events = POLLIN};
    int ready = poll(&polled, 1, left > 0 ? (int)(left * 1e3) + 1 : 0);
    if (ready > 0) return 1;
    if (ready == 0 || (ready < 0 && errno != EINTR)) return 0;
  }
}

int qhost_trial(void (*body)(void *context), void *context, double seconds, int *detail) {
  int ends[2];
  *detail = 0;
  if (pipe(ends) != 0) {
    *detail = errno;
    return QHOST_TRIAL_NONE;
  }
  pid_t child = fork();
  if (child < 0) {
    *detail = errno;
    close(ends[0]);
    close(ends[1]);
    return QHOST_TRIAL_NONE;
  }
  if (child == 0) {
    close(ends[0]);
    run(body, context, ends[1]);
  }
  close(ends[1]);
  int in_time = wait_readable(ends[0], seconds), status = 0;
  char byte = 0;
  int returned = in_time && read(ends[0], &byte, 1) == 1;
  close(ends[0]);
  if (!in_time) kill(child, SIGKILL);
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  if (!in_time) return QHOST_TRIAL_TIMEOUT;
  if (returned) return QHOST_TRIAL_DONE;
  *detail = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
  return WIFSIGNALED(status) ? QHOST_TRIAL_SIGNAL : QHOST_TRIAL_EXIT;
}
