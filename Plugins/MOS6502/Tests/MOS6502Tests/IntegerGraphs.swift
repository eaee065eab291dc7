import MOS6502
import QHostInterfaces

/// A network as the graph that integer models give.
func integerGraph(_ network: IntegerNetwork, inputBits: Int, scale: Float) -> Graph {
  var graph = Graph(
    input: "input", output: "output", inputShape: Shape([network.inputCount]),
    outputShape: Shape([network.outputCount]), nodes: [], constants: [])
  var value = "input"
  func append(_ operation: String, _ name: String, _ constants: [String] = []) {
    graph.nodes.append(
      Graph.Node(
        name: name, operation: operation,
        inputs: operation == "Gather" ? constants + [value] : [value] + constants, outputs: [name]))
    value = name
  }
  func constant(_ name: String, _ shape: [Int], _ elements: Graph.Elements) -> [String] {
    graph.constants.append(Graph.Constant(name: name, shape: Shape(shape), elements: elements))
    return [name]
  }
  append("Mul", "scaled", constant("factor", [], .float([Float(1 << inputBits)])))
  append("Floor", "floor")
  append(
    "Clip", "level",
    constant("lowest", [], .float([0]))
      + constant("highest", [], .float([Float(network.inputMaximum)])))
  append("Cast", "h.input")
  let (zero, last) = (constant("zero", [], .int32([0])), constant("last", [], .int32([255])))
  for layer in network.layers {
    let (name, units) = (layer.name, layer.unitCount)
    let weights = (0..<layer.inputCount).flatMap { input in
      layer.weights.map { Int8($0[input]) }
    }
    append(
      "MatMulInteger", name + ".sum",
      constant(name + ".weight", [layer.inputCount, units], .int8(weights)))
    append(
      "Add", name + ".offset.sum",
      constant(name + ".offset", [units], .int32(layer.offsets.map { Int32($0) })))
    guard !layer.activations.isEmpty else { break }
    append("Max", name + ".above", zero)
    let divisors = layer.activations.map { Int32(1) << Int32($0.shift) }
    append("Div", name + ".shifted", constant(name + ".divisor", [units], .int32(divisors)))
    append("Min", name + ".place", last)
    append(
      "Add", name + ".index",
      constant(name + ".start", [units], .int32((0..<units).map { Int32(256 * $0) })))
    let tables = layer.activations.flatMap { $0.table.map { Int8($0) } }
    append("Gather", name + ".value", constant(name + ".tables", [256 * units], .int8(tables)))
    append("Cast", name + ".level")
  }
  append("Cast", "z")
  append("Mul", "output", constant("scale", [], .float([scale])))
  return graph
}
