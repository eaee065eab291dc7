#define _GNU_SOURCE
#include "channel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Longer than a question to most optimizers takes, and short beside what it costs to be woken. */
enum { SPIN_NANOSECONDS = 30000, MOST_CREDIT = 8, PROBE_INTERVAL = 32 };

/*
 * Whether it pays to look for an answer before sleeping: on a machine whose processors are all busy, or
 * for one that takes long, it does not, and is then tried only now and then.
 */
typedef struct patience {
  int credit;
  int since_probe;
} patience;

static _Thread_local patience mine = {.credit = MOST_CREDIT};

int qhost_channel_make(uint64_t bytes) {
  int descriptor = memfd_create("qhost", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (descriptor < 0) return -1;
  /* Without the seals a child could take memory away that the host is about to read. */
  if (ftruncate(descriptor, (off_t)bytes) != 0 ||
      fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
    int reason = errno;
    close(descriptor);
    errno = reason;
    return -1;
  }
  return descriptor;
}

qhost_channel *qhost_channel_map(int descriptor, uint64_t bytes) {
  void *start = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, descriptor, 0);
  return start == MAP_FAILED ? NULL : start;
}

void qhost_channel_unmap(qhost_channel *channel, uint64_t bytes) { munmap(channel, bytes); }

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static inline void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static int spins(void) {
  if (mine.credit > 0) return 1;
  if (++mine.since_probe < PROBE_INTERVAL) return 0;
  mine.since_probe = 0;
  return 1;
}

/* Waits until `word` is `wanted`; 0 when that takes longer than `nanoseconds`. */
static int await(_Atomic uint32_t *word, uint32_t wanted, _Atomic uint32_t *sleeps, uint64_t nanoseconds) {
  if (atomic_load_explicit(word, memory_order_acquire) == wanted) return 1;
  uint64_t begun = now();
  if (spins()) {
    do {
      for (int i = 0; i < 32; i++) {
        if (atomic_load_explicit(word, memory_order_acquire) == wanted) {
          if (mine.credit < MOST_CREDIT) mine.credit++;
          return 1;
        }
        relax();
      }
    } while (now() - begun < SPIN_NANOSECONDS);
    if (mine.credit > 0) mine.credit--;
  }
  for (;;) {
    atomic_store(sleeps, 1);
    uint32_t seen = atomic_load(word);
    if (seen == wanted) break;
    uint64_t spent = now() - begun;
    if (spent >= nanoseconds) {
      atomic_store(sleeps, 0);
      return 0;
    }
    uint64_t rest = nanoseconds - spent;
    struct timespec limit = {.tv_sec = (time_t)(rest / 1000000000u), .tv_nsec = (long)(rest % 1000000000u)};
    syscall(SYS_futex, word, FUTEX_WAIT, seen, &limit, NULL, 0);
  }
  atomic_store(sleeps, 0);
  return 1;
}

static void advance(_Atomic uint32_t *word, _Atomic uint32_t *sleeps) {
  atomic_fetch_add(word, 1);
  if (atomic_load(sleeps)) syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

void qhost_channel_request(qhost_channel *channel, uint32_t function, uint32_t flags, uint64_t bytes) {
  channel->function = function;
  channel->flags = flags;
  channel->request_bytes = bytes;
  advance(&channel->request, &channel->child_sleeps);
}

/* What the child writes into `request` can make the host wait in vain, and no worse. */
int qhost_channel_await_reply(qhost_channel *channel, uint64_t nanoseconds) {
  return await(&channel->reply, atomic_load(&channel->request), &channel->host_sleeps, nanoseconds);
}

int32_t qhost_channel_status(const qhost_channel *channel) { return *(const volatile int32_t *)&channel->status; }

uint64_t qhost_channel_reply_bytes(const qhost_channel *channel) {
  return *(const volatile uint64_t *)&channel->reply_bytes;
}

void qhost_channel_cancel(qhost_channel *channel) { atomic_store(&channel->cancelled, 1); }

void qhost_channel_await_request(qhost_channel *channel) {
  uint32_t wanted = atomic_load(&channel->reply) + 1;
  while (!await(&channel->request, wanted, &channel->child_sleeps, 3600ull * 1000000000u)) continue;
}

uint32_t qhost_channel_function(const qhost_channel *channel) { return channel->function; }
uint32_t qhost_channel_flags(const qhost_channel *channel) { return channel->flags; }
uint64_t qhost_channel_request_bytes(const qhost_channel *channel) { return channel->request_bytes; }

int qhost_channel_is_cancelled(const qhost_channel *channel) {
  return (int)atomic_load_explicit(&channel->cancelled, memory_order_relaxed);
}

void qhost_channel_enter(qhost_channel *channel, uint32_t function) {
  atomic_store_explicit(&channel->entered, function, memory_order_relaxed);
}

uint32_t qhost_channel_entered(const qhost_channel *channel) {
  return atomic_load_explicit(&((qhost_channel *)channel)->entered, memory_order_relaxed);
}

void qhost_channel_reply(qhost_channel *channel, int32_t status, uint64_t bytes) {
  channel->status = status;
  channel->reply_bytes = bytes;
  advance(&channel->reply, &channel->host_sleeps);
}
