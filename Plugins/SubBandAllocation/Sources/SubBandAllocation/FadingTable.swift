internal import QHostRandomness

/// Rayleigh fading over the sub-bands: |h|² with a mean of 1, of user and sending cell.
///
/// h₀ ~ CN(0, 1), h_s = ρ h_{s−1} + (1 − ρ²)^(1/2) CN(0, 1), independent for each pair.
struct FadingTable: Sendable {
  private let subBandCount: Int
  private let cellCount: Int
  private let gains: [Double]

  /// Draws the fading of all pairs.
  init(userCount: Int, cellCount: Int, subBandCount: Int, correlation: Double, seed: Int) {
    self.subBandCount = subBandCount
    self.cellCount = cellCount
    let key = Philox.key(seed: UInt64(bitPattern: Int64(seed)), component: "sub-band.fading")
    let fresh = (1 - correlation * correlation).squareRoot()
    var gains: [Double] = []
    var normals = Array(repeating: 0.0, count: 2 * subBandCount)
    for pair in 0..<(userCount * cellCount) {
      normals.withUnsafeMutableBufferPointer {
        RandomFill.normal(key: key, step: UInt64(pair), index: 0, $0)
      }
      var (re, im) = (normals[0], normals[1])
      gains.append(0.5 * (re * re + im * im))
      for band in 1..<max(1, subBandCount) where band < subBandCount {
        re = correlation * re + fresh * normals[2 * band]
        im = correlation * im + fresh * normals[2 * band + 1]
        gains.append(0.5 * (re * re + im * im))
      }
    }
    self.gains = gains
  }

  /// |h|² of a user, a sending cell and a sub-band.
  func gain(user: Int, cell: Int = 0, subBand: Int) -> Double {
    gains[(user * cellCount + cell) * subBandCount + subBand]
  }
}
