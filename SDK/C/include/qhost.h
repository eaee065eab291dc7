/*
 * qhost.h: the interface between qhost and its plugins. This one file is all that a plugin includes.
 *
 * The simplest plugin
 *
 *   #include <qhost.h>
 *   static qhost_status create(const qhost_request *r, const qhost_problem *p, void **i,
 *                              qhost_error *e) { ... }
 *   static const qhost_optimizer table = {.struct_size = sizeof table, .create = create, ...};
 *   static const qhost_component mine = {.struct_size = sizeof mine, .kind = QHOST_KIND_OPTIMIZER,
 *                                        .name = "mine", .table = &table, ...};
 *   static const qhost_component *const components[] = {&mine};
 *   static const qhost_plugin plugin = {.struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR,
 *                                       .component_count = 1, .components = components, ...};
 *   QHOST_DEFINE_ENTRY(plugin)
 *
 *   cc -shared -fPIC -I SDK/C/include mine.c -o libqhost-mine.so
 *   QHOST_PLUGIN_PATH=. qhost run --optimizer mine
 *
 * Reading order
 *   qhost/base.h       conventions, thread tags, status, error, shape
 *   qhost/parameter.h  parameters that a component declares, values that it is given
 *   qhost/host.h       what the host does for a component
 *   qhost/plugin.h     component, dependency, plugin, the entry
 *   qhost/optimizer.h  ask and tell: points, gradients, cuts
 *   qhost/solver.h     wave packets in potentials
 *   qhost/model.h      sessions, gradients, cuts   (qhost/graph.h: ONNX operators and weights)
 *   qhost/dataset.h    samples and scenarios
 *   qhost/target.h     compile and execute elsewhere
 *
 * Drafts, which may still change, are included one by one by those who use them
 *   qhost/draft/companions.h   what goes with a model where the user names nothing
 *   qhost/draft/constraints.h  scenarios with kinds of outputs, and with constraints
 *   qhost/draft/determinism.h  how far a seed repeats what a component does
 *   qhost/draft/documents.h    trained models in the forms of other programs
 *   qhost/draft/drifts.h       datasets that know where what they are drawn from changes
 *   qhost/draft/figures.h      data for pictures
 *   qhost/draft/flips.h        models of units with two outputs, whose cuts can be smoothed by noise
 *   qhost/draft/inner.h        models around other models, which may start from trained files
 *   qhost/draft/metrics.h      named numbers beside loss and accuracy
 *   qhost/draft/objectives.h   scenarios with several objectives
 *   qhost/draft/potentials.h   models whose losses along the weights of a unit are sums over its output
 *   qhost/draft/series.h       rows that are series of unequal length, state that continues from row to row
 *   qhost/draft/slopes.h       scenarios that know the gradient of their loss
 *   qhost/draft/streams.h      models and scenarios of random draws
 *
 * Life of an instance: create, any of its functions, destroy. After QHOST_ERROR only destroy; after
 * QHOST_FATAL nothing. Libraries are never unloaded.
 */
#ifndef QHOST_H
#define QHOST_H

#include "qhost/base.h"
#include "qhost/dataset.h"
#include "qhost/graph.h"
#include "qhost/host.h"
#include "qhost/model.h"
#include "qhost/optimizer.h"
#include "qhost/parameter.h"
#include "qhost/plugin.h"
#include "qhost/solver.h"
#include "qhost/target.h"

#endif
