public import QHostInterfaces

/// Scores that are random numbers: what any detector must beat, and what measures must be seen beside.
public final class RandomDetector: DetectorModel {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "random-detector",
    summary: "Random anomaly scores: the row that shows what a measure is worth.",
    source:
      "S. Kim et al., Towards a rigorous evaluation of time-series anomaly detection, AAAI 2022.")

  /// What makes its detectors.
  public let source: DetectorSource

  /// Makes an instance; the seed of the run picks the numbers.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let host = request.host
    source = try DetectorSource(mapping, multiplyAdds: 10) { number in
      Scores(stream: RandomStream(host: host, index: UInt64(number)))
    }
  }

  private struct Scores: OnlineDetector {
    var stream: RandomStream

    mutating func score(_ value: Double) -> Double { stream.uniform() }
  }
}
