/// What was sampled of a wave function: its spins, the derivatives of ln ψ, and local energies.
///
/// K samples; those of a chain do not follow one another: sample t of chain c is at t · chains + c.
struct SpinSamples: Sendable {
  /// Spins, ±1, [N × K].
  var spins: [Double]
  /// tanh θⱼ, [M × K].
  var tangents: [Double]
  /// (Hψ)(s) / ψ(s), [K]; empty: no chain was asked for.
  var energies: [Double]
  /// Weights [K] that add up to 1; empty: all are the same.
  var weights: [Double] = []
  /// Chains; 0: all states, with their weights.
  var chainCount: Int
  /// Moves made of those tried.
  var acceptance: Double

  /// K, the number of samples.
  var count: Int

  /// Σ wₖ Eₖ.
  var energy: Double {
    guard !weights.isEmpty else { return energies.reduce(0, +) / Double(energies.count) }
    return zip(energies, weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Σ wₖ (Eₖ − E)².
  var variance: Double {
    let mean = energy
    guard !weights.isEmpty else {
      return energies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(energies.count)
    }
    return zip(energies, weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
  }

  /// What the chains say of themselves.
  var judgement: ChainJudgement {
    guard chainCount > 0 else { return ChainJudgement(rHat: 1, standardError: 0) }
    return ChainJudgement(energies, chainCount: chainCount)
  }
}
