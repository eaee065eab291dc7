import NeuralModels
import QHostInterfaces
import QHostNetworks
import QHostTesting

/// An integer network beside the plain one that it must agree with to the bit.
struct IntegerCase: Sendable, CustomStringConvertible {
  var hidden: [Int]
  var weights = "15"
  var activation = Activation.tanh
  var inputBits = 4
  var activationBits = 4
  var inputs = 5
  var outputs = 3

  var description: String {
    "\(inputs)-\(hidden)-\(outputs) \(weights) \(activation) \(inputBits)/\(activationBits) bits"
  }

  var widths: [Int] { [inputs] + hidden + [outputs] }

  func model() throws -> IntegerMLP {
    try IntegerMLP(
      request: request(
        for: IntegerMLP.descriptor,
        [
          "hidden": .integers(hidden), "weights": .text(weights),
          "activation": .choice("\(activation)", index: 0), "input_bits": .integer(inputBits),
          "activation_bits": .integer(activationBits),
        ]), mapping: mapping([inputs], outputs))
  }

  func driver() throws -> SessionDriver { try SessionDriver(model(), outputCount: outputs) }

  func rows(_ count: Int, seed: UInt64 = 2) -> [Float] {
    numbers(inputs * count, range: 0.6, seed: seed).map { Float($0 + 0.5) }
  }

  /// Parameters that are whole where they must be, biases and gains near their start.
  func parameters(seed: UInt64 = 1) throws -> [Double] {
    let model = try model()
    var parameters = try model.initialParameters(start: seed)
    let extra = numbers(parameters.count, range: 6, seed: seed + 10)
    for block in model.modelDescription.blocks where !block.name.hasSuffix("weight") {
      for index in block.offset..<block.offset + block.shape.count {
        let value =
          parameters[index] + (block.name == "scale.exponent" ? 0.5 : extra[index].rounded())
        let description = model.modelDescription
        parameters[index] = min(max(value, description.lower[index]), description.upper[index])
      }
    }
    return parameters
  }

  /// Places 0 of the pixel's, and half of the highest level of activations that go below 0.
  private func doubleZero(_ layer: Int) -> Int {
    guard layer > 0, [.tanh, .sine, .sign].contains(activation) else { return 0 }
    return (1 << activationBits) - 1
  }

  private func weight(_ site: Double, _ layer: Int) -> Int {
    let names = weights.split(separator: ",")
    let name = names[names.count == 1 ? 0 : layer]
    let whole = Int(site.rounded())
    switch name {
    case "ternary": return min(max(whole, -1), 1)
    case "pow2": return [-4, -2, -1, 0, 1, 2, 4][min(max(whole, -3), 3) + 3]
    default:
      let last = (Int(name) ?? 3) / 2
      return min(max(whole, -last), last)
    }
  }

  /// The plain network of parameters whose biases and gains are within their bounds.
  func plain(_ parameters: [Double]) -> PlainIntegerNetwork {
    var place = 0
    let layers = (0..<widths.count - 1).map { layer -> PlainIntegerNetwork.Layer in
      let (inputs, units) = (widths[layer], widths[layer + 1])
      let rows = (0..<units).map { unit in
        (0..<inputs).map { weight(parameters[place + unit * inputs + $0], layer) }
      }
      place += units * inputs
      var offsets = rows.indices.map { unit in
        let zero = (Double(doubleZero(layer) * rows[unit].reduce(0, +)) / 2).rounded(.down)
        return Int(parameters[place + unit].rounded()) - Int(zero)
      }
      place += units
      guard layer + 2 < widths.count else {
        return .init(weights: rows, offsets: offsets, tables: [])
      }
      let tables = (0..<units).map {
        IntegerTable(
          activation, gain: Int(parameters[place + $0].rounded()), bits: activationBits)
      }
      for unit in 0..<units { offsets[unit] += 128 << tables[unit].shift }
      place += units
      return .init(weights: rows, offsets: offsets, tables: tables)
    }
    return PlainIntegerNetwork(layers: layers, inputBits: inputBits)
  }

  /// The outputs [C × B] in integers.
  func plainOutputs(_ parameters: [Double], _ rows: [Float], rowCount: Int) -> [Int] {
    let plain = plain(parameters)
    var outputs = [Int](repeating: 0, count: self.outputs * rowCount)
    for row in 0..<rowCount {
      let z = plain.outputs((0..<inputs).map { rows[$0 * rowCount + row] })
      for (output, value) in z.enumerated() { outputs[output * rowCount + row] = value }
    }
    return outputs
  }

  static let all = [
    IntegerCase(hidden: []), IntegerCase(hidden: [4], weights: "ternary"),
    IntegerCase(hidden: [4, 3], weights: "ternary,15,31"),
    IntegerCase(hidden: [3, 5, 4], weights: "pow2"),
    IntegerCase(hidden: [7, 3], weights: "63", inputBits: 8, activationBits: 7),
    IntegerCase(hidden: [4, 3], activation: .relu), IntegerCase(hidden: [4], activation: .step),
    IntegerCase(hidden: [4, 3], activation: .sigmoid, activationBits: 3),
    IntegerCase(hidden: [4, 3], activation: .sine), IntegerCase(hidden: [4, 5], activation: .sign),
    IntegerCase(hidden: [6, 3], inputBits: 1, activationBits: 1),
  ]
}
