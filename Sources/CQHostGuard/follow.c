#define _GNU_SOURCE
#include "qhost_guard.h"

#include <signal.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

void qhost_guard_follow_parent(void) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
}
