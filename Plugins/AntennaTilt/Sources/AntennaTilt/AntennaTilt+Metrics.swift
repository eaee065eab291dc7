public import QHostInterfaces

extension AntennaTilt: MetricProviding {
  /// The error as a part of the labels' variance, and what is lost by choosing tilts by the model.
  public var metricDescriptions: [MetricDescription] {
    [
      MetricDescription(
        "nmse", .lower, "Mean squared error over the variance of the labels: 1 - R²."),
      MetricDescription(
        "tilt_regret", unit: "nat", .lower,
        "Utility lost when the model chooses each drop's tilt among those shown; of training rows, "
          + "which have one tilt each, infinite."),
    ]
  }

  /// Measures both; the regret over drops of which two rows or more are there.
  public func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    guard let table = tables[sample.split], !sample.rows.isEmpty else {
      throw .data("the \(sample.split) split has no rows to measure anything on")
    }
    let labels = sample.rows.map { (table.utilities[$0] - mean) / deviation }
    let middle = labels.reduce(0, +) / Double(labels.count)
    var (squares, variance) = (0.0, 0.0)
    for (place, label) in labels.enumerated() {
      let error = sample.outputs[place] - label
      squares += error * error
      variance += (label - middle) * (label - middle)
    }
    return [
      MetricValue(squares > 0 ? squares / variance : 0),
      regret(sample.rows, labels, sample.outputs, table),
    ]
  }

  private func regret(
    _ rows: [Int], _ labels: [Double], _ outputs: UnsafeBufferPointer<Double>, _ table: DropTable
  ) -> MetricValue {
    var losses: [Double] = []
    var start = 0
    while start < rows.count {
      let drop = rows[start] / table.sweepCount
      var end = start + 1
      while end < rows.count, rows[end] / table.sweepCount == drop { end += 1 }
      if end - start > 1 {
        var (best, chosen) = (start, start)
        for place in (start + 1)..<end {
          if labels[place] > labels[best] { best = place }
          if outputs[place] > outputs[chosen] { chosen = place }
        }
        losses.append((labels[best] - labels[chosen]) * deviation)
      }
      start = end
    }
    guard losses.count > 1 else { return MetricValue(losses.first ?? .infinity) }
    let count = Double(losses.count)
    let mean = losses.reduce(0, +) / count
    let spread = losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    return MetricValue(mean, standardError: (spread / count).squareRoot())
  }
}
