import NeuralModels
import QHostInterfaces
import QHostNetworks
import QHostTesting

/// A multilayer perceptron beside the plain network that it must agree with.
struct NetworkCase: Sendable, CustomStringConvertible {
  var hidden: [Int]
  var activation: Activation
  var inputs = 5
  var outputs = 3
  var knots = 0

  var description: String { "\(inputs)-\(hidden)-\(outputs) \(activation)" }

  var plain: PlainNetwork {
    PlainNetwork(
      widths: [inputs] + hidden + [outputs], activation: activation,
      knotCount: hidden.isEmpty ? 0 : knots, knotRange: 2)
  }

  func model() throws -> MLP {
    try MLP(
      request: request(
        for: MLP.descriptor,
        [
          "hidden": .integers(hidden), "activation": .choice("\(activation)", index: 0),
          "knots": .integer(max(knots, 2)), "knot_range": .real(2),
        ]), mapping: mapping([inputs], outputs))
  }

  func driver() throws -> SessionDriver { try SessionDriver(model(), outputCount: outputs) }

  /// Parameters that single precision holds exactly, so that step and sign see the same sums' signs.
  func parameters(seed: UInt64 = 1) -> [Double] {
    numbers(plain.parameterCount, range: 0.9, seed: seed).map { Double(Float($0)) }
  }

  func rows(_ count: Int, seed: UInt64 = 2) -> [Float] {
    numbers(inputs * count, range: 2, seed: seed).map { Float($0) }
  }

  static let depths = [[Int](), [4], [4, 3], [3, 5, 4], [3, 2, 4, 3]]
  static let activations: [Activation] = [.tanh, .relu, .sigmoid, .sine, .step, .sign]
  static let all = depths.flatMap { hidden in
    activations.map { NetworkCase(hidden: hidden, activation: $0) }
      + [NetworkCase(hidden: hidden, activation: .learned, knots: 6)]
  }
  static let differentiable = all.filter(\.activation.hasGradient)
}
