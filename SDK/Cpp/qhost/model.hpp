/*
 * qhost/model.hpp: models. F = numbers in an input, C = in an output, B = rows, n = parameters.
 *
 *   Mine(const qhost::request &, const qhost_mapping &)
 *   std::vector<qhost::block> blocks() const   the named parts of the parameters, in their order
 *   uint64_t multiply_adds() const             of one forward pass of one row
 *   void initialise(uint64_t start, std::span<double> parameters) const
 *   void forward(qhost::rows, std::span<const double> parameters, float *outputs) const     [C x B]
 *   void backward(qhost::rows, std::span<const double> parameters, const float *output_gradients,
 *                 double *gradient) const      optional; [C x B] -> [n], overwritten
 *   std::unique_ptr<qhost::graph> graph(std::span<const double> parameters) const   optional
 *
 * Const functions run on several threads at once.
 */
#ifndef QHOST_MODEL_HPP
#define QHOST_MODEL_HPP

#include <memory>

#include "component.hpp"
#include "graph.hpp"

namespace qhost {

/* A named part of the parameters. */
struct block {
  std::string name;
  std::vector<uint64_t> shape;
};

/* The rows of a session: inputs [F x B]. */
struct rows {
  const float *inputs;
  uint64_t count; /* B */
};

/* A model and what the host reads of it. */
template <class T>
struct model_instance {
  model_instance(const qhost_request &r, const qhost_mapping &mapping)
      : model(request(r), mapping), parts(model.blocks()), outputs(qhost::count(*mapping.output)) {
    uint64_t offset = 0;
    for (const block &part : parts) {
      const qhost_shape &shape = shapes.emplace_back(part.shape).raw;
      qhost_parameter_block &raw = blocks.emplace_back(sized<qhost_parameter_block>());
      raw.name = part.name.c_str();
      raw.shape = &shape;
      raw.offset = offset;
      offset += qhost::count(shape);
    }
    list = pointers(blocks);
    description.parameter_count = offset;
    description.multiply_adds = model.multiply_adds();
    description.block_count = list.size();
    description.blocks = list.data();
  }

  T model;
  std::vector<block> parts;
  uint64_t outputs;
  std::list<owned_shape> shapes;
  std::vector<qhost_parameter_block> blocks;
  std::vector<const qhost_parameter_block *> list;
  qhost_model_description description = sized<qhost_model_description>();
  std::unique_ptr<qhost::graph> graph; /* the last that was made: the host reads it until the next */
};

template <class T>
struct model_session {
  const model_instance<T> *owner;
  qhost::rows rows{};
  std::vector<double> parameters; /* of the last forward pass, for the gradient */
};

template <class T>
qhost_model model_table() {
  using instance = model_instance<T>;
  using session = model_session<T>;
  using numbers = std::span<const double>;
  constexpr bool has_gradient = requires(const T t, qhost::rows r, numbers p, const float *g, double *o) {
    t.backward(r, p, g, o);
  };
  constexpr bool has_graph = requires(const T t, numbers p) { t.graph(p); };
  auto table = sized<qhost_model>();
  table.create = [](const qhost_request *r, const qhost_mapping *m, void **out, qhost_error *e) {
    return guarded(e, [&] {
      auto made = std::make_unique<instance>(*r, completed(*m));
      made->description.flags =
          (has_gradient ? QHOST_MODEL_GRADIENT : 0) | (has_graph ? QHOST_MODEL_GRAPH : 0);
      *out = made.release();
    });
  };
  table.destroy = destroy<instance>;
  table.describe = [](void *raw) -> const qhost_model_description * {
    return &static_cast<instance *>(raw)->description;
  };
  table.initialise = [](void *raw, uint64_t start, double *parameters, qhost_error *e) {
    return guarded(e, [&] {
      auto *i = static_cast<const instance *>(raw);
      i->model.initialise(start, {parameters, i->description.parameter_count});
    });
  };
  table.open = [](void *raw, void **out, qhost_error *e) {
    return guarded(e, [&] { *out = new session{static_cast<const instance *>(raw), {}, {}}; });
  };
  table.close = destroy<session>;
  table.bind = [](void *raw, const float *inputs, uint64_t count, qhost_error *) -> qhost_status {
    static_cast<session *>(raw)->rows = {inputs, count};
    return QHOST_OK;
  };
  table.forward = [](void *raw, const double *parameters, uint64_t points, float *outputs,
                     qhost_error *e) {
    return guarded(e, [&] {
      auto *s = static_cast<session *>(raw);
      const uint64_t n = s->owner->description.parameter_count;
      for (uint64_t p = 0; p < points; p++) {
        s->owner->model.forward(s->rows, numbers(parameters + p * n, n),
                                outputs + p * s->owner->outputs * s->rows.count);
      }
      if (has_gradient && points == 1) s->parameters.assign(parameters, parameters + n);
    });
  };
  if constexpr (has_gradient) {
    table.backward = [](void *raw, const float *output_gradients, double *gradient, qhost_error *e) {
      return guarded(e, [&] {
        auto *s = static_cast<session *>(raw);
        s->owner->model.backward(s->rows, s->parameters, output_gradients, gradient);
      });
    };
  }
  if constexpr (has_graph) {
    table.graph = [](void *raw, const double *parameters, const qhost_graph **out, qhost_error *e) {
      return guarded(e, [&] {
        auto *i = static_cast<instance *>(raw);
        i->graph = i->model.graph(numbers(parameters, i->description.parameter_count));
        *out = i->graph->table();
      });
    };
  }
  return table;
}

/* A model for QHOST_PLUGIN. */
template <class T>
std::unique_ptr<component> model() {
  return std::make_unique<component>(QHOST_KIND_MODEL, T::about(),
                                     kept<qhost_model, model_table<T>>());
}

}  // namespace qhost

#endif
