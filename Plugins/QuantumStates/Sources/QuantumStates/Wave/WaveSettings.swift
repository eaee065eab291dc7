internal import QHostInterfaces

/// How a wave function is averaged over: what users set of `rbm` and of `stochastic-reconfiguration`.
struct WaveSettings: Sendable {
  /// The parameters that both have.
  static func parameters(chains: Int, samples: Int) -> [ParameterDescriptor] {
    [
      .choice(
        "estimator", default: "metropolis",
        of: [
          .init("metropolis", "Samples, by the Metropolis-Hastings algorithm with Barker's rule."),
          .init("sum", "All states, up to 16 spins: exact, and no random draw."),
        ], "What averages over states are made of."),
      .choice(
        "moves", default: "flip",
        of: [
          .init("flip", "Single spins turn over."),
          .init(
            "exchange",
            "Neighbours change places, half of the spins up: for chains without a field."),
        ], "How chains move, and which states there are."),
      .integer("chains", default: chains, in: 16...65_536, "Markov chains, a multiple of 16."),
      .integer("samples", default: samples, in: 4...1_000_000, "Samples of each chain."),
      .integer(
        "thermalisation", default: 30, in: 0...1_000_000, unit: "sweeps",
        "Sweeps that are not looked at; chains begin with random spins."),
      .integer(
        "spacing", default: 1, in: 1...10_000, unit: "sweeps", "Sweeps from one sample to the next."
      ),
    ]
  }

  let isSum: Bool
  let sampler: WaveSampler

  init(_ configuration: Configuration) throws(ComponentError) {
    isSum = configuration.choice("estimator") == "sum"
    let chains = configuration.integer("chains")
    guard chains.isMultiple(of: WaveSampler.chainsOfBatch) else {
      throw .parameter(
        "chains=\(chains) is not a multiple of \(WaveSampler.chainsOfBatch), and this many are run side by side; set "
          + "\((chains + WaveSampler.chainsOfBatch - 1) / WaveSampler.chainsOfBatch * WaveSampler.chainsOfBatch)"
      )
    }
    sampler = WaveSampler(
      chainCount: chains, sampleCount: configuration.integer("samples"),
      thermalisation: configuration.integer("thermalisation"),
      spacing: configuration.integer("spacing"),
      exchanges: configuration.choice("moves") == "exchange")
  }

  /// Refuses more spins than all states can be gone through of.
  func check(spinCount: Int) throws(ComponentError) {
    guard isSum, spinCount > WaveFunction.mostSummedSpins else { return }
    throw .parameter(
      "estimator=sum goes through all 2^\(spinCount) states, and \(WaveFunction.mostSummedSpins) spins are the most; "
        + "set estimator=metropolis")
  }
}
