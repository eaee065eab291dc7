// A target for qhost: writes a trained network as a C header of arrays, which any C program can include.
//
// Each operator becomes a line of comment, each constant an array. It cannot run the network; a target that
// can has an `execute` too.
#include <qhost.hpp>

#include <sstream>

class MyTarget {
 public:
  static qhost::about about() { return {"my-target", "The network as arrays in a C header."}; }

  explicit MyTarget(const qhost::request &) {}

  void compile(const qhost_graph &graph, const qhost_calibration &, qhost::sink &sink) {
    std::ostringstream text;
    text.precision(9);
    uint64_t numbers = 0;
    for (uint32_t i = 0; i < graph.node_count; i++) write(text, *graph.nodes[i]);
    for (uint32_t i = 0; i < graph.constant_count; i++) numbers += write(text, *graph.constants[i], i);
    sink.artifact("network.h", text.str());
    sink.figure("numbers", static_cast<double>(numbers));
  }

 private:
  static void write(std::ostream &text, const qhost_node &node) {
    text << "/* " << node.operation;
    for (uint32_t i = 0; i < node.input_count; i++) text << " " << node.inputs[i];
    text << " ->";
    for (uint32_t i = 0; i < node.output_count; i++) text << " " << node.outputs[i];
    text << " */\n";
  }

  // One constant as an array; returns how many numbers it has.
  static uint64_t write(std::ostream &text, const qhost_tensor &tensor, uint32_t number) {
    text << "\n/* " << tensor.name << ":";
    for (uint32_t i = 0; i < tensor.shape->rank; i++) text << " " << tensor.shape->extents[i];
    text << " */\nstatic const ";
    const uint64_t count = qhost::count(*tensor.shape);
    switch (tensor.element) {
      case QHOST_ELEMENT_FLOAT32: array<float>(text << "float", tensor, count, number); break;
      case QHOST_ELEMENT_INT8: array<int8_t>(text << "signed char", tensor, count, number); break;
      case QHOST_ELEMENT_INT32: array<int32_t>(text << "int", tensor, count, number); break;
      case QHOST_ELEMENT_INT64: array<int64_t>(text << "long long", tensor, count, number); break;
      default: throw qhost::error::unsupported("my-target does not know the numbers of " + std::string(tensor.name));
    }
    return count;
  }

  template <class Number>
  static void array(std::ostream &text, const qhost_tensor &tensor, uint64_t count, uint32_t number) {
    const auto *numbers = static_cast<const Number *>(tensor.data);
    text << " constant_" << number << "[] = {";
    // A unary plus: small integers are written as numbers, not as characters.
    for (uint64_t i = 0; i < count; i++) text << (i == 0 ? "" : i % 8 == 0 ? ",\n  " : ", ") << +numbers[i];
    text << "};\n";
  }
};

QHOST_PLUGIN("example", "my-target", "0.1.0", "A target in C++.", "Apache-2.0", qhost::target<MyTarget>())
