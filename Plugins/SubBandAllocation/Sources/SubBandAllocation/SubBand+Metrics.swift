public import QHostInterfaces

extension SubBand: MetricProviding {
  /// Sum rate, fairness, outage; and how far from the optimum, where one is known.
  public var metricDescriptions: [MetricDescription] {
    var descriptions = [
      MetricDescription(
        "sum_rate", unit: "bit/s/Hz", .higher, "Mean spectral efficiency over sub-bands."),
      MetricDescription(
        "jain_index", .higher, "Jain's index of fairness: 1 when all have the same."),
      MetricDescription(
        "outage_part", .lower,
        "The fraction of users below the floor; without one, of users with nothing."),
    ]
    if optimum != nil {
      descriptions.append(
        MetricDescription(
          "gap", .lower,
          "1 - sum of rates over the best known, 0 at the optimum; infinite where constraints do not hold."
        ))
    }
    return descriptions
  }

  /// Measures them on one row.
  public func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    let state = problem.makeState()
    state.place(try choices(sample.outputs, first: 0, step: max(1, sample.rows.count)))
    measuredRates = state.userRates
    let figures = AllocationFigures(state.userRates, problem.settings)
    var values = figures.objectives.map { MetricValue($0) }
    if let optimum {
      values.append(
        MetricValue(state.violation > 0 ? .infinity : 1 - state.sumRate / optimum.sumRate))
    }
    return values
  }
}
