public import QHostInterfaces
internal import Synchronization

/// A network of particles in double wells, which excite and inhibit each other; outputs are activities.
///
///     S = ∫ dτ Σ ½ φ̇ᵢ² + Λ/4 (φᵢ² − 1)² + Σ ε φⱼ² (φᵢ² − 1)² + Σ ε (φᵢ² − 1)⁴ (φⱼ² − 1)⁴
///
/// Paths are drawn from exp(−S) by Monte Carlo: a row's activities are random draws, the same for the same key and draw.
/// Parameters are the circuit's named couplings; a circuit without any has one, by which all couplings are multiplied.
///
/// Source: V. I. Dorozhinsky, O. V. Pavlovsky, *Artificial Quantum Neural Network*, arXiv 1806.09664.
public final class QuantumNeurons: ModelComponent, StochasticModel, CompanionNaming {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "quantum-neurons",
    summary:
      "Quantum particles in double wells that excite and inhibit each other, by path integrals.",
    source: "Dorozhinsky, Pavlovsky, Artificial Quantum Neural Network, arXiv 1806.09664",
    parameters: NeuronSettings.parameters)

  /// A circuit's truth table, measured as the circuit is.
  public static let companions = Companions(
    dataset: TruthTable.descriptor.name, optimizer: "sa", evaluationLimit: 1,
    shared: ["circuit"])

  /// What it is.
  public let modelDescription: ModelDescription
  let settings: NeuronSettings
  let readout: Readout
  let host: any HostServices
  /// Whether the user has been told that a row had no answer.
  private let hasWarned = Atomic<Bool>(false)

  /// Makes the circuit, and finds the vacuum of its wells.
  ///
  /// - Throws: kind `data` for a circuit that cannot be; `parameter` for one that does not fit the dataset.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    settings = try NeuronSettings(request.configuration)
    host = request.host
    let graph = settings.graph
    guard mapping.input.count == graph.freeInputs.count,
      mapping.output.count == graph.outputs.count
    else {
      let hasTable = Circuit.named(settings.circuitName)?.table != nil
      throw .parameter(
        "circuit \(settings.circuitName) has \(graph.freeInputs.count) inputs and \(graph.outputs.count) outputs, "
          + "and the dataset has \(mapping.input.count) and \(mapping.output.count); use "
          + (hasTable
            ? "--dataset truth-table --set dataset.circuit=\(settings.circuitName)"
            : "a dataset of that shape"))
    }
    readout = try Readout(settings)
    modelDescription = Self.description(settings)
  }

  private static func description(_ settings: NeuronSettings) -> ModelDescription {
    let strengths = settings.graph.strengths
    let sites = settings.graph.neurons.count * settings.graph.well.sliceCount
    let sweeps = settings.schedule.thermalisation + settings.schedule.sweepCount
    let moves = settings.schedule.chainCount * sweeps * sites
    var description = ModelDescription(
      parameterCount: max(1, strengths.count),
      multiplyAdds: settings.isClassical ? settings.graph.couplings.count : 40 * moves)
    description.isStochastic = !settings.isClassical
    description.hasGradient = settings.isClassical
    description.lower = strengths.isEmpty ? [0] : strengths.map(\.lower)
    description.upper = strengths.isEmpty ? [4] : strengths.map(\.upper)
    description.scales =
      strengths.isEmpty ? [0.25] : strengths.map { ($0.upper - $0.lower) / 4 }
    description.blocks = [
      ParameterBlock(
        name: "couplings", shape: Shape([description.parameterCount]), offset: 0)
    ]
    return description
  }

  /// The circuit's couplings at start 0, unless they are to be random; else anywhere within the bounds.
  public func initialParameters(start: UInt64) -> [Double] {
    let strengths = settings.graph.strengths
    if start == 0, !settings.startsAtRandom {
      return strengths.isEmpty ? [1] : strengths.map(\.start)
    }
    let (lower, upper) = (modelDescription.lower, modelDescription.upper)
    let places = host.uniforms(step: start, index: 0, count: lower.count)
    return lower.indices.map { lower[$0] + places[$0] * (upper[$0] - lower[$0]) }
  }

  /// Tells the user of the first row without an answer; those after it are counted by the host.
  func warn(_ error: ComponentError) {
    guard hasWarned.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged
    else { return }
    host.log(.warning, "\(error.message); such points have no loss")
  }

  /// A session with no rows yet.
  public func makeSession() -> any ModelSession {
    settings.isClassical ? ClassicalSession(self) : PathSession(self)
  }
}
