import NeuralModels
import QHostNetworks
import Testing

@Suite("Activation kernel")
struct ActivationKernelTests {
  private func apply(_ activation: Activation, _ values: [Float], bias: Float? = nil) -> [Float] {
    let stride = ActivationKernel.paddedRowCount(values.count)
    let z = values + [Float](repeating: 0, count: stride - values.count)
    var h = [Float](repeating: .nan, count: stride)
    let biases = bias.map { [$0] } ?? []
    biases.withUnsafeBufferPointer { biases in
      z.withUnsafeBufferPointer { z in
        h.withUnsafeMutableBufferPointer { h in
          guard let from = z.baseAddress, let to = h.baseAddress else { return }
          ActivationKernel.apply(
            activation, bias: biases.isEmpty ? nil : biases.baseAddress, z: from, unitCount: 1,
            stride: stride, h: to)
        }
      }
    }
    return Array(h.prefix(values.count))
  }

  private let dense: [Float] = (-200_000...200_000).map { Float($0) * 5e-5 }

  @Test("Values agree with the plain version", arguments: Activation.allCases)
  func values(activation: Activation) {
    for (z, h) in zip(dense, apply(activation, dense)) {
      #expect(abs(Double(h) - activation.value(Double(z))) < 3.5e-7, "\(activation) of \(z)")
    }
  }

  @Test("Hyperbolic tangent is odd, relatively exact near 0, and saturates")
  func hyperbolicTangent() {
    let small: [Float] = (0...1000).map { Float($0) * 1e-6 }
    for (z, h) in zip(small, apply(.tanh, small)) {
      #expect(abs(Double(h) - Activation.tanh.value(Double(z))) <= 3.5e-7 * Double(z))
    }
    #expect(apply(.tanh, dense.map { -$0 }) == apply(.tanh, dense).map { -$0 })
    #expect(apply(.tanh, dense).allSatisfy { abs($0) <= 1 })
    let far = apply(.tanh, [9, 1e10, .infinity, -.infinity])
    #expect(1 - far[0] < 3.5e-7 && Set(far.prefix(3)).count == 1 && far[3] == -far[2])
  }

  @Test("Step is 0 at 0 and sign is 1", arguments: [Float(0), -0.0])
  func zero(zero: Float) {
    #expect(apply(.step, [zero]) == [0])
    #expect(apply(.sign, [zero]) == [1])
  }

  @Test("NaN stays NaN", arguments: Activation.allCases)
  func notANumber(activation: Activation) {
    #expect(apply(activation, [.nan])[0].isNaN)
  }

  @Test("The bias is added first", arguments: Activation.allCases)
  func bias(activation: Activation) {
    let values: [Float] = [-2, -0.5, 0, 0.25, 3]
    #expect(apply(activation, values, bias: 0.5) == apply(activation, values.map { $0 + 0.5 }))
  }

  @Test("Slopes agree with the plain version", arguments: Activation.allCases)
  func slopes(activation: Activation) {
    let z: [Float] = (0..<64).map { (Float($0) - 31.5) / 8 }
    let h = activation.slopeNeedsSum ? z : apply(activation, z)
    var g = [Float](repeating: 2, count: 64)
    h.withUnsafeBufferPointer { h in
      g.withUnsafeMutableBufferPointer { g in
        guard let from = h.baseAddress, let to = g.baseAddress else { return }
        ActivationKernel.applySlope(activation, h: from, unitCount: 2, stride: 32, g: to)
      }
    }
    // The slope 1 − h² doubles the error of h, and g doubles it again.
    for (z, g) in zip(z, g) {
      #expect(abs(Double(g) - 2 * activation.slope(Double(z))) < 4 * 3.5e-7)
    }
  }
}
