/* What components share without knowing: how the processor computes, the locale, signals, limits. */
#define _GNU_SOURCE
#include "qhost_guard.h"

#include "note.h"

#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#ifndef O_PATH
#define O_PATH O_RDONLY
#endif

void qhost_watch_endings(void);

enum { SIGNAL_COUNT = 32, PATH_BYTES = 4096, NAME_BYTES = 512, FIRST_DESCRIPTOR = 64 };

typedef void observer(const char *component, const char *function, const char *what, const char *other);

static observer *_Atomic told;
static uint64_t kept_control;
static const char *_Atomic kept_locale;
static char kept_locale_name[NAME_BYTES];
static struct sigaction kept_actions[SIGNAL_COUNT];
static sigset_t kept_mask;
static mode_t kept_umask;
static char kept_folder[PATH_BYTES];
static int kept_folder_descriptor = -1;
static const int limited[] = {RLIMIT_NOFILE, RLIMIT_FSIZE};
enum { LIMIT_COUNT = sizeof limited / sizeof *limited };
static struct rlimit kept_limits[LIMIT_COUNT];

void qhost_guard_set_observer(observer *function) { atomic_store(&told, function); }

/* `is_old`: it may have been changed in a call before the present one. */
static void tell(const char *what, int is_old) {
  observer *function = atomic_load(&told);
  if (function != NULL)
    function(qhost_component_of(&qhost_here), atomic_load(&qhost_here.function), what,
             is_old ? atomic_load(&qhost_here.component_before) : NULL);
}

/* Control bits of the processor: rounding, masks, subnormal numbers, precision; no flags. */
#if defined(__x86_64__)
enum { SSE_CONTROL = 0xFFC0, SSE_ROUNDING = 0x6000, SSE_MASKS = 0x1F80, SSE_SUBNORMAL = 0x8040 };
enum { X87_CONTROL = 0x0F3F, X87_ROUNDING = 0x0C00, X87_MASKS = 0x3F };

static inline uint64_t control(void) {
  uint16_t word;
  __asm__ volatile("fnstcw %0" : "=m"(word));
  return (_mm_getcsr() & SSE_CONTROL) | (uint64_t)(word & X87_CONTROL) << 32;
}

/* The x87's own word takes longer to read, and what changes rounding changes both. */
static inline int control_differs(uint64_t kept, int is_thorough) {
  if ((_mm_getcsr() & SSE_CONTROL) != (uint32_t)kept) return 1;
  return is_thorough && control() != kept;
}

static void set_control(uint64_t control) {
  uint16_t word = (uint16_t)(control >> 32);
  __asm__ volatile("fnclex; fldcw %0" : : "m"(word));
  _mm_setcsr((uint32_t)control);
}

static const char *changed_control(uint64_t bits) {
  uint32_t sse = (uint32_t)bits, x87 = (uint32_t)(bits >> 32);
  if (sse & SSE_ROUNDING || x87 & X87_ROUNDING) return "how the processor rounds";
  if (sse & SSE_MASKS || x87 & X87_MASKS) return "which floating-point exceptions are trapped";
  if (sse & SSE_SUBNORMAL) return "how the processor treats subnormal numbers";
  return "the precision of the processor";
}
#elif defined(__aarch64__)
static inline uint64_t control(void) {
  uint64_t word;
  __asm__ volatile("mrs %0, fpcr" : "=r"(word));
  return word;
}

static inline int control_differs(uint64_t kept, int is_thorough) {
  (void)is_thorough;
  return control() != kept;
}

static void set_control(uint64_t control) { __asm__ volatile("msr fpcr, %0" : : "r"(control)); }

static const char *changed_control(uint64_t bits) {
  if (bits & 0xC00000) return "how the processor rounds";
  if (bits & 0x9F00) return "which floating-point exceptions are trapped";
  return "how the processor treats subnormal numbers";
}
#else
static inline uint64_t control(void) { return 0; }
static inline int control_differs(uint64_t kept, int is_thorough) { return (void)kept, (void)is_thorough, 0; }
static void set_control(uint64_t control) { (void)control; }
static const char *changed_control(uint64_t bits) { (void)bits; return ""; }
#endif

static void keep_locale(void) {
  const char *name = setlocale(LC_ALL, NULL);
  strncpy(kept_locale_name, name ? name : "C", NAME_BYTES - 1);
  atomic_store(&kept_locale, name);
}

