import NeuralModels
import QHostInterfaces
import QHostNetworks
import QHostTesting

/// A convolutional network beside the plain one that it must agree with.
struct ConvolutionCase: Sendable, CustomStringConvertible {
  var input = [11, 12]
  var filters = [3, 5]
  var kernel = 3
  var isSame = false
  var pooling = Pooling.max
  var hidden = [4]
  var activation = Activation.tanh
  var knots = 0
  var outputs = 3

  var description: String {
    "\(input) \(filters) \(kernel) \(isSame ? "same" : "valid") \(pooling) \(hidden) \(activation)"
  }

  var inputCount: Int { input.reduce(1, *) }

  /// The layers, worked out by hand from the configuration.
  var plain: PlainConvolution {
    let margin = isSame ? kernel / 2 : 0
    var (channels, height, width) = (
      input.count == 3 ? input[0] : 1, input[input.count - 2], input[input.count - 1]
    )
    var layers: [ConvolutionLayer] = []
    for (index, count) in filters.enumerated() {
      let isLast = index == filters.count - 1
      layers.append(
        ConvolutionLayer(
          channels: channels, height: height + 2 * margin, width: width + 2 * margin,
          filters: count, kernel: kernel, pooling: pooling, margin: isLast ? 0 : margin))
      (height, width) = (height + 2 * margin - kernel + 1, width + 2 * margin - kernel + 1)
      if pooling != .none { (height, width) = (height / 2, width / 2) }
      channels = count
    }
    channels *= height * width
    for units in hidden + [outputs] {
      layers.append(
        ConvolutionLayer(channels: channels, height: 1, width: 1, filters: units, kernel: 1))
      channels = units
    }
    return PlainConvolution(
      layers: layers, activation: activation, margin: margin, knotCount: knots, knotRange: 2)
  }

  func model() throws -> CNN {
    try CNN(
      request: request(
        for: CNN.descriptor,
        [
          "filters": .integers(filters), "kernel": .integer(kernel),
          "padding": .choice(isSame ? "same" : "valid", index: 0),
          "pooling": .choice("\(pooling)", index: 0), "hidden": .integers(hidden),
          "activation": .choice("\(activation)", index: 0), "knots": .integer(max(knots, 2)),
          "knot_range": .real(2),
        ]), mapping: mapping(input, outputs))
  }

  func driver() throws -> SessionDriver { try SessionDriver(model(), outputCount: outputs) }

  /// Parameters that single precision holds exactly, so that comparisons see the same sums' signs.
  func parameters(seed: UInt64 = 1) -> [Double] {
    numbers(plain.parameterCount, range: 0.6, seed: seed).map { Double(Float($0)) }
  }

  func rows(_ count: Int, seed: UInt64 = 2) -> [Float] {
    numbers(inputCount * count, range: 1, seed: seed).map { Float($0) }
  }

  static let all = [
    ConvolutionCase(),
    ConvolutionCase(pooling: .mean, hidden: [5, 4]),
    ConvolutionCase(input: [2, 7, 6], filters: [4, 9], isSame: true, pooling: .max, hidden: []),
    ConvolutionCase(input: [3, 6, 8], filters: [2, 3, 4], isSame: true, pooling: .none),
    ConvolutionCase(input: [7, 7], filters: [5, 2], pooling: .none, hidden: []),
    ConvolutionCase(input: [6, 5], filters: [9], kernel: 1, pooling: .mean, activation: .sigmoid),
    ConvolutionCase(
      input: [10, 10], filters: [8], kernel: 5, isSame: true, pooling: .mean, activation: .relu),
    ConvolutionCase(activation: .relu), ConvolutionCase(activation: .sine),
    ConvolutionCase(isSame: true, pooling: .mean, activation: .learned, knots: 7),
    ConvolutionCase(activation: .learned, knots: 4),
    ConvolutionCase(activation: .step), ConvolutionCase(pooling: .mean, activation: .sign),
  ]
  static let differentiable = all.filter(\.activation.hasGradient)
}
