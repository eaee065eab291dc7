import C99
import Foundation
import NeuralModels
import QHostInterfaces
import QHostTesting
import Testing

@Suite("The graphs of built-in models as C")
struct ModelsAsCTests {
  private static let hasCompiler = FileManager.default.isExecutableFile(atPath: "/usr/bin/cc")
  private static let activations = [
    "tanh", "relu", "sigmoid", "sine", "step", "sign", "learned",
  ]

  /// Parameters of few bits: sums of the first layer are exact, and their signs those of any order.
  private func parameters(_ model: any Model, range: Double) -> [Double] {
    let count = model.modelDescription.parameterCount
    return TestHost(seed: 3).uniforms(step: 0, index: 0, count: count).map {
      ((2 * $0 - 1) * range * 64).rounded() / 64
    }
  }

  /// Runs both sides on some rows.
  private func outputs(
    _ model: any Model, _ parameters: [Double]
  ) throws -> (here: [Float], there: [Float]) {
    let graph = try model.graph(parameters: parameters)
    let inputs = TestHost(seed: 4).uniforms(step: 0, index: 0, count: graph.inputShape.count * 40)
      .map { Float(($0 * 64).rounded() / 64) }
    let run = GraphInterpreter(graph, inputs: inputs, rowCount: 40)
    let target = try C99Target(request: request(for: C99Target.descriptor, ["flags": .text("-O0")]))
    _ = try target.compile(graph, calibration: Calibration(rowCount: 0, inputs: []))
    let result = try target.execute(inputs: inputs, rowCount: 40)
    return (run.values[graph.output] ?? [], result.outputs)
  }

  private func check(_ model: any Model, range: Double = 0.9) throws {
    let (here, there) = try outputs(model, parameters(model, range: range))
    // Sums of at most some hundred terms of up to 2: their rounding is below 1e-4.
    let far = zip(here, there).count { !(abs($0 - $1) < 1e-4) }
    #expect(here.count == there.count && far == 0)
  }

  private func mapping(_ inputs: [Int]) -> Mapping {
    Mapping(task: .classification, input: Shape(inputs), output: Shape([3]))
  }

  @Test(
    "mlp with any activation", .enabled(if: hasCompiler, "there is no C compiler"),
    arguments: activations, [[Int](), [7], [6, 5]])
  func perceptron(_ activation: String, _ hidden: [Int]) throws {
    let settings: [String: ParameterValue] = [
      "hidden": .integers(hidden), "activation": .choice(activation, index: 0),
    ]
    try check(
      try MLP(request: request(for: MLP.descriptor, settings), mapping: mapping([2, 3])))
  }

  @Test("logistic", .enabled(if: hasCompiler, "there is no C compiler"))
  func logistic() throws {
    try check(
      try Logistic(request: request(for: Logistic.descriptor), mapping: mapping([5])))
  }

  @Test(
    "cnn with any pooling and activation",
    .enabled(if: hasCompiler, "there is no C compiler"), arguments: activations,
    [("max", "valid"), ("mean", "same"), ("none", "same")])
  func convolution(_ activation: String, _ shape: (pooling: String, padding: String)) throws {
    let settings: [String: ParameterValue] = [
      "filters": .integers([3, 4]), "kernel": .integer(3), "hidden": .integers([5]),
      "activation": .choice(activation, index: 0), "pooling": .choice(shape.pooling, index: 0),
      "padding": .choice(shape.padding, index: 0),
    ]
    try check(
      try CNN(request: request(for: CNN.descriptor, settings), mapping: mapping([10, 11])),
      range: 0.4)
  }

  @Test(
    "integer-mlp, to the bit", .enabled(if: hasCompiler, "there is no C compiler"),
    arguments: ["ternary", "pow2", "15", "255"], ["tanh", "relu", "sign"])
  func whole(_ weights: String, _ activation: String) throws {
    let settings: [String: ParameterValue] = [
      "hidden": .integers([6, 5]), "weights": .text(weights),
      "activation": .choice(activation, index: 0),
    ]
    let model = try IntegerMLP(
      request: request(for: IntegerMLP.descriptor, settings), mapping: mapping([2, 4]))
    let (here, there) = try outputs(model, try model.initialParameters(start: 2))
    #expect(here == there)
    #expect(Set(here).count > 3, "the case says little")
  }
}
