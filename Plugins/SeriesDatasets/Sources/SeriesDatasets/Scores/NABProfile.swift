/// What the Numenta Anomaly Benchmark pays for detections.
///
/// Source: A. Lavin, S. Ahmad, *Evaluating real-time anomaly detection algorithms: the Numenta Anomaly Benchmark*, ICMLA
/// 2015; the weights are those of the benchmark's `config/profiles.json`.
public struct NABProfile: Sendable {
  /// The end of the metric's name.
  public let name: String
  /// For an anomaly found at the beginning of its window.
  public let truePositive: Double
  /// For an anomaly not found.
  public let falseNegative: Double
  /// For a detection far from all windows.
  public let falsePositive: Double

  /// The three of the benchmark.
  public static let all = [
    NABProfile(name: "standard", truePositive: 1, falseNegative: 1, falsePositive: 0.11),
    NABProfile(name: "low_fp", truePositive: 1, falseNegative: 1, falsePositive: 0.22),
    NABProfile(name: "low_fn", truePositive: 1, falseNegative: 2, falsePositive: 0.11),
  ]
}
