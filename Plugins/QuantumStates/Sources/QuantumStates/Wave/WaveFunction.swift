internal import CQuantumStates
internal import Foundation

/// A restricted Boltzmann machine at some parameters.
struct WaveFunction: Sendable {
  let layout: WaveLayout
  /// [n], as ``WaveLayout`` has them.
  let parameters: [Double]
  /// exp(−2 Wⱼᵢ), [N × M].
  let factors: [Double]
  /// exp(2 aᵢ), [N].
  let leaps: [Double]

  init(_ layout: WaveLayout, _ parameters: [Double]) {
    precondition(parameters.count == layout.parameterCount, "parameters of another wave function")
    self.layout = layout
    self.parameters = parameters
    let (n, m) = (layout.spinCount, layout.hiddenCount)
    var factors = [Double](repeating: 0, count: n * m)
    for j in 0..<m {
      for i in 0..<n { factors[i * m + j] = exp(-2 * parameters[n + m + j * n + i]) }
    }
    self.factors = factors
    leaps = parameters[..<n].map { exp(2 * $0) }
  }

  /// Calls a body with what kernels read.
  func withKernel<R>(_ body: (UnsafePointer<qhost_kernel_spins_wave>) -> R) -> R {
    let (n, m) = (layout.spinCount, layout.hiddenCount)
    return parameters.withUnsafeBufferPointer { parameters in
      factors.withUnsafeBufferPointer { factors in
        leaps.withUnsafeBufferPointer { leaps in
          var wave = qhost_kernel_spins_wave(
            spin_count: n, hidden_count: m, visible: parameters.baseAddress,
            bias: parameters.baseAddress.map { $0 + n },
            weights: parameters.baseAddress.map { $0 + n + m }, factors: factors.baseAddress,
            leaps: leaps.baseAddress)
          return body(&wave)
        }
      }
    }
  }

  /// The angles θⱼ of a state, whose bit i is 1 where spin i is down, and ln ψ.
  func logarithm(_ state: Int, angles: inout [Double]) -> Double {
    let (n, m) = (layout.spinCount, layout.hiddenCount)
    var sum = 0.0
    for i in 0..<n { sum += (state >> i) & 1 == 0 ? parameters[i] : -parameters[i] }
    for j in 0..<m {
      var angle = parameters[n + j]
      let row = n + m + j * n
      for i in 0..<n {
        angle += (state >> i) & 1 == 0 ? parameters[row + i] : -parameters[row + i]
      }
      angles[j] = angle
      // ln cosh without overflow.
      let size = abs(angle)
      sum += size + log1p(exp(-2 * size)) - 0.693_147_180_559_945_3
    }
    return sum
  }
}
