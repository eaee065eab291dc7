#define _GNU_SOURCE
#include "child.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { QUESTIONS = 3, ANSWERS = 4, MEMORY = 5, FIRST_SIZE = 1 << 16 };

qhost_status child_fail(qhost_error *error, int32_t kind, const char *format, ...) {
  char text[2048];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return qhost_fail(error, QHOST_ERROR, kind, text);
}

/* The program that holds the object: it lies in the Python package that this library came with. */
static int server_path(char *path, size_t capacity) {
  Dl_info info;
  if (!dladdr((const void *)server_path, &info)) return 0;
  char real[4096];
  if (realpath(info.dli_fname, real) == NULL) return 0;
  for (int step = 0; step < 2; step++) {
    char *slash = strrchr(real, '/');
    if (slash == NULL) return 0;
    *slash = '\0';
  }
  return snprintf(path, capacity, "%s/_server.py", real) < (int)capacity && access(path, R_OK) == 0;
}

static const char *interpreter(const qhost_request *request) {
  const char *own = request->values[VALUE_PYTHON]->text, *set = getenv("QHOST_PYTHON");
  return own[0] ? own : set != NULL && set[0] ? set : "python3";
}

/* Descriptors at or above 10, so that those that the program gets are free. */
static int kept(int descriptor) {
  int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 10);
  close(descriptor);
  return copy;
}

static int spawn(child *c, const int theirs[2], char *const arguments[]) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, theirs[0], QUESTIONS);
  posix_spawn_file_actions_adddup2(&actions, theirs[1], ANSWERS);
  posix_spawn_file_actions_adddup2(&actions, c->file, MEMORY);
  /* Standard output is the host's alone. */
  posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  posix_spawnattr_init(&attributes);
  /* A group of its own: Ctrl-C is for the host, whose end is seen on the channel. */
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  int status = posix_spawnp(&c->process, arguments[0], &actions, &attributes, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return status;
}

child *child_start(const qhost_request *request, const char *kind, qhost_error *error) {
  char server[4096 + 16];
  const char *file = request->values[VALUE_FILE]->text;
  if (access(file, R_OK) != 0) {
    child_fail(error, QHOST_ERROR_DATA, "cannot read '%s': %s; give a Python file in file", file, strerror(errno));
    return NULL;
  }
  if (!server_path(server, sizeof server)) {
    child_fail(error, QHOST_ERROR_PLUGIN, "the Python package of qhost is not where this plugin lies; install it again");
    return NULL;
  }
  int there[2] = {-1, -1}, back[2] = {-1, -1};
  child *c = calloc(1, sizeof *c);
  if (c == NULL || pipe2(there, O_CLOEXEC) != 0 || pipe2(back, O_CLOEXEC) != 0) {
    for (int end = 0; end < 2; end++)
      if (there[end] >= 0) close(there[end]);
    free(c);
    child_fail(error, QHOST_ERROR_PLUGIN, "cannot make a channel to Python: %s", strerror(errno));
    return NULL;
  }
  pthread_mutex_init(&c->turn, NULL);
  c->host = request->host;
  c->questions = kept(there[1]);
  c->answers = kept(back[0]);
  const int theirs[2] = {kept(there[0]), kept(back[1])};
  c->file = kept(memfd_create("qhost-python", MFD_CLOEXEC));
  c->memory = MAP_FAILED;
  snprintf(c->subject, sizeof c->subject, "'%s'", file);
  const char *python = interpreter(request);
  char *arguments[] = {(char *)python, "-u", server, (char *)kind, (char *)file,
                       (char *)request->values[VALUE_CLASS]->text, (char *)request->values[VALUE_OPTIONS]->text, NULL};
  int status = c->file < 0 ? errno : spawn(c, theirs, arguments);
  close(theirs[0]);
  close(theirs[1]);
  if (status != 0) {
    c->process = 0;
    child_end(c);
    child_fail(error, QHOST_ERROR_PARAMETER,
               "cannot start '%s': %s; give an interpreter with NumPy in python, or in QHOST_PYTHON", python,
               strerror(status));
    return NULL;
  }
  if (child_reserve(c, FIRST_SIZE, error) != QHOST_OK) {
    child_end(c);
    return NULL;
  }
  return c;
}

void child_end(child *c) {
  if (c == NULL) return;
  close(c->questions);
  close(c->answers);
  if (c->memory != MAP_FAILED) munmap(c->memory, c->size);
  if (c->file >= 0) close(c->file);
  /* It ends when the channel does; one that is busy is not waited for. */
  for (int wait = 0; c->process > 0 && waitpid(c->process, NULL, WNOHANG) == 0; wait++) {
    if (wait == 100) kill(-c->process, SIGKILL);
    usleep(2000);
  }
  pthread_mutex_destroy(&c->turn);
  free(c);
}

