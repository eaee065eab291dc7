public import QHostInterfaces

/// How far the last values are from everything that was there before, at several widths.
///
/// For each width w, d_w(t) is the distance per value, √(1/w Σ (x − x′)²), of the last w values from the nearest w values that
/// ended w steps ago or before. How distances become a score is `NoveltyScore`'s.
///
/// Source: distances to the nearest window before are the left matrix profile of C.-C. M. Yeh et al., *Matrix profile I*, ICDM 2016, and
/// Y. Lu et al., *Matrix profile XXIV*, KDD 2022, here of values as they are, not of windows of deviation 1. How they are put
/// together is our own: widths and λ were chosen on those 23 series of NAB that are not among the 35.
///
/// Complexity: a point takes time and memory in proportion to those before it and the number of widths.
public final class NoveltyDetector: DetectorModel {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "novelty",
    summary:
      "Anomaly score: distance of the last values from all windows before, at several widths.",
    source: "C.-C. M. Yeh et al., Matrix profile I, ICDM 2016; Y. Lu et al., KDD 2022.",
    parameters: [
      .integers(
        "widths", default: [2, 8, 32, 128], in: 1...10_000, "Values of the windows, rising."),
      .real(
        "memory", default: 0.998, in: 0...1, "λ, how slowly the largest distance is forgotten."),
    ])

  /// What makes its detectors.
  public let source: DetectorSource

  /// Makes an instance.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let widths = request.configuration.integers("widths")
    let memory = request.configuration.real("memory")
    try NoveltyScore.check(widths, named: "widths")
    source = try DetectorSource(mapping, multiplyAdds: 10_000 * widths.count) {
      _ in Novelty(widths: widths, memory: memory)
    }
  }

  private struct Novelty: OnlineDetector {
    var values: [Double] = []
    var nearest: [NearestWindow]
    var novelty: NoveltyScore

    init(widths: [Int], memory: Double) {
      nearest = widths.map(NearestWindow.init)
      novelty = NoveltyScore(scaleCount: widths.count, memory: memory)
    }

    mutating func score(_ value: Double) -> Double {
      values.append(value)
      return novelty.score(nearest.indices.map { nearest[$0].distance(values) })
    }
  }
}
