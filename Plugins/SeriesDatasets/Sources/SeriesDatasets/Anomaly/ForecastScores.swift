#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How unlikely errors of forecasts are, given those before.
enum ForecastScores {
  /// Scores of points from forecasts of them, made a step before: placeholder.
  static func scores(forecasts: [Double], values: [Double]) -> [Double] {
    values.indices.map { $0 == 0 ? 0 : abs(values[$0] - forecasts[$0 - 1]) }
  }
}
