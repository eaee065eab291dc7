import Foundation
import QHostInterfaces
import QHostTesting

/// A small network of real numbers, as a graph and as a function.
struct FloatCase: Sendable {
  var widths = [10, 8, 4]
  var activation = "Tanh"

  private func normals(_ index: UInt64, _ count: Int) -> [Double] {
    TestHost(seed: 7).normals(step: 0, index: index, count: count)
  }

  func weights(_ layer: Int) -> [Float] {
    normals(UInt64(layer), widths[layer] * widths[layer + 1]).map {
      Float($0 / Double(widths[layer]).squareRoot())
    }
  }

  func biases(_ layer: Int) -> [Float] {
    normals(UInt64(layer + 100), widths[layer + 1]).map { Float($0 / 4) }
  }

  func inputs(_ rowCount: Int) -> [Float] {
    normals(200, rowCount * widths[0]).map { Float($0) }
  }

  var graph: Graph {
    var graph = Graph(
      input: "input", output: "output", inputShape: Shape([widths[0]]),
      outputShape: Shape([widths[widths.count - 1]]), nodes: [], constants: [])
    var value = "input"
    for layer in 0..<widths.count - 1 {
      let isLast = layer == widths.count - 2
      let result = isLast ? "output" : "z.\(layer)"
      graph.constants.append(
        Graph.Constant(
          name: "w.\(layer)", shape: Shape([widths[layer + 1], widths[layer]]),
          elements: .float(weights(layer))))
      graph.constants.append(
        Graph.Constant(
          name: "b.\(layer)", shape: Shape([widths[layer + 1]]), elements: .float(biases(layer))))
      graph.nodes.append(
        Graph.Node(
          name: "layers.\(layer)", operation: "Gemm",
          inputs: [value, "w.\(layer)", "b.\(layer)"], outputs: [result],
          attributes: ["transB": .integers([1])]))
      value = result
      guard !isLast else { break }
      graph.nodes.append(
        Graph.Node(
          name: "activation.\(layer)", operation: activation, inputs: [value],
          outputs: ["h.\(layer)"]))
      value = "h.\(layer)"
    }
    return graph
  }

  /// [C], for one row.
  func outputs(_ row: [Float]) -> [Double] {
    var values = row.map(Double.init)
    for layer in 0..<widths.count - 1 {
      let (weights, biases) = (weights(layer), biases(layer))
      values = (0..<widths[layer + 1]).map { unit in
        values.indices.reduce(Double(biases[unit])) {
          $0 + Double(weights[unit * values.count + $1]) * values[$1]
        }
      }
      guard layer < widths.count - 2 else { break }
      switch activation {
      case "Relu": values = values.map { max($0, 0) }
      case "Sigmoid": values = values.map { 1 / (1 + exp(-$0)) }
      case "Sin": values = values.map { sin($0) }
      default: values = values.map { tanh($0) }
      }
    }
    return values
  }
}
