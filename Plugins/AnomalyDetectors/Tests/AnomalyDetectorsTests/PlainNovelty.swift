import Foundation

/// The score of distances, by its definition: means over all numbers so far, taken again each time.
enum PlainNovelty {
  /// Scores the points of a series.
  ///
  /// - Parameters:
  ///   - distances: of each point at each scale.
  ///   - memory: λ.
  /// - Returns: score and r of each point.
  static func scores(
    _ distances: [[Double]], memory: Double
  ) -> [(score: Double, record: Double)] {
    let scales = distances[0].indices
    let ranked = scales.count > 1 ? Array(scales.dropFirst()) : Array(scales)
    var largest = scales.map { _ in 0.01 }
    return distances.enumerated().map { time, now in
      let record = mean(scales.map { now[$0] / largest[$0] })
      for scale in scales { largest[scale] = max(memory * largest[scale], now[scale], 0.01) }
      let deviations = ranked.map { scale in
        guard time > 100 else { return 0.0 }
        let before = distances[..<time].map { $0[scale] * $0[scale] }
        let middle = mean(before)
        let variance = mean(before.map { ($0 - middle) * ($0 - middle) })
        return (now[scale] * now[scale] - middle) / (variance.squareRoot() + 0.01)
      }
      return (1 / (1 + exp(-mean(deviations))) + (record > 1 ? record : 0), record)
    }
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }
}
