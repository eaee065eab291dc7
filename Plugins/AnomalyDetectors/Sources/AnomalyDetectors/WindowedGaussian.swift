public import QHostInterfaces

/// Distance from the mean of the last values in their deviations.
///
/// The first `window` values are all kept, then the window moves on by `step` values at once.
///
/// Source: `windowedGaussian_detector.py` of numenta/NAB at ea702d7, with its settings.
///
/// *Deviation*: the score is |z| in place of 1 − Q(|z|), which orders points alike and does not saturate at 1.
public final class WindowedGaussian: DetectorModel {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "windowed-gaussian",
    summary: "Anomaly score: distance from the mean of the last values, in their deviations.",
    source: "numenta/NAB, nab/detectors/gaussian, 2015.",
    parameters: [
      .integer("window", default: 6400, in: 2...1_000_000, "Values of the window."),
      .integer("step", default: 100, in: 1...1_000_000, "By how many it moves on; at most window."),
    ])

  /// What makes its detectors.
  public let source: DetectorSource

  /// Makes an instance.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let window = request.configuration.integer("window")
    let step = request.configuration.integer("step")
    guard step <= window else {
      throw .parameter(
        "step \(step) is larger than window \(window); set step to at most the window")
    }
    source = try DetectorSource(mapping, multiplyAdds: 10) { _ in
      Window(size: window, step: step)
    }
  }

  private struct Window: OnlineDetector {
    let size: Int
    let step: Int
    var values: [Double] = []
    var pending: [Double] = []
    /// Mean and sum of squared deviations of `values` (Welford).
    var mean = 0.0
    var squares = 0.0

    init(size: Int, step: Int) {
      self.size = size
      self.step = step
    }

    mutating func score(_ value: Double) -> Double {
      let deviation =
        values.isEmpty ? 1 : (squares / Double(values.count)).squareRoot()
      let score = values.isEmpty ? 0 : abs(value - mean) / max(deviation, 1e-6)
      if values.count < size {
        append(value)
      } else {
        pending.append(value)
        if pending.count == step { moveOn() }
      }
      return score
    }

    private mutating func append(_ value: Double) {
      values.append(value)
      let distance = value - mean
      mean += distance / Double(values.count)
      squares += distance * (value - mean)
    }

    private mutating func moveOn() {
      let kept = Array(values.dropFirst(step)) + pending
      pending.removeAll(keepingCapacity: true)
      values.removeAll(keepingCapacity: true)
      (mean, squares) = (0, 0)
      for value in kept { append(value) }
    }
  }
}
