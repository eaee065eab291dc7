import QHostInterfaces
import QHostDatasets

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Which concept a row is of.
///
/// Drift k of D lies at row k·N/(D + 1). A gradual one of width w at row p mixes the concepts before and behind it: a row t is of
/// the one behind with probability 1/(1 + e^{−4(t − p)/w}).
///
/// Source of the mixture: A. Bifet, G. Holmes, R. Kirkby, B. Pfahringer, *MOA: massive online analysis*, JMLR 11 (2010), section 2.2.
struct ConceptSequence: Sendable {
  /// By rising row.
  let drifts: [Drift]
  /// One more than there are drifts.
  let concepts: [Int]

  /// Makes the sequence of a stream.
  ///
  /// - Parameters:
  ///   - rowCount: N.
  ///   - driftCount: D.
  ///   - width: of each drift; 0: abrupt.
  ///   - order: the concepts that come after each other, again from the first where there are too few.
  init(rowCount: Int, driftCount: Int, width: Int, order: [Int]) {
    drifts = (0..<driftCount).map {
      // Without a product that could overflow.
      let (whole, rest) = rowCount.quotientAndRemainder(dividingBy: driftCount + 1)
      return Drift(row: whole * ($0 + 1) + rest * ($0 + 1) / (driftCount + 1), width: width)
    }
    concepts = (0...driftCount).map { order[$0 % order.count] }
  }

  /// The concept of a row; draws one number where two concepts are mixed.
  func concept(ofRow row: Int, _ generator: inout SplitMix64) -> Int {
    var place = 0
    for drift in drifts {
      guard drift.width > 0 else {
        if row >= drift.row { place += 1 }
        continue
      }
      let exponent = -4 * Double(row - drift.row) / Double(drift.width)
      // Beyond, the other concept has a probability below 10⁻¹⁷.
      if exponent > 40 { break }
      if exponent < -40 || generator.uniform() < 1 / (1 + exp(exponent)) { place += 1 }
    }
    return concepts[place]
  }
}
