#define _GNU_SOURCE
#include "qhost_isolation.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

static volatile sig_atomic_t asked;

int qhost_asked_for_socket(void) { return asked; }

#if defined(__x86_64__) || defined(__aarch64__)

/* Notes the call, and gives it the error that a firewall would. */
static void on_call(int number, siginfo_t *info, void *context) {
  ucontext_t *state = context;
  (void)number, (void)info;
  asked = 1;
#ifdef __x86_64__
  state->uc_mcontext.gregs[REG_RAX] = -EACCES;
#else
  state->uc_mcontext.regs[0] = (unsigned long long)-EACCES;
#endif
}

int qhost_refuse_sockets(void) {
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socketpair, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {.len = sizeof code / sizeof *code, .filter = code};
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_call;
  action.sa_flags = SA_SIGINFO;
  if (sigaction(SIGSYS, &action, NULL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return 0;
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
}

#else

int qhost_refuse_sockets(void) { return 0; }

#endif
