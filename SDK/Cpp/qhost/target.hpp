/*
 * qhost/target.hpp: targets.
 *
 *   explicit Mine(const qhost::request &)
 *   void compile(const qhost_graph &, const qhost_calibration &, qhost::sink &)
 *   void execute(const float *inputs, uint64_t rows, float *outputs, qhost_execution_cost &)   optional
 */
#ifndef QHOST_TARGET_HPP
#define QHOST_TARGET_HPP

#include <memory>

#include "component.hpp"

namespace qhost {

/* Takes what a target makes. */
class sink {
 public:
  explicit sink(const qhost_artifact_sink &raw) : raw(raw) {}
  void artifact(const std::string &name, const std::string &bytes) {
    if (raw.artifact(&raw, name.c_str(), bytes.data(), bytes.size()) != QHOST_OK) {
      throw error("the host refuses the file '" + name + "'; use a plain file name");
    }
  }
  void figure(const std::string &name, double value, const std::string &unit = "") {
    raw.figure(&raw, name.c_str(), value, unit.c_str());
  }

 private:
  const qhost_artifact_sink &raw;
};

template <class T>
qhost_target target_table() {
  auto table = sized<qhost_target>();
  table.create = [](const qhost_request *r, void **out, qhost_error *e) {
    return guarded(e, [&] { *out = std::make_unique<T>(request(*r)).release(); });
  };
  table.destroy = destroy<T>;
  table.compile = [](void *instance, const qhost_graph *graph, const qhost_calibration *calibration,
                     const qhost_artifact_sink *out, qhost_error *e) {
    return guarded(e, [&] {
      sink s(*out);
      static_cast<T *>(instance)->compile(completed(*graph), completed(*calibration), s);
    });
  };
  if constexpr (requires(T t, float *f, qhost_execution_cost &c) { t.execute(f, uint64_t{1}, f, c); }) {
    table.execute = [](void *instance, const float *inputs, uint64_t rows, float *outputs,
                       qhost_execution_cost *cost, qhost_error *e) {
      return guarded(e, [&] {
        qhost_execution_cost made = completed(*cost);
        static_cast<T *>(instance)->execute(inputs, rows, outputs, made);
        hand_back(made, *cost);
      });
    };
  }
  return table;
}

/* A target for QHOST_PLUGIN. */
template <class T>
std::unique_ptr<component> target() {
  return std::make_unique<component>(QHOST_KIND_TARGET, T::about(),
                                     kept<qhost_target, target_table<T>>());
}

}  // namespace qhost

#endif
