internal import Foundation

/// The probabilities of all outcomes along one angle, all others fixed: exact, from three circuits or five.
///
///     p(δ) = a + Σ_f (b_f cos fδ + c_f sin fδ)
///
/// An angle θ of RY, RZ or U3 turns its gate by θ/2, which two factors of p make frequency 1; that of a controlled U3 leaves
/// half of the state as it is, which adds frequency 1/2. Terms are those of a discrete Fourier transform of equally spaced points.
///
/// Source: Vidal, Theis, *Calculus on parameterized quantum circuits*, arXiv 1812.06323; Wierichs et al., *General
/// parameter-shift rules for quantum gradients*, Quantum 6 (2022) 677.
struct ProbabilityLine: Sendable {
  /// The angles that it goes through at δ = 0.
  let angles: [Double]
  /// The one that changes.
  let index: Int
  private let frequencies: [Double]
  /// a, then b and c of each frequency, [2ⁿ] each.
  private let terms: [[Double]]

  /// Runs the circuits.
  ///
  /// - Parameters:
  ///   - index: of the angle.
  ///   - angles: of the circuit.
  ///   - ansatz: the circuit.
  ///   - probabilities: writes p [2ⁿ] of angles.
  init(
    _ index: Int, through angles: [Double], of ansatz: Ansatz,
    probabilities: (UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    self.angles = angles
    self.index = index
    frequencies = ansatz.hasHalfFrequency(index) ? [0.5, 1] : [1]
    let count = 2 * frequencies.count + 1
    let spacing = 2 * .pi / (Double(count) * frequencies[0])
    var terms = [[Double]](
      repeating: [Double](repeating: 0, count: 1 << ansatz.qubitCount), count: count)
    var (point, p) = (angles, terms[0])
    for place in 0..<count {
      let offset = spacing * Double(place - count / 2)
      point[index] = angles[index] + offset
      point.withUnsafeBufferPointer { point in
        p.withUnsafeMutableBufferPointer { probabilities(point, $0) }
      }
      let factors = Self.factors(frequencies, offset)
      for term in terms.indices {
        let factor = (term == 0 ? 1 : 2) * factors[term] / Double(count)
        for outcome in p.indices { terms[term][outcome] += factor * p[outcome] }
      }
    }
    self.terms = terms
  }

  /// 1, then cos fδ and sin fδ of each frequency.
  private static func factors(_ frequencies: [Double], _ offset: Double) -> [Double] {
    [1] + frequencies.flatMap { [cos($0 * offset), sin($0 * offset)] }
  }

  /// Writes p [2ⁿ] at δ = `offset`; not below 0.
  func probabilities(at offset: Double, into p: UnsafeMutableBufferPointer<Double>) {
    p.update(repeating: 0)
    for (factor, term) in zip(Self.factors(frequencies, offset), terms) {
      term.withUnsafeBufferPointer { term in
        for outcome in p.indices { p[outcome] += factor * term[outcome] }
      }
    }
    // Rounding alone makes them negative.
    for outcome in p.indices { p[outcome] = max(0, p[outcome]) }
  }
}

extension Ansatz {
  /// Whether probabilities have frequency 1/2 along an angle.
  func hasHalfFrequency(_ index: Int) -> Bool {
    guard kind == .u3cu3, qubitCount > 1 else { return false }
    // Layers of n U3 and n CU3, three angles each, of which θ is the first.
    return index % (6 * qubitCount) >= 3 * qubitCount && index % 3 == 0
  }
}
