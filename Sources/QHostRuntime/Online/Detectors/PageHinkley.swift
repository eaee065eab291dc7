package import QHostInterfaces

/// Says that the mean error has risen when Σ (xᵢ − mean so far − δ) is λ above its least value.
///
/// δ = 0.005 and λ = 50, both of the unit of errors; the first 30 rows only make the mean.
///
/// Source: E. S. Page, *Continuous inspection schemes*, Biometrika 41 (1954); with a mean that is estimated on the way, as in J. Gama,
/// R. Sebastião, P. Rodrigues, Machine Learning 90 (2013), section 5.1.
package struct PageHinkley: DriftDetector {
  private static let tolerance = 0.005
  private static let threshold = 50.0
  private static let leastCount = 30

  private let scale: Double
  private var count = 0
  private var mean = 0.0
  private var sum = 0.0
  private var least = 0.0
  /// Errors since the sum was least.
  private var sinceLeast = 0

  /// Has seen nothing.
  ///
  /// - Parameter scale: the unit of errors.
  package init(scale: Double = 1) { self.scale = scale }

  package mutating func add(_ error: Double) -> Int? {
    count += 1
    mean += (error - mean) / Double(count)
    guard count > Self.leastCount else { return nil }
    sum += (error - mean) / scale - Self.tolerance
    sinceLeast += 1
    if sum <= least { (least, sinceLeast) = (sum, 0) }
    guard sum - least > Self.threshold else { return nil }
    let rows = max(1, sinceLeast)
    self = PageHinkley(scale: scale)
    return rows
  }

  package func save(_ writer: inout StateWriter) {
    writer.write([mean, sum, least])
    writer.write([count, sinceLeast])
  }

  package mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    let reals = try reader.readReals(count: 3)
    let counts = try reader.readIntegers(count: 2)
    (mean, sum, least) = (reals[0], reals[1], reals[2])
    (count, sinceLeast) = (counts[0], counts[1])
  }
}
