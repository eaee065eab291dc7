/// The plain version of a learned activation: values at knots, linear between them.
///
/// K knots lie equally far apart from −range to range; beyond them the value is that of the outermost.
public struct PlainTable: Sendable {
  /// The values, [K], at least two.
  public var knots: [Double]
  /// Where the last knot is.
  public var range: Double

  /// Makes a table.
  public init(knots: [Double], range: Double) {
    precondition(knots.count >= 2, "\(knots.count) knots are fewer than 2")
    self.knots = knots
    self.range = range
  }

  /// The value at z.
  public func value(_ z: Double) -> Double {
    guard !z.isNaN else { return z }
    return knots.indices.reduce(0) { $0 + share(of: $1, z) * knots[$1] }
  }

  /// The slope at z; 0 beyond the knots.
  public func slope(_ z: Double) -> Double {
    guard abs(z) < range else { return 0 }
    let below = min(Int(place(z)), knots.count - 2)
    return (knots[below + 1] - knots[below]) * scale
  }

  /// The slope of the value at z by a knot: 1 there, 0 from its neighbours on.
  public func share(of knot: Int, _ z: Double) -> Double {
    max(0, 1 - abs(place(z) - Double(knot)))
  }

  private var scale: Double { Double(knots.count - 1) / (2 * range) }

  private func place(_ z: Double) -> Double {
    min(max((z + range) * scale, 0), Double(knots.count - 1))
  }
}
