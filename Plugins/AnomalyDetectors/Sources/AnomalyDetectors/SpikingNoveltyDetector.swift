public import QHostInterfaces

/// How far the spike trains of late are from all that were there before, at several time constants.
///
/// A population of leaky integrate-and-fire neurons is driven by the value. Its last spikes are compared with all that it had before, and less the
/// longer ago they were, with each time constant τ: d_τ = √D is the distance from the nearest ones (`SpikeHistory`). Nothing is trained and no label
/// is needed. How distances become a score is `NoveltyScore`'s, as for windows of values.
///
/// Source: distances of spike trains after M. C. W. van Rossum, *A novel spike distance*, Neural Computation 13, 2001.
///
/// *Deviations*: trains are compared by their counts within the K steps of a value, where van Rossum's filter goes through each spike; what is
/// filtered is the squared difference. Neurons that store what is new (P. S. Maciąg et al., Neural Networks 139, 2021) keep some
/// patterns; here every value of the last `history` ones is kept.
///
/// Complexity: a point takes time and memory in proportion to the values kept, and to neurons plus time constants.
public final class SpikingNoveltyDetector: DetectorModel {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "spiking-novelty",
    summary: "Anomaly score: distance of spiking neurons' trains from all that they had before.",
    source: "M. C. W. van Rossum, A novel spike distance, Neural Computation 13, 2001.",
    parameters: [
      .integer("neurons", default: 96, in: 1...10_000, "N, neurons that the value drives."),
      .integer("steps", default: 16, in: 1...255, "K, steps for which a value is shown."),
      .reals(
        "time_constants", default: [0, 16, 64, 128], in: 0...10_000,
        "τ of the distances, rising, in values; 0: of the last value alone."),
      .integer(
        "history", default: 30_000, in: 1...1_000_000,
        "Values whose spikes are kept at most; above all τ."),
      .real(
        "memory", default: 0.998, in: 0...1, "λ, how slowly the largest distance is forgotten."),
    ])

  /// What makes its detectors.
  public let source: DetectorSource

  /// Makes an instance; the seed of the run picks the neurons.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let configuration = request.configuration
    let neuronCount = configuration.integer("neurons")
    let stepCount = configuration.integer("steps")
    let timeConstants = configuration.reals("time_constants")
    let capacity = configuration.integer("history")
    try NoveltyScore.check(timeConstants, named: "time_constants")
    if let longest = timeConstants.last, Double(capacity) <= longest {
      throw .parameter(
        "history \(capacity) is not above the longest of time_constants, \(longest), so that nothing "
          + "would be compared; raise it, or leave that one out")
    }
    var random = RandomStream(host: request.host)
    let population = SpikingPopulation(
      count: neuronCount, stepCount: stepCount, random: &random)
    let history = SpikeHistory(
      timeConstants: timeConstants, neuronCount: neuronCount, stepCount: stepCount,
      capacity: capacity)
    let novelty = NoveltyScore(
      scaleCount: timeConstants.count, memory: configuration.real("memory"))
    source = try DetectorSource(
      mapping, multiplyAdds: (neuronCount + timeConstants.count) * min(capacity, 10_000)
    ) { _ in
      Trains(population: population, history: history, novelty: novelty)
    }
  }

  private struct Trains: OnlineDetector {
    var population: SpikingPopulation
    var history: SpikeHistory
    var novelty: NoveltyScore

    mutating func score(_ value: Double) -> Double {
      population.show(value)
      return novelty.score(history.distances(population.spikes))
    }
  }
}
