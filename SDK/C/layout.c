/* The layout of the interface cannot change unnoticed: layout.golden records it, for 64-bit systems. */
#include "qhost.h"
#include "qhost/draft/companions.h"
#include "qhost/draft/constraints.h"
#include "qhost/draft/determinism.h"
#include "qhost/draft/documents.h"
#include "qhost/draft/drifts.h"
#include "qhost/draft/figures.h"
#include "qhost/draft/flips.h"
#include "qhost/draft/objectives.h"
#include "qhost/draft/potentials.h"
#include "qhost/draft/metrics.h"
#include "qhost/draft/inner.h"
#include "qhost/draft/series.h"
#include "qhost/draft/slopes.h"
#include "qhost/draft/streams.h"

#if UINTPTR_MAX == 0xFFFFFFFFFFFFFFFFu

#define QHOST_STRUCT(type, size) _Static_assert(sizeof(type) == (size), "size of " #type);
#define QHOST_MEMBER(type, member, offset) \
  _Static_assert(offsetof(type, member) == (offset), "offset of " #type "." #member);
#include "layout.golden"

#endif
