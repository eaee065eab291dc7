/*
 * qhost/dataset.hpp: datasets. F = numbers in an input, C = in an output, T = in a target, B = rows.
 *
 *   explicit Mine(const qhost::request &)
 *   qhost::contents contents() const   asked once, after the constructor
 *   void read(uint32_t split, std::span<const uint64_t> rows, float *inputs, float *targets)
 *                                      [B x F], [B x T]
 *   void score(uint32_t split, std::span<const uint64_t> rows, const double *outputs, uint64_t points,
 *              double *losses) const   of a scenario only: [P x C x B] -> [P x B], on any thread
 */
#ifndef QHOST_DATASET_HPP
#define QHOST_DATASET_HPP

#include <memory>

#include "component.hpp"

namespace qhost {

/* What a dataset holds. */
struct contents {
  uint32_t task;
  uint64_t train_rows, validation_rows, test_rows;
  std::vector<uint64_t> input, output; /* shapes of one row; {C} classes for classification */
  uint64_t target_width;               /* 1 for classification, C for regression, 0 for a scenario */
  uint32_t scaling = QHOST_SCALING_NONE;
  std::vector<std::string> feature_names = {}, output_names = {};
  std::vector<double> output_lower = {}, output_upper = {}; /* of a scenario; empty: unbounded */
  std::string source = {};
};

/* A dataset and what the host reads of it. */
template <class T>
struct dataset_instance {
  explicit dataset_instance(const qhost_request &r)
      : dataset(request(r)), held(dataset.contents()), input(held.input), output(held.output),
        features(pointers(held.feature_names)), outputs(pointers(held.output_names)) {
    description.task = held.task;
    description.scaling = held.scaling;
    description.train_rows = held.train_rows;
    description.validation_rows = held.validation_rows;
    description.test_rows = held.test_rows;
    description.target_width = held.target_width;
    description.input = &input.raw;
    description.output = &output.raw;
    description.feature_names = features.empty() ? nullptr : features.data();
    description.output_names = outputs.empty() ? nullptr : outputs.data();
    description.output_lower = held.output_lower.empty() ? nullptr : held.output_lower.data();
    description.output_upper = held.output_upper.empty() ? nullptr : held.output_upper.data();
    description.best_known_loss = NAN;
    description.source = held.source.empty() ? nullptr : held.source.c_str();
  }

  T dataset;
  qhost::contents held;
  owned_shape input, output;
  std::vector<const char *> features, outputs;
  qhost_dataset_description description = sized<qhost_dataset_description>();
};

template <class T>
qhost_dataset dataset_table() {
  using instance = dataset_instance<T>;
  auto table = sized<qhost_dataset>();
  table.create = [](const qhost_request *r, void **out, qhost_error *e) {
    return guarded(e, [&] { *out = std::make_unique<instance>(*r).release(); });
  };
  table.destroy = destroy<instance>;
  table.describe = [](void *raw) -> const qhost_dataset_description * {
    return &static_cast<instance *>(raw)->description;
  };
  if constexpr (requires(T t, std::span<const uint64_t> i, float *f) { t.read(0u, i, f, f); }) {
    table.read = [](void *raw, uint32_t split, const uint64_t *indices, uint64_t count,
                    float *inputs, float *targets, qhost_error *e) {
      return guarded(e, [&] {
        static_cast<instance *>(raw)->dataset.read(split, {indices, count}, inputs, targets);
      });
    };
  }
  if constexpr (requires(const T t, std::span<const uint64_t> i, const double *o, double *l) {
                  t.score(0u, i, o, uint64_t{1}, l);
                }) {
    table.score = [](void *raw, uint32_t split, const uint64_t *indices, uint64_t count,
                     const double *outputs, uint64_t points, double *losses, qhost_error *e) {
      return guarded(e, [&] {
        static_cast<const instance *>(raw)->dataset.score(split, {indices, count}, outputs, points,
                                                          losses);
      });
    };
  }
  return table;
}

/* A dataset for QHOST_PLUGIN. */
template <class T>
std::unique_ptr<component> dataset() {
  return std::make_unique<component>(QHOST_KIND_DATASET, T::about(),
                                     kept<qhost_dataset, dataset_table<T>>());
}

}  // namespace qhost

#endif
