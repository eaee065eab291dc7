// A model for qhost: y = W x + b, with its gradient and its graph.
//
// With classes its outputs are logits (softmax regression), with numbers it is linear regression: the host
// knows the loss. Parameters: the weights [C x F], then the biases [C].
#include <qhost.hpp>

class MyModel {
 public:
  static qhost::about about() { return {"my-model", "Softmax or linear regression."}; }

  MyModel(const qhost::request &request, const qhost_mapping &mapping)
      : host(request.host), features(qhost::count(*mapping.input)), outputs(qhost::count(*mapping.output)) {
    if (features * outputs == 0) {
      throw qhost::error::parameter("my-model needs inputs and outputs; use another dataset");
    }
  }

  std::vector<qhost::block> blocks() const { return {{"weight", {outputs, features}}, {"bias", {outputs}}}; }
  uint64_t multiply_adds() const { return features * outputs; }

  // Normal weights of deviation 1 / sqrt(F), biases of 0.
  void initialise(uint64_t start, std::span<double> parameters) const {
    const auto weights = parameters.first(features * outputs), biases = parameters.last(outputs);
    host.normal(start, 0, weights);
    for (double &weight : weights) weight /= std::sqrt(static_cast<double>(features));
    std::fill(biases.begin(), biases.end(), 0);
  }

  // outputs [C x B]; rows lie side by side, which is what a processor's vectors want.
  void forward(qhost::rows rows, std::span<const double> parameters, float *out) const {
    for (uint64_t c = 0; c < outputs; c++, out += rows.count) {
      std::fill(out, out + rows.count, static_cast<float>(parameters[outputs * features + c]));
      for (uint64_t f = 0; f < features; f++) {
        const float weight = static_cast<float>(parameters[c * features + f]);
        const float *inputs = rows.inputs + f * rows.count;
        for (uint64_t b = 0; b < rows.count; b++) out[b] += weight * inputs[b];
      }
    }
  }

  // gradient [n] of output_gradients [C x B].
  void backward(qhost::rows rows, std::span<const double>, const float *output_gradients, double *gradient) const {
    for (uint64_t c = 0; c < outputs; c++) {
      const std::span g(output_gradients + c * rows.count, rows.count);
      double &bias = gradient[outputs * features + c] = 0;
      for (const float each : g) bias += static_cast<double>(each);
      for (uint64_t f = 0; f < features; f++) {
        double sum = 0;
        for (uint64_t b = 0; b < rows.count; b++) {
          sum += static_cast<double>(g[b]) * static_cast<double>(rows.inputs[f * rows.count + b]);
        }
        gradient[c * features + f] = sum;
      }
    }
  }

  // The network for targets: one Gemm, whose weights are transposed.
  std::unique_ptr<qhost::graph> graph(std::span<const double> p) const {
    const auto border = p.begin() + static_cast<std::ptrdiff_t>(outputs * features);
    auto made = std::make_unique<qhost::graph>("input", std::vector{features}, "output", std::vector{outputs});
    made->constant("weight", {outputs, features}, std::vector<float>(p.begin(), border));
    made->constant("bias", {outputs}, std::vector<float>(border, p.end()));
    made->node("layer", "Gemm", {"input", "weight", "bias"}, {"output"}, {{"transB", {1}}});
    return made;
  }

 private:
  const qhost::host host;
  const uint64_t features, outputs;  // F, C
};

QHOST_PLUGIN("example", "my-model", "0.1.0", "A model in C++.", "Apache-2.0", qhost::model<MyModel>())
