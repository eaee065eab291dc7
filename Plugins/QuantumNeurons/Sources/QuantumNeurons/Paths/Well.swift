/// The double well that every neuron lives in, and the discretised imaginary time: V₀(φ) = Λ/4 (φ² − 1)².
///
/// Source: Dorozhinsky and Pavlovsky, arXiv 1806.09664, equations 4 to 9.
package struct Well: Sendable, Equatable {
  /// Λ: the barrier is Λ/4 high.
  package var lambda = 5000.0
  /// T, the length of the path, ħ = m = 1.
  package var time = 0.7
  /// Nₜ, slices of the path.
  package var sliceCount = 512

  /// The paper's.
  package init() {}

  /// Makes a well.
  package init(lambda: Double, time: Double, sliceCount: Int) {
    self.lambda = lambda
    self.time = time
    self.sliceCount = sliceCount
  }

  /// a = T/Nₜ.
  package var spacing: Double { time / Double(sliceCount) }

  /// ω = √(2Λ), of small oscillations about φ = ±1.
  package var frequency: Double { (2 * lambda).squareRoot() }

  /// S = 2√(2Λ)/3, the action of a kink (equation 9).
  package var kinkAction: Double { 2 * frequency / 3 }

  /// V₀(φ).
  package func potential(_ x: Double) -> Double {
    let d = x * x - 1
    return lambda / 4 * d * d
  }

  /// aω up to which slices resolve the well: the error of the action is of the order (aω)²/24.
  package static let coarsest = 0.5
}
