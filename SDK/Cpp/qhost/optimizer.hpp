/*
 * qhost/optimizer.hpp: optimizers.
 *
 *   Mine(const qhost::request &, const qhost_problem &)
 *   void ask(qhost_query &)           pointers that it sets stay valid until the next call
 *   void tell(const qhost_answer &)
 *   std::vector<double> recommend()   optional
 *   void save(qhost::writer &) const, void load(qhost::reader &)   optional, both or none
 *   static constexpr uint32_t required_queries   optional: bits (1 << QHOST_QUERY_...)
 */
#ifndef QHOST_OPTIMIZER_HPP
#define QHOST_OPTIMIZER_HPP

#include <memory>
#include <type_traits>

#include "component.hpp"

namespace qhost {

/* Takes a saved state. */
class writer {
 public:
  explicit writer(const qhost_writer &raw) : raw(raw) {}
  template <class Value>
  void put(const Value &value) {
    static_assert(std::is_trivially_copyable_v<Value>, "put takes plain values and arrays of them");
    raw.write(&raw, &value, sizeof value);
  }
  template <class Value>
  void put(const std::vector<Value> &values) {
    static_assert(std::is_trivially_copyable_v<Value>, "put takes plain values and arrays of them");
    raw.write(&raw, values.data(), values.size() * sizeof(Value));
  }

 private:
  const qhost_writer &raw;
};

/* Gives a saved state back, in the order it was put; the bytes may be anything. */
class reader {
 public:
  reader(const void *bytes, uint64_t count) : bytes(static_cast<const char *>(bytes)), left(count) {}
  template <class Value>
  Value get() {
    Value value;
    take(&value, sizeof value);
    return value;
  }
  /* Fills a vector of known size. */
  template <class Value>
  void get(std::vector<Value> &values) {
    take(values.data(), values.size() * sizeof(Value));
  }
  /* Throws where bytes are left, or `holds` is false. */
  void expect(bool holds) const {
    if (!holds) throw error("the saved state is not one of this run; start a new run");
  }
  void finish() const { expect(left == 0); }

 private:
  void take(void *out, std::size_t count) {
    expect(count <= left);
    if (count > 0) std::memcpy(out, bytes, count);
    bytes += count;
    left -= count;
  }
  const char *bytes;
  uint64_t left;
};

template <class T>
qhost_optimizer optimizer_table() {
  auto table = sized<qhost_optimizer>();
  if constexpr (requires { T::required_queries; }) table.required_queries = T::required_queries;
  table.create = [](const qhost_request *r, const qhost_problem *p, void **out, qhost_error *e) {
    return guarded(e, [&] {
      *out = std::make_unique<T>(request(*r), static_cast<const qhost_problem &>(completed(*p))).release();
    });
  };
  table.destroy = destroy<T>;
  table.ask = [](void *instance, qhost_query *query, qhost_error *e) {
    return guarded(e, [&] {
      qhost_query made = completed(*query);
      static_cast<T *>(instance)->ask(made);
      hand_back(made, *query);
    });
  };
  table.tell = [](void *instance, const qhost_answer *answer, qhost_error *e) {
    return guarded(e, [&] { static_cast<T *>(instance)->tell(completed(*answer)); });
  };
  if constexpr (requires(T t) { t.recommend(); }) {
    table.recommend = [](void *instance, double *point, qhost_error *e) {
      return guarded(e, [&] {
        const std::vector<double> made = static_cast<T *>(instance)->recommend();
        std::copy(made.begin(), made.end(), point);
      });
    };
  }
  if constexpr (requires(T t, writer &w, reader &r) { t.save(w); t.load(r); }) {
    table.save = [](void *instance, const qhost_writer *out, qhost_error *e) {
      return guarded(e, [&] {
        writer w(*out);
        static_cast<T *>(instance)->save(w);
      });
    };
    table.load = [](void *instance, const void *bytes, uint64_t count, qhost_error *e) {
      return guarded(e, [&] {
        reader r(bytes, count);
        static_cast<T *>(instance)->load(r);
        r.finish();
      });
    };
  }
  return table;
}

/* An optimizer for QHOST_PLUGIN. */
template <class T>
std::unique_ptr<component> optimizer() {
  return std::make_unique<component>(QHOST_KIND_OPTIMIZER, T::about(),
                                     kept<qhost_optimizer, optimizer_table<T>>());
}

}  // namespace qhost

#endif
