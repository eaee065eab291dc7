#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How unlikely errors of forecasts are, given those before.
///
/// With e(t) = |x(t) − x̂(t)| and its mean of late ē ← 0.98 ē + 0.02 e, a point scores tanh(max(z, 0)/4), z being the distance of ē
/// from its mean so far in its deviations; and where r = e/m is above 1, m ← max(0.998 m, e) before it, r is added: no error of
/// late was as large. Nothing is used before its time.
///
/// The two constants were chosen on the 23 series of NAB that are not among the 35, with the last value as forecast.
enum ForecastScores {
  /// Errors of less are taken for this much, so that a perfect forecast is not a division by 0.
  private static let floor = 0.01
  /// Points before a mean means something.
  private static let settling = 100.0

  /// Scores of the points of one series.
  ///
  /// - Parameters:
  ///   - forecasts: [T]; the forecast of a point is that made at the point before.
  ///   - values: [T].
  /// - Returns: [T], 0 for the first point.
  static func scores(forecasts: [Double], values: [Double]) -> [Double] {
    var (recent, largest) = (0.0, floor)
    var (count, sum, squares) = (0.0, 0.0, 0.0)
    return values.indices.map { t in
      let error = t == 0 ? 0 : abs(values[t] - forecasts[t - 1])
      recent = 0.98 * recent + 0.02 * error
      var deviation = 0.0
      if count > settling {
        let mean = sum / count
        deviation =
          (recent - mean) / (max(squares / count - mean * mean, 0).squareRoot() + floor)
      }
      count += 1
      sum += recent
      squares += recent * recent
      let record = error / largest
      largest = max(0.998 * largest, error, floor)
      return tanh(max(deviation, 0) / 4) + (record > 1 ? record : 0)
    }
  }
}
