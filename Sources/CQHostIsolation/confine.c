#define _GNU_SOURCE
#include "qhost_isolation.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

uint32_t qhost_filter_calls(int only_ask);  /* filter.c */

/* Landlock's own header may be older than the kernel: what is used of it, as the kernel's documentation has it. */
typedef struct ruleset_attributes {
  uint64_t handled_access_fs;
} ruleset_attributes;
typedef struct path_attributes {
  uint64_t allowed_access;
  int32_t parent_fd;
} __attribute__((packed)) path_attributes;
enum { RULE_PATH_BENEATH = 1, VERSION_FLAG = 1 };
enum {
  WRITE_FILE = 1 << 1,
  REMOVE_DIR = 1 << 4,
  REMOVE_FILE = 1 << 5,
  MAKE_CHAR = 1 << 6,
  MAKE_DIR = 1 << 7,
  MAKE_REG = 1 << 8,
  MAKE_SOCK = 1 << 9,
  MAKE_FIFO = 1 << 10,
  MAKE_BLOCK = 1 << 11,
  MAKE_SYM = 1 << 12,
  REFER = 1 << 13,
  TRUNCATE = 1 << 14,
};

static long landlock_version(void) {
#ifdef SYS_landlock_create_ruleset
  return syscall(SYS_landlock_create_ruleset, NULL, 0, VERSION_FLAG);
#else
  return -1;
#endif
}

/* Files can be read, and none written but /dev/null. */
static int make_files_read_only(void) {
#ifdef SYS_landlock_create_ruleset
  long version = landlock_version();
  if (version < 1) return 0;
  ruleset_attributes rules = {.handled_access_fs = WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_CHAR | MAKE_DIR |
                                                   MAKE_REG | MAKE_SOCK | MAKE_FIFO | MAKE_BLOCK | MAKE_SYM};
  if (version >= 2) rules.handled_access_fs |= REFER;
  if (version >= 3) rules.handled_access_fs |= TRUNCATE;
  int set = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
  if (set < 0) return 0;
  path_attributes sink = {.allowed_access = WRITE_FILE, .parent_fd = open("/dev/null", O_PATH | O_CLOEXEC)};
  if (sink.parent_fd >= 0) {
    syscall(SYS_landlock_add_rule, set, RULE_PATH_BENEATH, &sink, 0);
    close(sink.parent_fd);
  }
  int done = syscall(SYS_landlock_restrict_self, set, 0) == 0;
  close(set);
  return done;
#else
  return 0;
#endif
}

static uint64_t mapped_bytes(void) {
  unsigned long pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (file == NULL) return 0;
  if (fscanf(file, "%lu", &pages) != 1) pages = 0;
  fclose(file);
  return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static int limit(int resource, uint64_t value) {
  struct rlimit old, new;
  if (getrlimit(resource, &old) != 0) return 0;
  /* A limit that is lower already stays. */
  new.rlim_max = old.rlim_max != RLIM_INFINITY && old.rlim_max < value ? old.rlim_max : value;
  new.rlim_cur = new.rlim_max;
  return setrlimit(resource, &new) == 0;
}

uint32_t qhost_confinement(void) {
  uint32_t bits = QHOST_CONFINED_LIMITS;
  if (qhost_filter_calls(1)) bits |= QHOST_CONFINED_CALLS;
  if (landlock_version() >= 1) bits |= QHOST_CONFINED_FILES;
  return bits;
}

uint32_t qhost_confine(uint64_t memory_bytes, uint32_t open_files) {
  uint32_t bits = 0;
  /* What the program itself and the shared region take does not count. */
  if (limit(RLIMIT_AS, mapped_bytes() + memory_bytes) && limit(RLIMIT_NOFILE, open_files) && limit(RLIMIT_CORE, 0)) {
    bits |= QHOST_CONFINED_LIMITS;
  }
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return bits;
  if (make_files_read_only()) bits |= QHOST_CONFINED_FILES;
  if (qhost_filter_calls(0)) bits |= QHOST_CONFINED_CALLS;
  return bits;
}

void qhost_close_from(int first) {
#ifdef SYS_close_range
  if (syscall(SYS_close_range, (unsigned)first, ~0u, 0) == 0) return;
#endif
  long most = sysconf(_SC_OPEN_MAX);
  for (int descriptor = first; descriptor < most; descriptor++) close(descriptor);
}
