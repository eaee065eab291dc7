#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
public import QHostInterfaces

/// How far the spike trains of late are from all that were there before, at several time constants.
///
/// A population of leaky integrate-and-fire neurons is driven by the value, and its spikes are filtered with each time constant τ. d_τ is the distance
/// of the filtered spikes from the nearest stored ones; those that are new are stored at once, without labels or gradients. With r_τ = d_τ/m_τ, m_τ ←
/// max(λ m_τ, d_τ, 0.01) and z_τ = (d_τ − mean so far)/(deviation so far + 0.01), a point scores tanh(max(z, 0)) for the mean z of all τ, and
/// where the mean r is above 1, that is added: nothing of late was as new.
///
/// Source: neurons that are recruited for what is new are those of P. S. Maciąg, M. Kryszkiewicz, R. Bembenik, J. L. Lobo, J. Del Ser, *Unsupervised
/// anomaly detection in stream data with online evolving spiking neural networks*, Neural Networks 139, 2021.
///
/// *Deviations*: codes are rates, not orders of spikes; patterns are compared by distance, and are not merged; nothing is foretold.
///
/// Complexity: a point takes time in proportion to patterns, neurons and time constants, however long the series.
public final class SpikingNoveltyDetector: DetectorModel {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "spiking-novelty",
    summary: "Anomaly score: distance of spiking neurons' traces from all that are stored.",
    source: "P. S. Maciąg et al., Neural Networks 139, 2021.",
    parameters: [
      .integer("neurons", default: 48, in: 1...10_000, "N, neurons that the value drives."),
      .integer("steps", default: 16, in: 1...1000, "K, steps for which a value is shown."),
      .reals(
        "time_constants", default: [1, 10, 100], in: 0.1...10_000,
        "τ of the traces, in values."),
      .integer("patterns", default: 500, in: 1...100_000, "Patterns that each τ stores at most."),
      .real(
        "recruiting", default: 0.01, in: 0...1, "The distance from which a pattern is stored."),
      .real(
        "memory", default: 0.995, in: 0...1, "λ, how slowly the largest distance is forgotten."),
    ])

  /// What makes its detectors.
  public let source: DetectorSource

  /// Makes an instance; the seed of the run picks the neurons.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let configuration = request.configuration
    let neuronCount = configuration.integer("neurons")
    let timeConstants = configuration.reals("time_constants")
    let capacity = configuration.integer("patterns")
    guard !timeConstants.isEmpty else {
      throw .parameter("time_constants is empty; give at least one")
    }
    var random = RandomStream(host: request.host)
    let population = SpikingPopulation(
      count: neuronCount, stepCount: configuration.integer("steps"), random: &random)
    let memories = timeConstants.map {
      SpikeTraceMemory(
        timeConstant: $0, neuronCount: neuronCount, capacity: capacity,
        threshold: configuration.real("recruiting"))
    }
    let memory = configuration.real("memory")
    source = try DetectorSource(
      mapping, multiplyAdds: neuronCount * timeConstants.count * capacity
    ) { _ in
      Traces(population: population, memories: memories, memory: memory)
    }
  }

  private struct Traces: OnlineDetector {
    var population: SpikingPopulation
    var memories: [SpikeTraceMemory]
    let memory: Double
    /// m of each τ.
    var largest: [Double]
    var moments: [RunningMoments]

    init(population: SpikingPopulation, memories: [SpikeTraceMemory], memory: Double) {
      self.population = population
      self.memories = memories
      self.memory = memory
      largest = [Double](repeating: SpikingNoveltyDetector.floor, count: memories.count)
      moments = [RunningMoments](repeating: RunningMoments(), count: memories.count)
    }

    mutating func score(_ value: Double) -> Double {
      population.show(value)
      var (record, deviation) = (0.0, 0.0)
      let share = 1 / Double(memories.count)
      for place in memories.indices {
        let novelty = memories[place].novelty(population.rates)
        record += share * novelty / largest[place]
        largest[place] = max(largest[place] * memory, novelty, SpikingNoveltyDetector.floor)
        deviation += share * moments[place].deviation(of: novelty)
      }
      return tanh(max(deviation, 0)) + (record > 1 ? record : 0)
    }
  }

  /// Distances of less are taken for this much, so that what is repeated exactly is not a division by 0.
  fileprivate static let floor = 0.01
  /// Points before a mean means something.
  fileprivate static let settling = 100.0
}

/// Mean and deviation of numbers so far.
private struct RunningMoments {
  private var count = 0.0
  private var sum = 0.0
  private var squares = 0.0

  /// How far a number is from the mean of those before, in their deviations; 0 for the first ones.
  ///
  /// The number is one of them from then on.
  mutating func deviation(of number: Double) -> Double {
    defer {
      count += 1
      sum += number
      squares += number * number
    }
    guard count > SpikingNoveltyDetector.settling else { return 0 }
    let mean = sum / count
    let variance = max(squares / count - mean * mean, 0)
    return (number - mean) / (variance.squareRoot() + SpikingNoveltyDetector.floor)
  }
}
