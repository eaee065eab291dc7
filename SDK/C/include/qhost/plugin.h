/*
 * qhost/plugin.h: what a shared library exports.
 *
 * A plugin is a shared library named libqhost-*.so or libqhost_*.so that exports one function,
 * qhost_plugin_entry_v1. It returns a table of components; each component has a kind ("optimizer"),
 * a name that users type ("tunneling"), parameters, dependencies and a table of functions.
 */
#ifndef QHOST_PLUGIN_H
#define QHOST_PLUGIN_H

#include "base.h"
#include "host.h"
#include "parameter.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Kinds, with the revision of their table. */
#define QHOST_KIND_OPTIMIZER "qhost.optimizer/1"
#define QHOST_KIND_SOLVER "qhost.solver/1"
#define QHOST_KIND_MODEL "qhost.model/1"
#define QHOST_KIND_DATASET "qhost.dataset/1"
#define QHOST_KIND_TARGET "qhost.target/1"

/*
 * Another component that this one works with. The user picks it by name; the host creates it before
 * and destroys it after its dependent. Solvers and models may be depended on.
 */
typedef struct qhost_dependency {
  uint32_t struct_size;
  uint32_t reserved;
  const char *name; /* the key users set, for example "solver" */
  const char *kind; /* QHOST_KIND_... */
  const char *default_component;
  const char *documentation; /* one sentence */
} qhost_dependency;

/* Flags of a capability. */
#define QHOST_CAPABILITY_REQUIRED 1u /* a host that does not know it must refuse the component */

/*
 * What a component can do beside what its kind's table says: a small table of its own, under an id.
 *
 * A header of qhost/draft has one capability. Its id has a name and the number of the draft, for
 * example "qhost.draft.figures/1"; the number changes whenever the table does. A host refuses
 * a component that has another draft of what it knows, and ignores names that it does not know unless
 * they are flagged as required. Each name at most once in a component. Static.
 */
typedef struct qhost_capability {
  uint32_t struct_size;
  uint32_t flags;    /* QHOST_CAPABILITY_... */
  const char *id;    /* NAME/NUMBER */
  const void *table; /* by id; its functions take the component's instance */
} qhost_capability;

/*
 * One component. Static: it must stay valid until the process ends.
 *
 * `table` is a qhost_optimizer, qhost_solver, qhost_model, qhost_dataset or qhost_target, by kind.
 */
typedef struct qhost_component {
  uint32_t struct_size;
  uint32_t parameter_count;
  uint32_t dependency_count;
  uint32_t reserved;
  const char *kind;    /* QHOST_KIND_... */
  const char *name;    /* [a-z0-9][a-z0-9-]* */
  const char *summary; /* one sentence */
  const char *source;  /* paper or book; NULL: none */
  const qhost_parameter *const *parameters;    /* [parameter_count] */
  const qhost_dependency *const *dependencies; /* [dependency_count] */
  const void *table;
  void *context; /* the plugin's own */
  uint64_t capability_count;
  const qhost_capability *const *capabilities; /* [capability_count] */
} qhost_component;

/* A dependency as the host resolved it. Owned by the host, valid until its dependent is destroyed. */
typedef struct qhost_resolved {
  uint32_t struct_size;
  uint32_t reserved;
  const char *name;      /* of the dependency */
  const char *component; /* the component that was picked */
  const void *table;     /* by kind, completed to this host's size: absent members are NULL */
  void *instance;
} qhost_resolved;

/* What every create function receives. Valid during the call, but for host and dependencies. */
typedef struct qhost_request {
  uint32_t struct_size;
  uint32_t value_count; /* = component->parameter_count */
  const qhost_component *component;
  const qhost_host *host;           /* valid until the instance is destroyed */
  const qhost_value *const *values; /* [value_count], in the order of component->parameters */
  uint32_t dependency_count;        /* = component->dependency_count */
  uint32_t reserved;
  const qhost_resolved *const *dependencies; /* [dependency_count], in the component's order */
} qhost_request;

/* A plugin. Static: it must stay valid until the process ends. */
typedef struct qhost_plugin {
  uint32_t struct_size;
  uint32_t abi_major;     /* QHOST_ABI_MAJOR */
  uint32_t abi_minor;     /* the oldest minor it works with; 0 unless it needs later members */
  uint32_t component_count;
  const char *vendor;     /* [a-z][a-z0-9-]*: "vendor.name" tells components of one name apart */
  const char *name;
  const char *version;
  const char *summary;
  const char *licence;    /* SPDX */
  const qhost_component *const *components; /* [component_count] */
} qhost_plugin;

/*
 * The one symbol that a plugin exports. Called once in a process, before anything else; must not
 * start threads or write to standard output.
 *
 * Returns the plugin's table, or NULL with a message in `error`: the host then lists the plugin as
 * broken, with that message. [owner]
 */
QHOST_EXPORT const qhost_plugin *qhost_plugin_entry_v1(const qhost_host *host, qhost_error *error);

/*
 * What an entry does: checks that the host can run this plugin, and returns it or NULL.
 *
 * It is here, not in the host, so that the plugin can also refuse a host that is too old for it.
 */
static inline const qhost_plugin *qhost_enter(const qhost_host *host, const qhost_plugin *plugin,
                                              qhost_error *error) {
  if (host == NULL || host->abi_major != QHOST_ABI_MAJOR) {
    qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN,
               "this host speaks another major version of the interface; rebuild the plugin with "
               "the host's own qhost.h");
    return NULL;
  }
  if (host->abi_minor < plugin->abi_minor) {
    qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN,
               "this host is too old for the plugin; install a newer qhost");
    return NULL;
  }
  return plugin;
}

/* Defines the entry of a plugin whose table is the static variable `plugin`. */
#define QHOST_DEFINE_ENTRY(plugin)                                                               \
  const qhost_plugin *qhost_plugin_entry_v1(const qhost_host *host, qhost_error *error) {        \
    return qhost_enter(host, &(plugin), error);                                                  \
  }

#ifdef __cplusplus
}
#endif
#endif
