public import QHostInterfaces

/// A chain of quantum spins, as the scenario whose loss is the energy of a spin that a model puts out.
///
/// The one row of each split is the chain itself: for each spin its couplings z and x to the next one, and its field h. A
/// model of the ground state, such as `rbm`, takes the row and puts out the energy of its state divided by the number of
/// spins. Splits differ by their keys, and so by the random numbers of models that sample.
///
/// Source: G. Carleo, M. Troyer, Science 355 (2017) 602.
public final class SpinChain: DatasetComponent, DifferentiableScenario {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "spin-chain",
    summary: "Transverse-field Ising and Heisenberg chains, whose ground state a model is to find.",
    source: "G. Carleo, M. Troyer, Science 355 (2017) 602; P. Pfeuty, Ann. Phys. 57 (1970) 79",
    parameters: ChainSettings.parameters)

  /// What it holds.
  public let datasetDescription: DatasetDescription
  /// The chain.
  public let hamiltonian: SpinHamiltonian
  /// The lowest energy of the whole chain; `nil`: it is not known.
  public let groundEnergy: Double?
  private let bounds: ClosedRange<Double>

  /// Makes the chain, and finds its lowest energy.
  public init(request: ComponentRequest) throws(ComponentError) {
    let settings = try ChainSettings(request.configuration)
    hamiltonian = settings.hamiltonian
    let ground = try settings.ground()
    groundEnergy = ground?.energy
    let count = Double(settings.spinCount)
    bounds = (hamiltonian.lowerBound / count)...(hamiltonian.upperBound / count)
    var description = DatasetDescription(
      task: .scenario, input: Shape([settings.spinCount, 3]), output: Shape([1]), targetWidth: 0,
      rowCounts: [.train: 1, .validation: 1, .test: 1])
    description.outputNames = ["energy_per_spin"]
    description.hasGradient = true
    description.outputLower = [bounds.lowerBound]
    description.outputUpper = [bounds.upperBound]
    // No best loss is told: an energy that is sampled may lie below the lowest one by chance.
    description.source = ground.map { "The lowest energy is by \($0.source)." }
    datasetDescription = description
  }

  /// Writes the inputs [B × N × 3] of rows [B].
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let n = hamiltonian.spinCount
    for row in rows.indices {
      for spin in 0..<n {
        let place = (row * n + spin) * 3
        inputs[place] = Float(hamiltonian.z[spin])
        inputs[place + 1] = Float(hamiltonian.x[spin])
        inputs[place + 2] = Float(hamiltonian.h[spin])
      }
    }
  }

  /// Writes the losses [P × B]: the outputs [P × 1 × B] themselves.
  ///
  /// What lies below every energy of the chain is none; it has an infinite loss.
  public func score(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>, pointCount: Int,
    losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    let least = bounds.lowerBound - 1e-6 * max(1, abs(bounds.lowerBound))
    for place in 0..<pointCount * rows.count {
      losses[place] = outputs[place] >= least ? outputs[place] : .infinity
    }
  }

  /// The loss of an output, whose gradient is 1.
  public func gradient(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>,
    gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double {
    gradient[0] = 1
    return outputs[0]
  }
}

extension SpinChain: MetricProviding {
  /// How far the energy is from the lowest one, where that is known.
  public var metricDescriptions: [MetricDescription] {
    guard groundEnergy.map({ $0 != 0 }) ?? false else { return [] }
    return [
      MetricDescription(
        "relative_error", .lower,
        "|E - E0| / |E0| of the energy E that the model puts out and the lowest one E0.")
    ]
  }

  /// Measures it.
  public func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    guard let groundEnergy, groundEnergy != 0 else { return [] }
    let energy = sample.outputs.reduce(0, +) / Double(max(1, sample.outputs.count))
    let exact = groundEnergy / Double(hamiltonian.spinCount)
    return [MetricValue(abs((energy - exact) / exact))]
  }
}
