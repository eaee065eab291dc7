import NeuralModels
import QHostInterfaces
import QHostKernels
import QHostTesting
import Testing

@Suite("Graph of a network")
struct NetworkGraphTests {
  /// Values by name, [N × width] row-major, of the operators that these models use.
  private struct Interpreter {
    var values: [String: [Float]] = [:]
    let graph: Graph
    let rowCount: Int

    init(_ graph: Graph, inputs: [Float], rowCount: Int) {
      self.graph = graph
      self.rowCount = rowCount
      values[graph.input] = inputs
      for constant in graph.constants {
        guard case .float(let elements) = constant.elements else { continue }
        values[constant.name] = elements
      }
      for node in graph.nodes { values[node.outputs[0]] = apply(node) }
    }

    private func apply(_ node: Graph.Node) -> [Float] {
      let inputs = node.inputs.map { values[$0] ?? [] }
      switch node.operation {
      case "Flatten": return inputs[0]
      case "Gemm": return product(node, inputs)
      case "Tanh": return inputs[0].map { Float(Activation.tanh.value(Double($0))) }
      case "Sigmoid": return inputs[0].map { Float(Activation.sigmoid.value(Double($0))) }
      case "Relu": return inputs[0].map { max($0, 0) }
      case "Greater": return inputs[0].map { $0 > inputs[1][0] ? 1 : 0 }
      case "Less": return inputs[0].map { $0 < inputs[1][0] ? 1 : 0 }
      case "Where": return inputs[0].map { $0 != 0 ? inputs[1][0] : inputs[2][0] }
      default:
        Issue.record("unknown operator \(node.operation)")
        return []
      }
    }

    private func product(_ node: Graph.Node, _ inputs: [[Float]]) -> [Float] {
      #expect(node.attributes == ["transB": .integers([1])])
      let shape = graph.constants.first { $0.name == node.inputs[1] }?.shape.extents ?? []
      let (units, width) = (shape[0], shape[1])
      return (0..<rowCount * units).map { place in
        let (row, unit) = (place / units, place % units)
        return (0..<width).reduce(inputs.count > 2 ? inputs[2][unit] : 0) {
          $0 + inputs[0][row * width + $1] * inputs[1][unit * width + $1]
        }
      }
    }
  }

  /// [F × N] as [N × F].
  private func transposed(_ values: [Float], rowCount: Int) -> [Float] {
    let width = values.count / rowCount
    return (0..<values.count).map { values[$0 % width * rowCount + $0 / width] }
  }

  private func check(
    _ model: any Model, parameters: [Double], inputs: Int, outputs: Int
  ) throws -> Graph {
    let driver = try SessionDriver(model, outputCount: outputs)
    let rows = numbers(inputs * 23, range: 2, seed: 3).map { Float($0) }
    try driver.bind(rows, rowCount: 23)
    let graph = try model.graph(parameters: parameters)
    let run = Interpreter(graph, inputs: transposed(rows, rowCount: 23), rowCount: 23)
    let result = transposed(run.values[graph.output] ?? [], rowCount: outputs)
    let forward = try driver.forward(parameters)
    let far = zip(result, forward).count { !(abs($0 - $1) < 1e-5) }
    #expect(result.count == forward.count && far == 0)
    #expect(graph.outputShape == Shape([outputs]))
    return graph
  }

  @Test("The graph computes what forward does", arguments: NetworkCase.all)
  func networks(test: NetworkCase) throws {
    let graph = try check(
      test.model(), parameters: test.parameters(), inputs: test.inputs, outputs: test.outputs)
    #expect(graph.nodes.first?.operation == "Gemm")
  }

  @Test("Inputs that are not flat are flattened", arguments: [[2, 3], []])
  func flatten(shape: [Int]) throws {
    let inputs = Shape(shape).count
    let model = try Logistic(
      request: request(for: Logistic.descriptor), mapping: mapping(shape, 4))
    let parameters = numbers(4 * (inputs + 1), seed: 4)
    let graph = try check(model, parameters: parameters, inputs: inputs, outputs: 4)
    #expect(graph.nodes.first?.operation == "Flatten")
  }

  @Test("Without biases Gemm has two inputs")
  func noBias() throws {
    let model = try Logistic(
      request: request(for: Logistic.descriptor, ["bias": .boolean(false)]),
      mapping: mapping([6], 4))
    let graph = try check(model, parameters: numbers(24, seed: 4), inputs: 6, outputs: 4)
    #expect(graph.nodes.map(\.inputs.count) == [2])
  }
}
