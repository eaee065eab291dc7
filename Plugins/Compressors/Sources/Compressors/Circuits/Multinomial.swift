package import QHostInterfaces

/// Shots: how often each outcome is seen in so many measurements.
///
/// Outcomes are looked up in an alias table. Source: Walker, *An efficient method for generating discrete random variables
/// with general distributions*, ACM Trans. Math. Softw. 3 (1977) 253; the table as in Vose, IEEE Trans. Softw. Eng. 17
/// (1991) 972.
package struct Multinomial: Sendable {
  private var thresholds: [Double]
  private var aliases: [Int]

  /// Makes the table of p [D], which need not add up to 1 and is not below 0.
  package init(_ p: UnsafeBufferPointer<Double>) {
    let total = p.reduce(0, +)
    thresholds = p.map { total > 0 ? $0 * Double(p.count) / total : 1 }
    aliases = Array(p.indices)
    var (small, large): ([Int], [Int]) = ([], [])
    for place in thresholds.indices {
      if thresholds[place] < 1 { small.append(place) } else { large.append(place) }
    }
    while let less = small.last, let more = large.last {
      small.removeLast()
      aliases[less] = more
      thresholds[more] -= 1 - thresholds[less]
      guard thresholds[more] < 1 else { continue }
      large.removeLast()
      small.append(more)
    }
    // What is left is 1 but for rounding.
    for place in small + large { thresholds[place] = 1 }
  }

  /// The outcome of a uniform value in [0, 1).
  package func outcome(_ u: Double) -> Int {
    let scaled = u * Double(thresholds.count)
    let place = min(Int(scaled), thresholds.count - 1)
    return scaled - Double(place) < thresholds[place] ? place : aliases[place]
  }

  /// Writes how often each outcome is seen, as a part of all.
  ///
  /// - Parameters:
  ///   - shots: at least 1.
  ///   - host: draws them.
  ///   - step: of the host's stream.
  ///   - index: of the host's stream.
  ///   - p: [D], overwritten.
  package func sample(
    shots: Int, host: any HostServices, step: UInt64, index: UInt64,
    into p: UnsafeMutableBufferPointer<Double>
  ) {
    p.update(repeating: 0)
    host.uniforms(step: step, index: index, count: shots).forEach { p[outcome($0)] += 1 }
    for place in p.indices { p[place] /= Double(shots) }
  }
}
