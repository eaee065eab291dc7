import NeuralModels
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Graph of a network")
struct NetworkGraphTests {
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
    let run = GraphInterpreter(graph, inputs: transposed(rows, rowCount: 23), rowCount: 23)
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

  @Test(
    "The graph of a convolutional network computes what forward does",
    arguments: ConvolutionCase.all)
  func convolutions(test: ConvolutionCase) throws {
    let graph = try check(
      test.model(), parameters: test.parameters(), inputs: test.inputCount, outputs: test.outputs)
    #expect(graph.nodes.count { $0.operation == "Conv" } == test.filters.count)
  }
}
