import NeuralModels
import QHostNetworks
import QHostRandomness
import Testing

@Suite("Cut kernel")
struct CutKernelTests {
  private static let rowCount = 150

  /// A kernel holding the plain network's values, which it is to change as the plain network does.
  private struct Setup {
    let plain: PlainNetwork
    var parameters: [Double]
    let inputs: [Float]
    let weights: UnsafeMutablePointer<Float>
    let kernel: CutKernel

    init(hidden: [Int], activation: Activation) {
      plain = PlainNetwork(widths: [3] + hidden + [2], activation: activation, hasBias: false)
      parameters = Self.numbers(plain.parameterCount, seed: 1)
      inputs = Self.numbers(3 * rowCount, seed: 2).map { Float($0) }
      weights = .allocate(capacity: parameters.count)
      for (place, value) in parameters.enumerated() { weights[place] = Float(value) }
      var places: [UnsafePointer<Float>] = []
      var place = 0
      for (below, above) in zip(plain.widths, plain.widths.dropFirst()) {
        places.append(UnsafePointer(weights + place))
        place += below * above
      }
      kernel = CutKernel(
        widths: plain.widths, activation: activation, rowCount: rowCount, weights: places)
      keepPlainValues()
    }

    /// Writes z and h of each layer: those of the network that ends there.
    private func keepPlainValues() {
      for layer in 0..<plain.widths.count - 1 {
        var part = plain
        part.widths = Array(plain.widths.prefix(layer + 2))
        let z = part.outputs(
          parameters: Array(parameters.prefix(part.parameterCount)), inputs: inputs,
          rowCount: rowCount)
        for (place, value) in z.enumerated() {
          let target = place / rowCount * kernel.stride + place % rowCount
          kernel.z(layer)[target] = Float(value)
          kernel.h(layer)[target] = Float(plain.activation.value(value))
        }
      }
    }

    static func numbers(_ count: Int, seed: UInt64) -> [Double] {
      var values = [Double](repeating: 0, count: count)
      values.withUnsafeMutableBufferPointer {
        RandomFill.uniform(key: seed, step: 0, index: 0, $0)
      }
      return values.map { Double(Float(2 * $0 - 1)) }
    }

    func outputs() -> [Double] {
      plain.outputs(parameters: parameters, inputs: inputs, rowCount: rowCount)
    }

    /// The outputs after a change of a weight into `unit` of the first layer from its first input.
    func cut(unit: Int, offset: Float) -> [Float] {
      var outputs = [Float](repeating: .nan, count: 2 * rowCount)
      inputs.withUnsafeBufferPointer { x in
        outputs.withUnsafeMutableBufferPointer { out in
          withUnsafePointer(to: offset) {
            kernel.cut(
              layer: 0, unit: unit, x: x.baseAddress,
              offsets: UnsafeBufferPointer(start: $0, count: 1), outputs: out)
          }
        }
      }
      return outputs
    }
  }

  private static let depths = [[], [1], [4], [4, 3], [2, 3, 2]]

  @Test(
    "Cuts and moves agree with the plain network", arguments: depths,
    [Activation.tanh, .relu, .sigmoid, .identity])
  func agreement(hidden: [Int], activation: Activation) {
    var setup = Setup(hidden: hidden, activation: activation)
    defer { setup.weights.deallocate() }
    for unit in 0..<setup.plain.widths[1] {
      let cut = setup.cut(unit: unit, offset: 0.75)
      setup.parameters[unit * 3] += 0.75
      // Sums of some ten terms of a few units, rounded, and the activations' errors, amplified by
      // weights below 2 through at most three layers.
      #expect(zip(cut, setup.outputs()).allSatisfy { abs(Double($0) - $1) < 1e-5 })
      setup.inputs.withUnsafeBufferPointer {
        setup.kernel.move(layer: 0, unit: unit, x: $0.baseAddress, offset: 0.75)
      }
      setup.weights[unit * 3] += 0.75
      let moved = setup.cut(unit: unit, offset: 0)
      #expect(zip(moved, setup.outputs()).allSatisfy { abs(Double($0) - $1) < 1e-5 })
    }
  }

  @Test("Rows that a step does not change keep the outputs they had, to the bit")
  func unchangedRows() {
    let setup = Setup(hidden: [4, 3], activation: .step)
    defer { setup.weights.deallocate() }
    let before = setup.cut(unit: 1, offset: 0)
    let after = setup.cut(unit: 1, offset: 1e-7)
    #expect(zip(before, after).count { $0 != $1 } < 3)
    #expect(setup.cut(unit: 1, offset: 3) != before)
  }
}
