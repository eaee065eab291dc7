/*
 * qhost/graph.hpp: a network that a model makes, as ONNX operators and weights.
 *
 * Targets read qhost_graph itself.
 */
#ifndef QHOST_GRAPH_HPP
#define QHOST_GRAPH_HPP

#include <list>
#include <utility>

#include "structs.hpp"

namespace qhost {

/* A graph with one input and one output, built node by node. */
class graph {
 public:
  graph(std::string input, std::vector<uint64_t> input_shape, std::string output,
        std::vector<uint64_t> output_shape)
      : input(std::move(input)), output(std::move(output)), input_shape(std::move(input_shape)),
        output_shape(std::move(output_shape)) {}
  graph(const graph &) = delete;
  graph &operator=(const graph &) = delete;

  /* Weights, row-major. */
  void constant(std::string name, std::vector<uint64_t> shape, std::vector<float> numbers) {
    constants.emplace_back(std::move(name), std::move(shape), std::move(numbers));
  }

  /* An operator on named values; attributes are integers. */
  void node(std::string name, std::string operation, std::vector<std::string> inputs,
            std::vector<std::string> outputs,
            std::vector<std::pair<std::string, std::vector<int64_t>>> attributes = {}) {
    nodes.emplace_back(std::move(name), std::move(operation), std::move(inputs),
                       std::move(outputs), std::move(attributes));
  }

  /* The table of the interface; valid as long as the graph, and until something is added. */
  const qhost_graph *table() {
    node_list.clear();
    constant_list.clear();
    for (const stored_node &n : nodes) node_list.push_back(&n.raw);
    for (const stored_constant &c : constants) constant_list.push_back(&c.raw);
    raw = sized<qhost_graph>();
    raw.node_count = static_cast<uint32_t>(node_list.size());
    raw.constant_count = static_cast<uint32_t>(constant_list.size());
    raw.input = input.c_str();
    raw.output = output.c_str();
    raw.input_shape = &input_shape.raw;
    raw.output_shape = &output_shape.raw;
    raw.nodes = node_list.data();
    raw.constants = constant_list.data();
    return &raw;
  }

 private:
  struct stored_constant {
    stored_constant(std::string n, std::vector<uint64_t> s, std::vector<float> values)
        : name(std::move(n)), shape(std::move(s)), numbers(std::move(values)) {
      raw.struct_size = sizeof raw;
      raw.element = QHOST_ELEMENT_FLOAT32;
      raw.name = name.c_str();
      raw.shape = &shape.raw;
      raw.data = numbers.data();
    }
    std::string name;
    owned_shape shape;
    std::vector<float> numbers;
    qhost_tensor raw{};
  };
  struct stored_node {
    stored_node(std::string n, std::string o, std::vector<std::string> in,
                std::vector<std::string> out,
                std::vector<std::pair<std::string, std::vector<int64_t>>> a)
        : name(std::move(n)), operation(std::move(o)), inputs(std::move(in)),
          outputs(std::move(out)), attributes(std::move(a)), input_list(pointers(inputs)),
          output_list(pointers(outputs)), tables(attributes.size()) {
      for (std::size_t i = 0; i < tables.size(); i++) {
        tables[i] = sized<qhost_attribute>();
        tables[i].type = QHOST_ATTRIBUTE_INTEGERS;
        tables[i].name = attributes[i].first.c_str();
        tables[i].count = attributes[i].second.size();
        tables[i].integers = attributes[i].second.data();
      }
      attribute_list = pointers(tables);
      raw.struct_size = sizeof raw;
      raw.input_count = static_cast<uint32_t>(inputs.size());
      raw.output_count = static_cast<uint32_t>(outputs.size());
      raw.attribute_count = static_cast<uint32_t>(tables.size());
      raw.name = name.c_str();
      raw.operation = operation.c_str();
      raw.inputs = input_list.data();
      raw.outputs = output_list.data();
      raw.attributes = attribute_list.data();
    }
    std::string name, operation;
    std::vector<std::string> inputs, outputs;
    std::vector<std::pair<std::string, std::vector<int64_t>>> attributes;
    std::vector<const char *> input_list, output_list;
    std::vector<qhost_attribute> tables;
    std::vector<const qhost_attribute *> attribute_list;
    qhost_node raw{};
  };

  std::string input, output;
  owned_shape input_shape, output_shape;
  /* Lists, whose elements never move. */
  std::list<stored_node> nodes;
  std::list<stored_constant> constants;
  std::vector<const qhost_node *> node_list;
  std::vector<const qhost_tensor *> constant_list;
  qhost_graph raw{};
};

}  // namespace qhost

#endif
