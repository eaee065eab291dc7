#define _GNU_SOURCE
#include "channel.h"

#include <fenv.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

enum { STACK_BYTES = 65536 };

static qhost_channel *noted;
static const char *(*component_now)(void);
static const char *(*function_now)(void);
static char handler_stack[STACK_BYTES];

static void copy(char *to, const char *from, size_t capacity) {
  size_t i = 0;
  for (; from != NULL && from[i] != '\0' && i + 1 < capacity; i++) to[i] = from[i];
  to[i] = '\0';
}

static void on_crash(int number, siginfo_t *info, void *context) {
  (void)context;
  if (!atomic_load(&noted->is_noted)) {
    noted->stopped_call = number == SIGSYS ? info->si_syscall : -1;
    copy(noted->component, component_now(), sizeof noted->component);
    copy(noted->called, function_now(), sizeof noted->called);
    atomic_store(&noted->is_noted, 1);
  }
  signal(number, SIG_DFL);
  raise(number);
}

void qhost_channel_note_crashes(qhost_channel *channel, const char *(*component)(void),
                                const char *(*function)(void)) {
  noted = channel;
  component_now = component;
  function_now = function;
  stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
  sigaltstack(&stack, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_crash;
  action.sa_flags = SA_ONSTACK | SA_NODEFER | SA_SIGINFO;
  const int numbers[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaction(numbers[i], &action, NULL);
}

int64_t qhost_channel_stopped_call(const qhost_channel *channel) {
  return atomic_load(&((qhost_channel *)channel)->is_noted) ? channel->stopped_call : -1;
}

void qhost_channel_noted(const qhost_channel *channel, char component[128], char function[64]) {
  component[0] = function[0] = '\0';
  if (!atomic_load(&((qhost_channel *)channel)->is_noted)) return;
  copy(component, channel->component, 128);
  copy(function, channel->called, 64);
}

void qhost_reset_arithmetic(void) { fesetenv(FE_DFL_ENV); }
