/*
 * qhost/draft/companions.h: what goes with a model where the user names nothing.
 *
 * A model that makes sense with few datasets names one, so that naming the model is enough. What a user names comes first;
 * names are looked up like any other, and their settings checked.
 *
 * This is a draft: its number changes whenever a struct here does, and plugins are built again then.
 */
#ifndef QHOST_DRAFT_COMPANIONS_H
#define QHOST_DRAFT_COMPANIONS_H

#include "../base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define QHOST_DRAFT_COMPANIONS "qhost.draft.companions/1"

/* A model's side: data, read without running code of the plugin, and valid as long as it is loaded. */
typedef struct qhost_companions {
  uint32_t struct_size;
  uint32_t shared_count;
  const char *dataset;       /* the dataset where the user names none; NULL: the host's own default */
  const char *optimizer;     /* the optimizer where the user names neither one nor a budget; NULL: as above */
  uint64_t evaluation_limit; /* losses of a run with that optimizer; 0: the standard budget */

  /*
   * Parameters [shared_count] of the model that the dataset above has under the same names: it gets what the user sets for
   * the model, or the model's default, where the user does not set its own.
   */
  const char *const *shared;
} qhost_companions;

/* The host's side, from host->capability: nothing yet. */
typedef struct qhost_host_companions {
  uint32_t struct_size;
  uint32_t reserved;
} qhost_host_companions;

#ifdef __cplusplus
}
#endif
#endif
