/* What Swift has no word for: where the library lies, and a sentence for each thread. */
#define _GNU_SOURCE
#include "libqhost.h"
#include "place.h"

#include <dlfcn.h>
#include <stdio.h>

_Static_assert(sizeof(libqhost_function) == 40, "size of libqhost_function");
_Static_assert(sizeof(libqhost_space) == 56, "size of libqhost_space");
_Static_assert(sizeof(libqhost_data) == 104, "size of libqhost_data");

static _Thread_local char sentence[4096];

const char *libqhost_error(void) { return sentence; }

void libqhost_set_error(const char *text) { snprintf(sentence, sizeof sentence, "%s", text); }

const char *libqhost_place(void) {
  Dl_info info;
  return dladdr((const void *)libqhost_place, &info) ? info.dli_fname : "";
}
