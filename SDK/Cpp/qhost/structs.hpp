/*
 * qhost/structs.hpp: structs whose two sides may have been compiled from different headers, and shapes.
 */
#ifndef QHOST_STRUCTS_HPP
#define QHOST_STRUCTS_HPP

#include <qhost.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

namespace qhost {

/* A struct of the interface with its size set, the rest 0. */
template <class Struct>
Struct sized() {
  Struct made{};
  made.struct_size = sizeof(Struct);
  return made;
}

/* A copy in which members that the other side does not know are 0. */
template <class Struct>
Struct completed(const Struct &other) {
  Struct copy = sized<Struct>();
  std::memcpy(&copy, &other, std::min<std::size_t>(other.struct_size, sizeof(Struct)));
  copy.struct_size = sizeof(Struct);
  return copy;
}

/* Gives the other side as much of a struct as it knows. */
template <class Struct>
void hand_back(const Struct &made, Struct &other) {
  const uint32_t size = other.struct_size;
  std::memcpy(&other, &made, std::min<std::size_t>(size, sizeof(Struct)));
  other.struct_size = size;
}

/* The number of elements of a shape. */
inline uint64_t count(const qhost_shape &shape) {
  uint64_t product = 1;
  for (uint32_t i = 0; i < shape.rank; i++) product *= shape.extents[i];
  return product;
}

/* A shape that owns its extents. It must not move while the host reads it. */
struct owned_shape {
  explicit owned_shape(std::vector<uint64_t> sizes) : extents(std::move(sizes)) {
    raw.struct_size = sizeof raw;
    raw.rank = static_cast<uint32_t>(extents.size());
    raw.extents = extents.data();
  }
  owned_shape(const owned_shape &) = delete;
  owned_shape &operator=(const owned_shape &) = delete;

  std::vector<uint64_t> extents;
  qhost_shape raw{};
};

/* Pointers to texts, as arrays of the interface have them. */
inline std::vector<const char *> pointers(const std::vector<std::string> &texts) {
  std::vector<const char *> made;
  for (const std::string &text : texts) made.push_back(text.c_str());
  return made;
}

/* Pointers to structs, as arrays of the interface have them. */
template <class Struct>
std::vector<const Struct *> pointers(const std::vector<Struct> &structs) {
  std::vector<const Struct *> made;
  for (const Struct &each : structs) made.push_back(&each);
  return made;
}

}  // namespace qhost

#endif
