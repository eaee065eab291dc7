/* The first page of a channel. */
#ifndef QHOST_CHANNEL_H
#define QHOST_CHANNEL_H

#include "qhost_isolation.h"

#include <stdatomic.h>

/* Each side's words lie in a line of the cache of their own. */
struct qhost_channel {
  _Alignas(64) _Atomic uint32_t request; /* counts requests; waited on by the child */
  _Atomic uint32_t child_sleeps;
  uint32_t function;
  uint32_t flags;
  uint64_t request_bytes;
  _Alignas(64) _Atomic uint32_t reply; /* counts answers; waited on by the host */
  _Atomic uint32_t host_sleeps;
  int32_t status;
  uint64_t reply_bytes;
  _Atomic uint32_t entered;
  _Alignas(64) _Atomic uint32_t cancelled;
  _Alignas(64) _Atomic uint32_t is_noted;
  int64_t stopped_call;
  char component[128];
  char called[64];
};

_Static_assert(sizeof(struct qhost_channel) <= QHOST_CHANNEL_HEADER, "a channel's first page");

#endif