static void restore_locale(void) {
  const char *name = setlocale(LC_ALL, NULL);
  int is_changed = name == NULL || strcmp(name, kept_locale_name) != 0;
  if (is_changed) setlocale(LC_ALL, kept_locale_name);
  atomic_store(&kept_locale, setlocale(LC_ALL, NULL));
  if (uselocale((locale_t)0) != LC_GLOBAL_LOCALE) {
    uselocale(LC_GLOBAL_LOCALE);
    is_changed = 1;
  }
  if (is_changed) tell("the locale", 0);
}

/* Those that the host handles or ignores, and that others often take. */
static const int kept_signals[] = {SIGINT, SIGTERM, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGPIPE, SIGXFSZ, SIGCHLD};
enum { KEPT_COUNT = sizeof kept_signals / sizeof *kept_signals };

static int is_kept_signal(int number) { return number != SIGKILL && number != SIGSTOP; }

static int differs(const struct sigaction *one, const struct sigaction *other) {
  return one->sa_handler != other->sa_handler || (one->sa_flags ^ other->sa_flags) & SA_SIGINFO;
}

static void restore_signals(void) {
  int is_changed = 0;
  for (int place = 0; place < KEPT_COUNT; place++) {
    int number = kept_signals[place];
    struct sigaction now;
    if (sigaction(number, NULL, &now) != 0 || !differs(&now, &kept_actions[number])) continue;
    sigaction(number, &kept_actions[number], NULL);
    is_changed = 1;
  }
  sigset_t mask;
  pthread_sigmask(SIG_BLOCK, NULL, &mask);
  for (int i = 1; i < SIGNAL_COUNT; i++) {
    if (!is_kept_signal(i) || sigismember(&mask, i) == sigismember(&kept_mask, i)) continue;
    pthread_sigmask(SIG_SETMASK, &kept_mask, NULL);
    is_changed = 1;
    break;
  }
  if (is_changed) tell("how the program handles signals", 1);
}

static void restore_files(void) {
  if (umask(kept_umask) != kept_umask) tell("the permissions of new files", 1);
  char folder[PATH_BYTES];
  if (kept_folder_descriptor >= 0 && getcwd(folder, sizeof folder) != NULL && strcmp(folder, kept_folder) != 0 &&
      fchdir(kept_folder_descriptor) == 0)
    tell("the working directory", 1);
  for (int i = 0; i < LIMIT_COUNT; i++) {
    struct rlimit now;
    if (getrlimit(limited[i], &now) != 0 || now.rlim_cur == kept_limits[i].rlim_cur) continue;
    struct rlimit wanted = kept_limits[i];
    int is_lost = setrlimit(limited[i], &wanted) != 0;
    if (is_lost) {
      /* A hard limit cannot be raised again: as far as it goes. */
      wanted.rlim_max = now.rlim_max;
      if (wanted.rlim_cur > now.rlim_max) wanted.rlim_cur = now.rlim_max;
      setrlimit(limited[i], &wanted);
      kept_limits[i] = wanted;
    }
    tell(is_lost ? "the limits of the program for good" : "the limits of the program", 1);
  }
}

void qhost_restore_state(int is_thorough) {
  if (__builtin_expect(control_differs(kept_control, is_thorough), 0)) {
    uint64_t found = control();
    set_control(kept_control);
    tell(changed_control(found ^ kept_control), 0);
  }
  if (__builtin_expect(setlocale(LC_ALL, NULL) != atomic_load_explicit(&kept_locale, memory_order_relaxed) ||
                           uselocale((locale_t)0) != LC_GLOBAL_LOCALE,
                       0))
    restore_locale();
  if (is_thorough) {
    restore_signals();
    restore_files();
  }
}

void qhost_guard_keep_state(void) {
  kept_control = control();
  keep_locale();
  for (int i = 1; i < SIGNAL_COUNT; i++)
    if (is_kept_signal(i)) sigaction(i, NULL, &kept_actions[i]);
  pthread_sigmask(SIG_BLOCK, NULL, &kept_mask);
  kept_umask = umask(0);
  umask(kept_umask);
  for (int i = 0; i < LIMIT_COUNT; i++) getrlimit(limited[i], &kept_limits[i]);
  if (kept_folder_descriptor < 0 && getcwd(kept_folder, sizeof kept_folder) != NULL) {
    int folder = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    kept_folder_descriptor = fcntl(folder, F_DUPFD_CLOEXEC, FIRST_DESCRIPTOR);
    close(folder);
  }
  qhost_watch_endings();
  atomic_store(&qhost_keeps_state, 1);
}
