internal import CQuantumStates
internal import QHostInterfaces

/// A session of a neural quantum state: each row is a chain, its output the energy of a spin.
final class WaveSession: ModelSession {
  private let model: RBM
  private var chains: [SpinHamiltonian] = []
  private var keys: [UInt64] = []
  /// Of the last forward with one candidate, a row each: what the gradient is made of.
  private var samples: [SpinSamples] = []

  init(_ model: RBM) { self.model = model }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError) {
    chains = []
    for row in 0..<rowCount {
      chains.append(try model.chain(inputs, row: row, rowCount: rowCount))
    }
    keys = (0..<UInt64(rowCount)).map { $0 }
    samples = []
  }

  func bindRows(keys: UnsafeBufferPointer<UInt64>) { self.keys = Array(keys) }

  /// The host gives the numbers of draws; without them it is draw 0.
  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let draws = [UInt64](repeating: 0, count: pointCount)
    try draws.withUnsafeBufferPointer { (draws) throws(ComponentError) in
      try forward(parameters: parameters, draws: draws, outputs: outputs)
    }
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, draws: UnsafeBufferPointer<UInt64>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let n = model.layout.parameterCount
    samples = []
    for (point, draw) in draws.enumerated() {
      let values = Array(parameters[point * n..<(point + 1) * n])
      for (row, chain) in chains.enumerated() {
        let found = model.samples(values, chain, draw: draw, key: keys[row])
        let energy = found.energy
        let judgement = found.judgement
        guard energy.isFinite, judgement.rHat <= model.rHatLimit else {
          let error = unsettled(found, judgement)
          model.warn(error)
          throw error
        }
        outputs[point * chains.count + row] = Float(energy / Double(model.layout.spinCount))
        if draws.count == 1 { samples.append(found) }
      }
    }
  }

  func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    precondition(
      samples.count == chains.count, "a gradient is that of the last forward of one point")
    gradient.update(repeating: 0)
    for (row, found) in samples.enumerated() {
      // E is that of a spin: 2/N ⟨(Eₗ − E) O⟩.
      let scale = Double(outputGradients[row]) * 2 / Double(model.layout.spinCount)
      let force = found.force(model.layout)
      for index in force.indices { gradient[index] += scale * force[index] }
    }
  }

  private func unsettled(_ found: SpinSamples, _ judgement: ChainJudgement) -> ComponentError {
    /// Four digits behind the point.
    func short(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }
    return ComponentError(
      "the Markov chains do not agree on the energy: R-hat is \(short(judgement.rHat)), \(model.rHatLimit) is the "
        + "limit, and \(Int((100 * found.acceptance).rounded())) % of moves are made, so that the error bar "
        + "\(short(judgement.standardError)) means nothing; raise thermalisation, samples or spacing, or take smaller steps",
      kind: .parameter, severity: .discard)
  }
}

extension SpinSamples {
  /// ⟨(Eₗ − E) O⟩, [n], O the derivatives of ln ψ.
  func force(_ layout: WaveLayout) -> [Double] {
    let (n, m, count) = (layout.spinCount, layout.hiddenCount, self.count)
    let mean = energy
    let share = 1 / Double(count)
    let parts = energies.indices.map { place in
      (weights.isEmpty ? share : weights[place]) * (energies[place] - mean)
    }
    var force = [Double](repeating: 0, count: layout.parameterCount)
    var weighted = [Double](repeating: 0, count: m * count)
    for j in 0..<m {
      var sum = 0.0
      for k in 0..<count {
        let value = parts[k] * tangents[j * count + k]
        weighted[j * count + k] = value
        sum += value
      }
      force[n + j] = sum
    }
    for i in 0..<n {
      var sum = 0.0
      for k in 0..<count { sum += parts[k] * spins[i * count + k] }
      force[i] = sum
    }
    force.withUnsafeMutableBufferPointer { force in
      guard let first = force.baseAddress else { return }
      qhost_kernel_spins_outer(m, n, count, weighted, spins, first + n + m, n)
    }
    return force
  }
}
