public import QHostInterfaces
internal import Synchronization

/// A quantum state of a chain of spins as a restricted Boltzmann machine; its output is the energy of a spin.
///
///     ln ψ(s) = Σ aᵢ sᵢ + Σⱼ ln cosh(bⱼ + Σᵢ Wⱼᵢ sᵢ)      E = ⟨ψ|H|ψ⟩ / ⟨ψ|ψ⟩ / N
///
/// An input [N × 3] is a chain as ``SpinChain`` gives it. By Metropolis sampling the energy is a random draw, the same for
/// the same key and draw, and its gradient 2 ⟨(Eₗ − E) ∂ ln ψ⟩ is of the same samples; as a sum over all states neither is
/// random. All parameters are real, and so is ψ > 0: a ground state with signs is out of its reach.
///
/// A point whose chains do not agree (``ChainJudgement``) has no energy.
///
/// Source: G. Carleo, M. Troyer, *Solving the quantum many-body problem with artificial neural networks*, Science 355
/// (2017) 602.
public final class RBM: ModelComponent, StochasticModel, CompanionNaming {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "rbm",
    summary:
      "Neural quantum state: the wave function of a spin chain as a restricted Boltzmann machine.",
    source: "G. Carleo, M. Troyer, Science 355 (2017) 602",
    parameters: [
      .integer(
        "hidden", default: 0, in: 0...1_024, "M: hidden units; 0: as many as there are spins."),
      .positive(
        "spread", default: 0.05, upTo: 1, "The standard deviation of the initial parameters."),
    ] + WaveSettings.parameters(chains: 64, samples: 32) + [
      .positive(
        "r_hat_limit", default: 1.3, upTo: 1e9,
        "Points whose chains agree worse than this, by Gelman and Rubin's measure, have no energy.")
    ])

  /// A chain, found by stochastic reconfiguration.
  public static let companions = Companions(
    dataset: SpinChain.descriptor.name, optimizer: StochasticReconfiguration.descriptor.name,
    evaluationLimit: 300)

  /// What it is.
  public let modelDescription: ModelDescription
  let layout: WaveLayout
  let settings: WaveSettings
  let host: any HostServices
  let rHatLimit: Double
  private let spread: Double
  private let hasWarned = Atomic<Bool>(false)

  /// Makes the machine for a chain.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let configuration = request.configuration
    guard mapping.task == .scenario, mapping.input.extents.count == 2,
      mapping.input.extents[1] == 3, mapping.output.count == 1, mapping.input.extents[0] > 1
    else {
      throw .parameter(
        "rbm is the state of a chain of spins, input [N × 3], and has its energy as the one output, and the dataset has "
          + "\(mapping.input) and \(mapping.output); use --dataset \(SpinChain.descriptor.name)")
    }
    let spins = mapping.input.extents[0]
    let hidden = configuration.integer("hidden")
    layout = WaveLayout(spinCount: spins, hiddenCount: hidden == 0 ? spins : hidden)
    settings = try WaveSettings(configuration)
    try settings.check(spinCount: spins)
    spread = configuration.real("spread")
    rHatLimit = configuration.real("r_hat_limit")
    host = request.host
    modelDescription = Self.description(layout, settings)
  }

  private static func description(_ layout: WaveLayout, _ settings: WaveSettings)
    -> ModelDescription
  {
    let sampler = settings.sampler
    let sweeps = sampler.thermalisation + sampler.sampleCount * (sampler.spacing + 1)
    let states = settings.isSum ? 1 << min(layout.spinCount, 40) : sampler.chainCount * sweeps
    // A spin's turn takes about three multiply-adds a hidden unit.
    let work = states * 3 * layout.spinCount * layout.hiddenCount
    var description = ModelDescription(
      parameterCount: layout.parameterCount, multiplyAdds: max(1, work))
    description.isStochastic = !settings.isSum
    description.hasGradient = true
    description.gradientCost = 1.3
    description.lower = layout.limits.map { -$0 }
    description.upper = layout.limits
    description.scales = [Double](repeating: 0.3, count: layout.parameterCount)
    description.blocks = layout.blocks
    return description
  }

  /// Small random numbers.
  public func initialParameters(start: UInt64) -> [Double] {
    host.normals(step: start, index: 0, count: layout.parameterCount).enumerated().map {
      min(max(spread * $1, -layout.limits[$0]), layout.limits[$0])
    }
  }

  /// A session with no rows yet.
  public func makeSession() -> any ModelSession { WaveSession(self) }

  /// Samples or sums up a state.
  func samples(
    _ parameters: [Double], _ chain: SpinHamiltonian, draw: UInt64, key: UInt64
  ) -> SpinSamples {
    let wave = WaveFunction(layout, parameters)
    guard !settings.isSum else {
      return wave.fullSum(chain, conservesSum: settings.sampler.exchanges)
    }
    return settings.sampler.sample(wave, chain, host: host, draw: draw, key: key)
  }

  /// Tells the user of the first point without an energy; those after it are counted by the host.
  func warn(_ error: ComponentError) {
    guard hasWarned.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged
    else { return }
    host.log(.warning, "\(error.message); such points have no loss")
  }

  /// The chain of a row of inputs [3N × B].
  func chain(
    _ inputs: UnsafeBufferPointer<Float>, row: Int, rowCount: Int
  ) throws(ComponentError) -> SpinHamiltonian {
    func column(_ part: Int) -> [Double] {
      (0..<layout.spinCount).map { Double(inputs[($0 * 3 + part) * rowCount + row]) }
    }
    let chain = SpinHamiltonian(z: column(0), x: column(1), h: column(2))
    guard (chain.z + chain.x + chain.h).allSatisfy(\.isFinite) else {
      throw .data("a coupling of the chain is not finite; correct the dataset")
    }
    guard !settings.sampler.exchanges || chain.conservesSum else {
      throw .parameter(
        "moves=exchange keeps the sum of spins, and the chain's field does not; set moves=flip, or a field of 0"
      )
    }
    return chain
  }
}
