/*
 * qhost/component.hpp: parameters, what a component says of itself, what its constructor receives.
 */
#ifndef QHOST_COMPONENT_HPP
#define QHOST_COMPONENT_HPP

#include <cmath>
#include <span>

#include "error.hpp"
#include "structs.hpp"

namespace qhost {

/* One parameter. Texts are literals: they must stay valid until the process ends. */
struct parameter : qhost_parameter {
  parameter(uint32_t value_type, const char *key, const char *value, const char *meaning,
            double least = -INFINITY, double most = INFINITY)
      : qhost_parameter{} {
    struct_size = sizeof(qhost_parameter);
    type = value_type;
    name = key;
    documentation = meaning;
    default_value = value;
    minimum = least;
    maximum = most;
  }
  parameter tunable() const { return with(QHOST_TUNABLE); }
  parameter logarithmic() const { return with(QHOST_LOGARITHMIC); }

 private:
  parameter with(uint32_t flag) const {
    parameter copy = *this;
    copy.flags |= flag;
    return copy;
  }
};

/* The default is written as a user would: integer("rows", "200", 2, 1e6, "Rows for training."). */
inline parameter integer(const char *name, const char *value, double minimum, double maximum,
                         const char *documentation) {
  return {QHOST_INTEGER, name, value, documentation, minimum, maximum};
}
inline parameter real(const char *name, const char *value, double minimum, double maximum,
                      const char *documentation) {
  return {QHOST_REAL, name, value, documentation, minimum, maximum};
}
inline parameter boolean(const char *name, const char *value, const char *documentation) {
  return {QHOST_BOOLEAN, name, value, documentation};
}
inline parameter text(const char *name, const char *value, const char *documentation) {
  return {QHOST_TEXT, name, value, documentation};
}
inline parameter path(const char *name, const char *value, const char *documentation) {
  return {QHOST_PATH, name, value, documentation};
}

/* What a component says of itself. */
struct about {
  const char *name;
  const char *summary;
  const char *source = nullptr;
  std::vector<parameter> parameters = {};
};

/* What the host does for a component, until it is destroyed. */
class host {
 public:
  explicit host(const qhost_host *raw) : raw(raw) {}
  /* Random numbers of stream (step, index): the same on any number of threads, and when resumed. */
  void uniform(uint64_t step, uint64_t index, std::span<double> out) const {
    raw->random_uniform(raw, step, index, out.size(), out.data());
  }
  void normal(uint64_t step, uint64_t index, std::span<double> out) const {
    raw->random_normal(raw, step, index, out.size(), out.data());
  }
  bool is_cancelled() const { return raw->is_cancelled(raw) != 0; }
  void log(uint32_t level, const std::string &message) const {
    raw->log(raw, level, message.c_str());
  }

  const qhost_host *raw;
};

/* What every constructor receives. Valid during the constructor, but for the host. */
class request {
 public:
  explicit request(const qhost_request &raw) : raw(raw), host(raw.host) {}
  double real(const char *name) const { return value(name).real; }
  int64_t integer(const char *name) const { return value(name).integer; }
  bool boolean(const char *name) const { return value(name).integer != 0; }
  std::string text(const char *name) const { return value(name).text; }

  const qhost_request &raw;
  const qhost::host host;

 private:
  const qhost_value &value(const char *name) const {
    for (uint32_t i = 0; i < raw.value_count; i++) {
      if (std::strcmp(raw.component->parameters[i]->name, name) == 0) return *raw.values[i];
    }
    throw error(std::string("the plugin declares no parameter '") + name + "'; tell its author");
  }
};

/* A component's entry in the plugin's table, which lives until the process ends. */
class component {
 public:
  component(const char *kind, about description, const void *table)
      : description(std::move(description)), list(this->description.parameters.size()) {
    for (std::size_t i = 0; i < list.size(); i++) list[i] = &this->description.parameters[i];
    raw.struct_size = sizeof raw;
    raw.kind = kind;
    raw.name = this->description.name;
    raw.summary = this->description.summary;
    raw.source = this->description.source;
    raw.parameter_count = static_cast<uint32_t>(list.size());
    raw.parameters = list.data();
    raw.table = table;
  }
  component(const component &) = delete;
  component &operator=(const component &) = delete;

  about description;
  std::vector<const qhost_parameter *> list;
  qhost_component raw{};
};

/* The table of a class, made once and kept. */
template <class Table, Table (*make)()>
const Table *kept() {
  static const Table table = make();
  return &table;
}

/* The functions that every kind has. */
template <class Instance>
void destroy(void *instance) {
  delete static_cast<Instance *>(instance);
}

}  // namespace qhost

#endif
