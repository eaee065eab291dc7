internal import CQuantumStates
internal import QHostNumerics

/// S = ⟨OO⟩ − ⟨O⟩⟨O⟩ of a wave function, O the derivatives of ln ψ: what a change of parameters does to the state.
struct WaveMetric {
  /// n, the number of parameters.
  let count: Int
  /// [n × n], symmetric.
  private(set) var matrix: [Double]

  /// Measures it on samples.
  init(_ samples: SpinSamples, _ layout: WaveLayout) {
    let (n, m, sampleCount) = (layout.spinCount, layout.hiddenCount, samples.count)
    count = layout.parameterCount
    var derivatives = [Double](repeating: 0, count: count * sampleCount)
    // Times the root of the weight, and less the mean.
    let roots =
      samples.weights.isEmpty
      ? [Double](repeating: (1 / Double(sampleCount)).squareRoot(), count: sampleCount)
      : samples.weights.map { $0.squareRoot() }
    func fill(_ row: Int, _ value: (Int) -> Double) {
      var mean = 0.0
      for k in 0..<sampleCount { mean += roots[k] * roots[k] * value(k) }
      for k in 0..<sampleCount { derivatives[row * sampleCount + k] = roots[k] * (value(k) - mean) }
    }
    for i in 0..<n { fill(i) { samples.spins[i * sampleCount + $0] } }
    for j in 0..<m { fill(n + j) { samples.tangents[j * sampleCount + $0] } }
    for j in 0..<m {
      for i in 0..<n {
        fill(n + m + j * n + i) {
          samples.spins[i * sampleCount + $0] * samples.tangents[j * sampleCount + $0]
        }
      }
    }
    matrix = [Double](repeating: 0, count: count * count)
    // Strips of rows up to the diagonal; the other half is the same.
    let strip = 32
    matrix.withUnsafeMutableBufferPointer { matrix in
      derivatives.withUnsafeBufferPointer { derivatives in
        guard let out = matrix.baseAddress, let from = derivatives.baseAddress else { return }
        for first in stride(from: 0, to: count, by: strip) {
          let end = min(first + strip, count)
          qhost_kernel_spins_outer(
            end - first, end, sampleCount, from + first * sampleCount, from, out + first * count,
            count)
        }
        for i in 0..<count { for j in 0..<i { out[j * count + i] = out[i * count + j] } }
      }
    }
  }

  /// (S + shift)⁻¹ · right; `nil` where that is not positive definite.
  func solution(_ right: [Double], shift: Double) -> [Double]? {
    var factor = [Double](repeating: 0, count: count * count)
    var solution = right
    let diagonal = [Double](repeating: shift, count: count)
    guard
      Cholesky.factor(
        count: count, matrix: matrix, scale: 1, diagonal: diagonal, shift: 0, into: &factor)
    else { return nil }
    Cholesky.solve(count: count, factor: factor, &solution)
    return solution
  }
}
