/*
 * qhost/draft/determinism.h: how far a seed repeats what a component does.
 *
 * Without this capability a component is taken for one of QHOST_DETERMINISM_PURE. `qhost validate` holds it to what it
 * says, and leaves out what it does not promise; `qhost plugins show` tells users.
 *
 * This is a draft: its number changes whenever a struct here does, and plugins are built again then.
 */
#ifndef QHOST_DRAFT_DETERMINISM_H
#define QHOST_DRAFT_DETERMINISM_H

#include "../base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define QHOST_DRAFT_DETERMINISM "qhost.draft.determinism/1"

/* The same seed and inputs give the same bits, on any number of threads, in any process. */
#define QHOST_DETERMINISM_PURE 0u
/* They do within one process and on the same number of threads, and may not in another one. */
#define QHOST_DETERMINISM_SESSION 1u
/* They need not, for what it does depends on more than the host knows: on a clock, a device, a service. */
#define QHOST_DETERMINISM_NONE 2u

/* A component's side: data, read without running code of the plugin, and valid as long as it is loaded. */
typedef struct qhost_determinism {
  uint32_t struct_size;
  uint32_t level;     /* QHOST_DETERMINISM_... */
  const char *reason; /* why it promises less than PURE, one sentence; NULL with PURE alone */
} qhost_determinism;

/* The host's side, from host->capability: nothing yet. */
typedef struct qhost_host_determinism {
  uint32_t struct_size;
  uint32_t reserved;
} qhost_host_determinism;

#ifdef __cplusplus
}
#endif
#endif
