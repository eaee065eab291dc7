internal import Foundation

/// Shadowing of users at places by sites: normal in dB, with correlations in space and between sites.
///
/// Of one site, places at distance d have correlation e^(-d/D). Two sites share the part ρ of the variance (0.5 in TR 36.814 for
/// sites, 1 for the sectors of one; the figures are from memory of the report). Exact: a factor of the places' correlation
/// matrix.
public struct Shadowing: Sendable {
  private let placeCount: Int
  private let factor: [Double]
  private let deviation: Double
  private let shared: Double

  /// Prepares the field of some places.
  ///
  /// - Parameters:
  ///   - places: in m, n of them.
  ///   - correlationDistance: D in m, above 0.
  ///   - deviation: σ in dB.
  ///   - siteCorrelation: ρ, 0 to 1.
  ///
  /// Complexity: n³/6 multiplications.
  public init(
    places: [Point], correlationDistance: Double, deviation: Double, siteCorrelation: Double = 0.5
  ) {
    precondition(correlationDistance > 0, "a correlation distance of \(correlationDistance) m")
    precondition((0...1).contains(siteCorrelation), "a correlation of \(siteCorrelation)")
    placeCount = places.count
    self.deviation = deviation
    shared = siteCorrelation
    var rows = Array(repeating: 0.0, count: placeCount * placeCount)
    for i in places.indices {
      for j in 0...i {
        var sum = exp(-places[i].distance(to: places[j]) / correlationDistance)
        for k in 0..<j { sum -= rows[i * placeCount + k] * rows[j * placeCount + k] }
        if i == j {
          // Places that coincide have nothing of their own.
          rows[i * placeCount + i] = max(sum, 0).squareRoot()
        } else {
          let pivot = rows[j * placeCount + j]
          rows[i * placeCount + j] = pivot > 1e-9 ? sum / pivot : 0
        }
      }
    }
    factor = rows
  }

  /// Shadowing at all places, of all sites.
  ///
  /// - Parameters:
  ///   - siteCount: sites, at least 0.
  ///   - normals: standard normal numbers, [(siteCount + 1) × n]; all sites share the first n.
  /// - Returns: dB, [siteCount × n].
  public func values(siteCount: Int, normals: [Double]) -> [Double] {
    precondition(
      normals.count == (siteCount + 1) * placeCount,
      "\(normals.count) numbers instead of \((siteCount + 1) * placeCount)")
    let common = correlated(normals[..<placeCount])
    var result: [Double] = []
    result.reserveCapacity(siteCount * placeCount)
    for site in 1...max(1, siteCount) where site <= siteCount {
      let own = correlated(normals[(site * placeCount)..<((site + 1) * placeCount)])
      for (a, b) in zip(common, own) {
        result.append(deviation * (shared.squareRoot() * a + (1 - shared).squareRoot() * b))
      }
    }
    return result
  }

  private func correlated(_ normals: ArraySlice<Double>) -> [Double] {
    (0..<placeCount).map { i in
      (0...i).reduce(0) { $0 + factor[i * placeCount + $1] * normals[normals.startIndex + $1] }
    }
  }
}