qhost_status child_reserve(child *c, size_t bytes, qhost_error *error) {
  if (bytes <= c->size) return QHOST_OK;
  struct stat state;
  size_t size = FIRST_SIZE;
  while (size < bytes) size *= 2;
  /* Python may have made it larger. */
  int failed = fstat(c->file, &state) != 0;
  if (!failed && (size_t)state.st_size < size) failed = ftruncate(c->file, (off_t)size) != 0;
  if (!failed && (size_t)state.st_size > size) size = (size_t)state.st_size;
  if (!failed) {
    if (c->memory != MAP_FAILED) munmap(c->memory, c->size);
    c->memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, c->file, 0);
    failed = c->memory == MAP_FAILED;
  }
  if (failed) {
    c->size = 0;
    return child_fail(error, QHOST_ERROR_PLUGIN, "there is no memory of %zu bytes to share with Python", bytes);
  }
  c->size = size;
  return QHOST_OK;
}

static qhost_status ended(child *c, qhost_error *error) {
  int status = 0;
  c->is_ended = 1;
  if (c->process > 0 && waitpid(c->process, &status, 0) == c->process) {
    c->process = 0;
    if (WIFSIGNALED(status))
      return child_fail(error, QHOST_ERROR_PLUGIN, "the Python process of %s was ended by signal %d", c->subject,
                        WTERMSIG(status));
    return child_fail(error, QHOST_ERROR_PLUGIN,
                      "the Python process of %s ended with code %d; what it wrote is above", c->subject,
                      WEXITSTATUS(status));
  }
  return child_fail(error, QHOST_ERROR_PLUGIN, "the Python process of %s has ended", c->subject);
}

/* Reads a line into c->reply, without its end: 1; 0 at the end of the process, −1 where the user asked to stop first. */
static int receive(child *c) {
  size_t count = 0;
  while (count < sizeof c->reply - 1) {
    struct pollfd waited = {.fd = c->answers, .events = POLLIN};
    /* Later a question is answered: the run needs the object for what it recommends. */
    if (!c->is_made && poll(&waited, 1, 20) == 0) {
      if (c->host->is_cancelled(c->host)) return -1;
      continue;
    }
    ssize_t got = read(c->answers, c->reply + count, sizeof c->reply - 1 - count);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return 0;
    count += (size_t)got;
    if (c->reply[count - 1] == '\n') break;
  }
  c->reply[count - 1] = '\0';
  return 1;
}

static int is_expected(const char *reply, const char *expected) {
  size_t length = strcspn(reply, " ");
  for (const char *word = expected; word != NULL && *word;) {
    size_t other = strcspn(word, " ");
    if (other == length && strncmp(word, reply, length) == 0) return 1;
    word += other;
    word += strspn(word, " ");
  }
  return expected == NULL;
}

/* Writes a line; 0 at the end of the process, which must not take this one with it. */
static int send_line(child *c, const char *line, size_t length) {
  sigset_t blocked, before;
  const struct timespec now = {0, 0};
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &blocked, &before);
  while (length > 0) {
    ssize_t count = write(c->questions, line, length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    line += count;
    length -= (size_t)count;
  }
  if (length > 0) sigtimedwait(&blocked, NULL, &now);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return length == 0;
}

qhost_status child_ask(child *c, const char *expected, qhost_error *error, const char *format, ...) {
  char line[256];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line - 1, format, arguments);
  va_end(arguments);
  line[length++] = '\n';
  if (c->is_ended) return ended(c, error);
  if (!send_line(c, line, (size_t)length)) return ended(c, error);
  int received = receive(c);
  if (received < 0) {
    kill(-c->process, SIGKILL);
    c->is_ended = 1;
    return QHOST_CANCELLED;
  }
  if (received == 0) return ended(c, error);
  if (strncmp(c->reply, "error ", 6) == 0) {
    int32_t kind = c->reply[6] == '2' ? QHOST_ERROR_DATA : c->reply[6] == '1' ? QHOST_ERROR_PARAMETER : QHOST_ERROR_PLUGIN;
    return child_fail(error, kind, "%s: %s", c->subject, c->reply + 8);
  }
  if (!is_expected(c->reply, expected))
    return child_fail(error, QHOST_ERROR_PLUGIN, "%s: Python answered '%.100s'; report it", c->subject, c->reply);
  return QHOST_OK;
}
