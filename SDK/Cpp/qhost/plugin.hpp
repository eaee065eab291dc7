/*
 * qhost/plugin.hpp: the plugin's table and its entry.
 */
#ifndef QHOST_PLUGIN_HPP
#define QHOST_PLUGIN_HPP

#include <memory>
#include <utility>

#include "component.hpp"

namespace qhost {

/* A plugin, which lives until the process ends. */
class plugin {
 public:
  template <class... Components>
  plugin(const char *vendor, const char *name, const char *version, const char *summary,
         const char *licence, Components... parts) {
    (components.push_back(std::move(parts)), ...);
    for (const auto &part : components) list.push_back(&part->raw);
    raw.struct_size = sizeof raw;
    raw.abi_major = QHOST_ABI_MAJOR;
    raw.vendor = vendor;
    raw.name = name;
    raw.version = version;
    raw.summary = summary;
    raw.licence = licence;
    raw.component_count = static_cast<uint32_t>(list.size());
    raw.components = list.data();
  }
  plugin(const plugin &) = delete;
  plugin &operator=(const plugin &) = delete;

  std::vector<std::unique_ptr<component>> components;
  std::vector<const qhost_component *> list;
  qhost_plugin raw{};
};

}  // namespace qhost

/* Defines the entry of a plugin: vendor, name, version, summary, SPDX licence, components. */
#define QHOST_PLUGIN(...)                                                                          \
  extern "C" const qhost_plugin *qhost_plugin_entry_v1(const qhost_host *host, qhost_error *error) { \
    const qhost_plugin *table = nullptr;                                                           \
    qhost_status status = qhost::guarded(error, [&] {                                              \
      static const qhost::plugin made{__VA_ARGS__};                                                \
      table = &made.raw;                                                                           \
    });                                                                                            \
    return status == QHOST_OK ? qhost_enter(host, table, error) : nullptr;                         \
  }

#endif
