// A dataset for qhost: two moons, two half circles that reach into each other, with noise.
//
//   class 0: (cos a, sin a)    class 1: (1 - cos a, 1/2 - sin a)    a uniform over [0, pi)
//
// A row's numbers depend on the seed, its split and its index alone, so that nothing need be kept.
#include <qhost.hpp>

#include <array>
#include <numbers>

class MyDataset {
 public:
  static qhost::about about() {
    return {"my-dataset", "Two moons: two classes of points in the plane.", nullptr,
            {qhost::integer("rows", "200", 2, 1e6, "Rows for training; half as many for validation and for the test."),
             qhost::real("noise", "0.1", 0, 10, "Standard deviation of the noise on both coordinates.")}};
  }

  explicit MyDataset(const qhost::request &request)
      : host(request.host), rows(static_cast<uint64_t>(request.integer("rows"))), noise(request.real("noise")) {}

  qhost::contents contents() const {
    return {.task = QHOST_TASK_CLASSIFICATION, .train_rows = rows, .validation_rows = (rows + 1) / 2,
            .test_rows = (rows + 1) / 2, .input = {2}, .output = {2}, .target_width = 1,
            .scaling = QHOST_SCALING_STANDARDIZE, .feature_names = {"x", "y"},
            .output_names = {"upper", "lower"}, .source = "made from random numbers"};
  }

  // inputs [B x 2] and targets [B] of rows.
  void read(uint32_t split, std::span<const uint64_t> indices, float *inputs, float *targets) {
    for (const uint64_t row : indices) {
      std::array<double, 1> uniform;
      std::array<double, 2> normals;
      host.uniform(split, row, uniform);
      host.normal(3 + split, row, normals);
      const double angle = std::numbers::pi * uniform[0], x = std::cos(angle), y = std::sin(angle);
      const bool lower = row % 2 == 1;
      *inputs++ = static_cast<float>((lower ? 1 - x : x) + noise * normals[0]);
      *inputs++ = static_cast<float>((lower ? 0.5 - y : y) + noise * normals[1]);
      *targets++ = lower ? 1 : 0;
    }
  }

 private:
  const qhost::host host;
  const uint64_t rows;
  const double noise;
};

QHOST_PLUGIN("example", "my-dataset", "0.1.0", "A dataset in C++.", "Apache-2.0", qhost::dataset<MyDataset>())
