internal import Foundation

extension WaveFunction {
  /// The most spins whose states are all gone through.
  static let mostSummedSpins = 16

  /// All states with the weights that |ψ|² gives them, as samples.
  ///
  /// - Parameters:
  ///   - chain: whose local energies are wanted; `nil`: none are.
  ///   - conservesSum: whether only states of the smallest sum of spins count.
  /// - Returns: 2ᴺ samples or, of one sum, as many as there are.
  func fullSum(_ chain: SpinHamiltonian?, conservesSum: Bool) -> SpinSamples {
    let (n, m) = (layout.spinCount, layout.hiddenCount)
    let states = (0..<(1 << n)).filter { !conservesSum || $0.nonzeroBitCount == n / 2 }
    let count = states.count
    var logarithms = [Double](repeating: 0, count: count)
    var spins = [Double](repeating: 0, count: n * count)
    var tangents = [Double](repeating: 0, count: m * count)
    var angles = [Double](repeating: 0, count: m)
    for (place, state) in states.enumerated() {
      logarithms[place] = logarithm(state, angles: &angles)
      for i in 0..<n { spins[i * count + place] = (state >> i) & 1 == 0 ? 1 : -1 }
      for j in 0..<m { tangents[j * count + place] = tanh(angles[j]) }
    }
    let highest = logarithms.max() ?? 0
    var weights = logarithms.map { exp(2 * ($0 - highest)) }
    let total = weights.reduce(0, +)
    for place in weights.indices { weights[place] /= total }
    var energies: [Double] = []
    if let chain {
      // In logarithms: amplitudes themselves may vanish beside the largest one.
      var known = [Double](repeating: -.infinity, count: 1 << n)
      for (place, state) in states.enumerated() { known[state] = logarithms[place] }
      energies = zip(states, logarithms).map { chain.localEnergy($0, $1, known) }
    }
    return SpinSamples(
      spins: spins, tangents: tangents, energies: energies, weights: weights, chainCount: 0,
      acceptance: 1, count: count)
  }
}

extension SpinHamiltonian {
  /// (Hψ)(s) / ψ(s).
  fileprivate func localEnergy(_ state: Int, _ own: Double, _ logarithms: [Double]) -> Double {
    let n = spinCount
    var energy = 0.0
    for i in 0..<n {
      let k = i + 1 < n ? i + 1 : 0
      let isApart = (state >> i ^ state >> k) & 1 == 1
      energy += isApart ? -z[i] : z[i]
      if x[i] != 0, isApart {
        energy += 2 * x[i] * exp(logarithms[state ^ (1 << i) ^ (1 << k)] - own)
      }
      if h[i] != 0 { energy -= h[i] * exp(logarithms[state ^ (1 << i)] - own) }
    }
    return energy
  }
}
