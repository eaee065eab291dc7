public import QHostInterfaces

extension RBM: MetricProviding {
  /// What the chains say of themselves, and how far from an eigenstate the state is.
  public var metricDescriptions: [MetricDescription] {
    let variance = MetricDescription(
      "energy_variance", .lower,
      "Variance of the local energies over the number of spins: 0 in an eigenstate.")
    guard !settings.isSum else { return [variance] }
    return [
      variance,
      MetricDescription(
        "r_hat", .lower,
        "Gelman and Rubin's R-hat of the chains' local energies: near 1 where they agree."),
      MetricDescription(
        "energy_error", .neutral,
        "Standard error of the energy of a spin within a draw, from the means of chains; worth nothing where R-hat is not near 1."
      ),
      MetricDescription("acceptance", .neutral, "The fraction of moves that were made."),
    ]
  }

  /// Measures them over the rows, with the random numbers of the outputs.
  public func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    guard let parameters = sample.parameters else {
      throw .unsupported("a model is measured at parameters")
    }
    let (rowCount, spins) = (sample.rows.count, Double(layout.spinCount))
    var sums = [Double](repeating: 0, count: metricDescriptions.count)
    var rHat = 0.0
    for row in 0..<rowCount {
      let chain = try chain(sample.inputs, row: row, rowCount: rowCount)
      let found = samples(parameters, chain, draw: sample.draw, key: sample.keys[row])
      sums[0] += found.variance / spins / Double(rowCount)
      guard !settings.isSum else { continue }
      let judgement = found.judgement
      rHat = max(rHat, judgement.rHat)
      sums[2] += judgement.standardError / spins / Double(rowCount)
      sums[3] += found.acceptance / Double(rowCount)
    }
    if !settings.isSum { sums[1] = rHat }
    return sums.map { MetricValue($0) }
  }
}
