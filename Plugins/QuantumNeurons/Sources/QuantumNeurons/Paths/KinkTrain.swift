internal import Foundation

/// The fixed path of an active input: kinks at (j + ½) T/n, tanh(√(Λ/2) (τ − τⱼ)) about each.
///
/// The number of kinks is even, because paths are periodic. What neurons see of it is its pulse (p² − 1)²; an input of
/// brightness b has b times that (equation 19).
package struct KinkTrain: Sendable, Equatable {
  /// n; even, above 0.
  package let kinkCount: Int
  /// p, [Nₜ].
  package let path: [Double]
  /// (p² − 1)², [Nₜ].
  package let pulse: [Double]
  /// Σ Λ/4 (p² − 1)²: what activities are measured in.
  package let potential: Double

  /// Makes the train of an input.
  package init(kinkCount: Int, in well: Well) {
    self.kinkCount = kinkCount
    let width = (well.lambda / 2).squareRoot()
    let apart = well.time / Double(kinkCount)
    path = (0..<well.sliceCount).map { slice in
      let place = Double(slice) * well.spacing
      let kink = min(Int(place / apart), kinkCount - 1)
      let value = tanh(width * (place - (Double(kink) + 0.5) * apart))
      return kink % 2 == 0 ? value : -value
    }
    pulse = path.map { ($0 * $0 - 1) * ($0 * $0 - 1) }
    potential = pulse.reduce(0) { $0 + well.lambda / 4 * $1 }
  }

  /// Slices from one kink to the next, as far as they are whole.
  package var period: Int { path.count / kinkCount }
}
