package import QHostInterfaces

/// Says that classes are drawn again when the error rate is three deviations above its least value.
///
/// With p the part of errors of n rows and s = √(p(1 − p)/n), a drift is where p + s ≥ p_min + 3 s_min, and rows of the new
/// concept begin where p + s ≥ p_min + 2 s_min; p_min and s_min are those of the least p + s. Not before 30 rows.
///
/// Source: J. Gama, P. Medas, G. Castillo, P. Rodrigues, *Learning with drift detection*, SBIA 2004, section 3.1.
package struct DDM: DriftDetector {
  private static let leastCount = 30

  private var count = 0
  private var rate = 0.0
  private var leastRate = Double.infinity
  private var leastDeviation = Double.infinity
  /// Rows since the warning level was passed.
  private var warned = 0

  /// Has seen nothing.
  package init() {}

  package mutating func add(_ error: Double) -> Int? {
    count += 1
    rate += (error - rate) / Double(count)
    let deviation = max(0, rate * (1 - rate) / Double(count)).squareRoot()
    guard count >= Self.leastCount else { return nil }
    if rate + deviation < leastRate + leastDeviation {
      (leastRate, leastDeviation) = (rate, deviation)
    }
    let excess = rate + deviation - leastRate
    warned = excess >= 2 * leastDeviation && deviation > 0 ? warned + 1 : 0
    guard excess >= 3 * leastDeviation, deviation > 0 else { return nil }
    let rows = warned
    self = DDM()
    return max(1, rows)
  }

  package func save(_ writer: inout StateWriter) {
    writer.write([rate, leastRate, leastDeviation])
    writer.write([count, warned])
  }

  package mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    let reals = try reader.readReals(count: 3)
    let counts = try reader.readIntegers(count: 2)
    (rate, leastRate, leastDeviation) = (reals[0], reals[1], reals[2])
    (count, warned) = (counts[0], counts[1])
  }
}
