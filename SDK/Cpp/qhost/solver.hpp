/*
 * qhost/solver.hpp: solvers.
 *
 *   static constexpr uint32_t modes, topologies   bits (1u << QHOST_EVOLVE_...), (1u << QHOST_GRID_...)
 *   explicit Mine(const qhost::request &)
 *   void evolve(const qhost_packets &)   writes through the pointers that are not null
 */
#ifndef QHOST_SOLVER_HPP
#define QHOST_SOLVER_HPP

#include <memory>

#include "component.hpp"

namespace qhost {

template <class T>
qhost_solver solver_table() {
  auto table = sized<qhost_solver>();
  table.modes = T::modes;
  table.topologies = T::topologies;
  table.create = [](const qhost_request *r, void **out, qhost_error *e) {
    return guarded(e, [&] { *out = std::make_unique<T>(request(*r)).release(); });
  };
  table.destroy = destroy<T>;
  table.evolve = [](void *instance, const qhost_packets *packets, qhost_error *e) {
    return guarded(e, [&] {
      const qhost_packets p = completed(*packets);
      if (p.mode > 31 || !(T::modes >> p.mode & 1) || p.topology > 31 ||
          !(T::topologies >> p.topology & 1)) {
        throw error::unsupported(std::string(T::about().name) +
                                 " has no such mode or topology; use another solver");
      }
      static_cast<T *>(instance)->evolve(p);
    });
  };
  return table;
}

/* A solver for QHOST_PLUGIN. */
template <class T>
std::unique_ptr<component> solver() {
  return std::make_unique<component>(QHOST_KIND_SOLVER, T::about(),
                                     kept<qhost_solver, solver_table<T>>());
}

}  // namespace qhost

#endif
