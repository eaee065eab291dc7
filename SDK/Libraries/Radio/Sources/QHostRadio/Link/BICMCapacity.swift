internal import Foundation

/// What bit-interleaved coded modulation can carry with Gray labels over additive noise.
///
/// A square constellation of 2^Q points is two amplitudes of 2^(Q/2) levels each, with
/// C = 2 Σ_b (1 - E log₂(Σ_x p(y|x) / Σ_{x: bit b as sent} p(y|x))); the mean over noise by Gauss-Hermite quadrature.
/// Source: Caire, Taricco, Biglieri, *Bit-interleaved coded modulation*, IEEE Trans. IT 44, 1998.
public struct BICMCapacity: Sendable {
  /// Q: 2, 4, 6 or 8 bits of a symbol.
  public let bitsPerSymbol: Int
  private let values: [Double]
  private let slopes: [Double]

  private static let lowest = -30.0
  private static let highest = 50.0
  private static let step = 0.125

  private static let curves = [2, 4, 6, 8].map(BICMCapacity.init(bits:))

  /// The curve of Q bits, tabulated every 0.125 dB from -30 to 50 dB with cubics between; within 10⁻⁶ bits of ``exact(bitsPerSymbol:snr:)``.
  public static func curve(bitsPerSymbol: Int) -> BICMCapacity {
    precondition([2, 4, 6, 8].contains(bitsPerSymbol), "\(bitsPerSymbol) bits of a symbol")
    return curves[bitsPerSymbol / 2 - 1]
  }

  private init(bits: Int) {
    bitsPerSymbol = bits
    let count = Int((Self.highest - Self.lowest) / Self.step) + 1
    let values = (0..<count).map {
      Self.exact(bitsPerSymbol: bits, snr: Self.lowest + Double($0) * Self.step)
    }
    self.values = values
    slopes = values.indices.map { i in
      let (before, after) = (max(0, i - 1), min(count - 1, i + 1))
      return (values[after] - values[before]) / Double(after - before)
    }
  }

  /// Bits of a symbol at a signal-to-noise ratio in dB; below -30 dB in proportion to the ratio.
  public func capacity(snr: Double) -> Double {
    if snr <= Self.lowest { return values[0] * Decibel.linear(snr - Self.lowest) }
    if snr >= Self.highest { return values[values.count - 1] }
    let place = (snr - Self.lowest) / Self.step
    let index = min(Int(place), values.count - 2)
    let t = place - Double(index)
    let (a, b) = (values[index], values[index + 1])
    let (p, q) = (slopes[index], slopes[index + 1])
    let rise = b - a
    return a + t * (p + t * (3 * rise - 2 * p - q + t * (p + q - 2 * rise)))
  }

  /// The signal-to-noise ratio in dB at which a symbol carries `capacity` bits.
  ///
  /// - Parameter capacity: in bits, above 0; at Q or more the answer is 50 dB, where the table ends.
  /// - Returns: the ratio in dB.
  public func snr(capacity: Double) -> Double {
    precondition(capacity > 0, "a capacity of \(capacity) bits")
    if capacity <= values[0] { return Self.lowest + Decibel.of(capacity / values[0]) }
    var (low, high) = (Self.lowest, Self.highest)
    for _ in 0..<50 {
      let middle = 0.5 * (low + high)
      if self.capacity(snr: middle) < capacity { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  private static let quadrature = HermiteQuadrature(count: 48)

  /// The same by quadrature.
  ///
  /// - Parameters:
  ///   - bitsPerSymbol: 2, 4, 6 or 8.
  ///   - snr: E_s/N₀ in dB.
  /// - Returns: bits of a symbol.
  public static func exact(bitsPerSymbol: Int, snr: Double) -> Double {
    let bits = bitsPerSymbol / 2
    let levelCount = 1 << bits
    let raw = (0..<levelCount).map { Double(2 * $0 - levelCount + 1) }
    let energy = raw.reduce(0) { $0 + $1 * $1 } / Double(levelCount)
    let levels = raw.map { $0 / (2 * energy).squareRoot() }
    let labels = (0..<levelCount).map { $0 ^ ($0 >> 1) }
    let noise = Decibel.linear(-snr)
    let scale = noise.squareRoot()
    var loss = 0.0
    var likelihoods = Array(repeating: 0.0, count: levelCount)
    for sent in 0..<levelCount {
      for (node, weight) in zip(quadrature.nodes, quadrature.weights) {
        let received = levels[sent] + scale * node
        // Relative to the sent level's, which would vanish far out: x^2 is taken off.
        var total = 0.0
        for (i, level) in levels.enumerated() {
          let distance = received - level
          likelihoods[i] = exp(node * node - distance * distance / noise)
          total += likelihoods[i]
        }
        for bit in 0..<bits {
          var same = 0.0
          for i in 0..<levelCount where (labels[i] ^ labels[sent]) >> bit & 1 == 0 {
            same += likelihoods[i]
          }
          loss += weight * log2(total / same)
        }
      }
    }
    return 2 * (Double(bits) - loss / (Double(levelCount) * Double.pi.squareRoot()))
  }
}
