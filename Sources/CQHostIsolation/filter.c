#define _GNU_SOURCE
#include "qhost_isolation.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

uint32_t qhost_filter_calls(int only_ask);

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, field))
/* The low half of an argument: processors here are little-endian. */
#define LOAD_ARGUMENT(i) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, args[i]))
#define EQUALS(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), yes, no)
#define ANSWER(action) BPF_STMT(BPF_RET | BPF_K, action)
#define STOP ANSWER(SECCOMP_RET_TRAP)
#define ALLOW ANSWER(SECCOMP_RET_ALLOW)

/* What is never allowed. */
#define NEVER(call) EQUALS(call, 0, 1), STOP
/* What a process may do to itself alone: its own number, which the fourth and seventh word are given. */
#define ITSELF(call, own) EQUALS(call, 0, 4), LOAD_ARGUMENT(0), EQUALS(own, 0, 1), ALLOW, STOP
/* The same, where 0 stands for the process itself. */
#define ITSELF_OR_0(call, own) EQUALS(call, 0, 5), LOAD_ARGUMENT(0), EQUALS(own, 1, 0), EQUALS(0, 0, 1), ALLOW, STOP

static int set_filter(void) {
  uint32_t own = (uint32_t)getpid();
  struct sock_filter code[] = {
      LOAD(arch),
      EQUALS(ARCHITECTURE, 1, 0),
      ANSWER(SECCOMP_RET_KILL_PROCESS),
      LOAD(nr),
#ifdef __x86_64__
      /* Calls of the x32 interface have other numbers for the same things. */
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000u, 0, 1),
      ANSWER(SECCOMP_RET_KILL_PROCESS),
      NEVER(SYS_fork),
      NEVER(SYS_vfork),
#endif
      /* The C library then takes clone, whose flags can be seen. */
      EQUALS(SYS_clone3, 0, 1),
      ANSWER(SECCOMP_RET_ERRNO | ENOSYS),
      EQUALS(SYS_clone, 0, 4),
      LOAD_ARGUMENT(0),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1),
      ALLOW,
      STOP,
      NEVER(SYS_execve),
      NEVER(SYS_execveat),
      NEVER(SYS_socket),
      NEVER(SYS_socketpair),
      NEVER(SYS_connect),
      NEVER(SYS_bind),
      NEVER(SYS_listen),
      NEVER(SYS_accept4),
      NEVER(SYS_ptrace),
      NEVER(SYS_process_vm_readv),
      NEVER(SYS_process_vm_writev),
      NEVER(SYS_pidfd_open),
      NEVER(SYS_pidfd_send_signal),
      NEVER(SYS_io_uring_setup),
      NEVER(SYS_bpf),
      NEVER(SYS_perf_event_open),
      NEVER(SYS_userfaultfd),
      NEVER(SYS_mount),
      NEVER(SYS_unshare),
      NEVER(SYS_setns),
      NEVER(SYS_chroot),
      NEVER(SYS_tkill),
      ITSELF(SYS_kill, own),
      ITSELF(SYS_tgkill, own),
      ITSELF(SYS_rt_sigqueueinfo, own),
      ITSELF(SYS_rt_tgsigqueueinfo, own),
      ITSELF_OR_0(SYS_prlimit64, own),
      /* The death of the host must continue ending this process. */
      EQUALS(SYS_prctl, 0, 3),
      LOAD_ARGUMENT(0),
      EQUALS(PR_SET_PDEATHSIG, 0, 1),
      ANSWER(SECCOMP_RET_ERRNO | EPERM),
      ALLOW,
  };
  struct sock_fprog program = {.len = sizeof code / sizeof *code, .filter = code};
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
}

static int is_there(void) {
  uint32_t action = SECCOMP_RET_TRAP;
  return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

uint32_t qhost_filter_calls(int only_ask) { return (uint32_t)(only_ask ? is_there() : set_filter()); }

#else

uint32_t qhost_filter_calls(int only_ask) {
  (void)only_ask;
  return 0;
}

#endif

const char *qhost_stopped_words(int64_t call) {
  switch (call) {
#ifdef SYS_fork
    case SYS_fork:
    case SYS_vfork:
#endif
    case SYS_clone: return "start a process";
    case SYS_execve:
    case SYS_execveat: return "start a program";
    case SYS_socket:
    case SYS_socketpair:
    case SYS_connect:
    case SYS_bind:
    case SYS_listen:
    case SYS_accept4: return "use the network";
    case SYS_kill:
    case SYS_tkill:
    case SYS_tgkill:
    case SYS_rt_sigqueueinfo:
    case SYS_rt_tgsigqueueinfo:
    case SYS_pidfd_open:
    case SYS_pidfd_send_signal: return "send a signal to another process";
    case SYS_ptrace:
    case SYS_process_vm_readv:
    case SYS_process_vm_writev: return "look into another process";
    default: return "make a system call";
  }
}
