/* Fatal signals: who was at work, in one sentence. Everything here may be called from a handler. */
#define _GNU_SOURCE
#include "qhost_guard.h"

#include "note.h"

#ifdef __linux__
#include <link.h>
#endif
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <ucontext.h>
#endif
#include <unistd.h>

enum { STACK_BYTES = 65536, LIBRARY_LIMIT = 256 };

static char main_stack[STACK_BYTES];

typedef struct library {
  const char *name;
  uintptr_t begin, end; /* of its code */
} library;

static library libraries[LIBRARY_LIMIT];
static _Atomic int library_count;

#ifdef __linux__
static int find_code(struct dl_phdr_info *info, size_t size, void *context) {
  library *found = context;
  (void)size;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *header = &info->dlpi_phdr[i];
    uintptr_t begin = info->dlpi_addr + header->p_vaddr;
    if (header->p_type != PT_LOAD || !(header->p_flags & PF_X)) continue;
    if (found->begin < begin || found->begin >= begin + header->p_memsz) continue;
    found->begin = begin;
    found->end = begin + header->p_memsz;
    return 1;
  }
  return 0;
}

void qhost_guard_note_library(const char *name, const void *symbol) {
  library found = {.name = name, .begin = (uintptr_t)symbol};
  int place = atomic_load(&library_count);
  if (place == LIBRARY_LIMIT || !dl_iterate_phdr(find_code, &found)) return;
  libraries[place] = found;
  atomic_store(&library_count, place + 1);
}
#else
void qhost_guard_note_library(const char *name, const void *symbol) {
  (void)name;
  (void)symbol;
}
#endif

static const char *library_at(uintptr_t place) {
  for (int i = 0; i < atomic_load(&library_count); i++)
    if (place >= libraries[i].begin && place < libraries[i].end) return libraries[i].name;
  return NULL;
}

static uintptr_t program_counter(const void *context) {
#if defined(__linux__) && defined(__x86_64__)
  return (uintptr_t)((const ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
#elif defined(__linux__) && defined(__aarch64__)
  return (uintptr_t)((const ucontext_t *)context)->uc_mcontext.pc;
#else
  (void)context;
  return 0;
#endif
}

static const char *signal_text(int number) {
  switch (number) {
    case SIGSEGV: return "SIGSEGV, a bad memory access";
    case SIGBUS: return "SIGBUS, a bad memory access";
    case SIGILL: return "SIGILL, a trap";
    case SIGTRAP: return "SIGTRAP, a trap";
    case SIGFPE: return "SIGFPE, a bad arithmetic operation";
    case SIGSYS: return "SIGSYS, a system call that is not allowed";
    case SIGALRM: return "SIGALRM, a timer that nothing waits for";
    case SIGVTALRM: return "SIGVTALRM, a timer that nothing waits for";
    case SIGPROF: return "SIGPROF, a timer that nothing waits for";
    default: return "SIGABRT, it gave up";
  }
}

/* Who crashed, as far as can be known. */
static void put_culprit(const char *library) {
  qhost_note *watched = atomic_load(&qhost_watched);
  const char *function = qhost_function_of(&qhost_here);
  if (function != NULL) {
    qhost_put(qhost_component_of(&qhost_here));
    qhost_put(" crashed in ");
    qhost_put(function);
    return;
  }
  int is_foreign = atomic_load(&qhost_here.entries) == 0;
  if (library != NULL) {
    qhost_put("plugin '");
    qhost_put(library);
    qhost_put(is_foreign ? "' crashed in a thread of its own" : "' crashed");
    return;
  }
  qhost_note *last = is_foreign ? watched : &qhost_here;
  if (last == NULL || atomic_load(&last->entries) == 0) last = &qhost_here;
  const char *present = qhost_function_of(last);
  qhost_put(present ? "a thread that is not the host's crashed while " : "the program crashed after ");
  qhost_put(qhost_component_of(last));
  qhost_put(present ? " was in " : " had returned from ");
  qhost_put(atomic_load(&last->function));
  if (!present) qhost_put(", which may have damaged its memory");
}

static void on_crash(int number, siginfo_t *info, void *context) {
  static _Atomic int is_reporting;
  (void)info;
  if (atomic_exchange(&is_reporting, 1)) _exit(QHOST_EXIT_PLUGIN_FAILED);
  const char *library = library_at(program_counter(context));
  qhost_note *watched = atomic_load(&qhost_watched);
  int is_known = qhost_function_of(&qhost_here) != NULL || library != NULL ||
                 atomic_load(&qhost_here.entries) != 0 ||
                 (watched != NULL && atomic_load(&watched->entries) != 0);
  if (!is_known) {
    signal(number, SIG_DFL);
    raise(number);
    _exit(128 + number);
  }
  qhost_put("\nerror: ");
  put_culprit(library);
  qhost_put(" (");
  qhost_put(signal_text(number));
  qhost_put("); ");
  qhost_put(qhost_remedy);
  qhost_put("\n");
  _exit(QHOST_EXIT_PLUGIN_FAILED);
}

static void take_stack(void *memory) {
  stack_t stack = {.ss_sp = memory, .ss_size = STACK_BYTES};
  sigaltstack(&stack, NULL);
}

static _Thread_local void *thread_stack;

void qhost_guard_begin_thread(void) {
  thread_stack = malloc(STACK_BYTES);
  if (thread_stack != NULL) take_stack(thread_stack);
}

void qhost_guard_end_thread(void) {
  stack_t none = {.ss_flags = SS_DISABLE};
  sigaltstack(&none, NULL);
  free(thread_stack);
  thread_stack = NULL;
}

void qhost_guard_install(const char *remedy) {
  strncpy(qhost_remedy, remedy, sizeof qhost_remedy - 1);
  take_stack(main_stack);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_crash;
  action.sa_flags = SA_ONSTACK | SA_NODEFER | SA_SIGINFO;
  const int numbers[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS, SIGALRM, SIGVTALRM, SIGPROF};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaction(numbers[i], &action, NULL);
}
