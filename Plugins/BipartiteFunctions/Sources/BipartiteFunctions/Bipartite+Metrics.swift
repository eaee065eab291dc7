public import QHostInterfaces
internal import QHostSeparability

extension Bipartite: MetricProviding {
  /// Entropies of the model's outputs and of the function, on the same pairs, and their difference.
  public var metricDescriptions: [MetricDescription] {
    [
      MetricDescription(
        "schmidt_entropy", unit: "nat", .neutral,
        "Schmidt entropy of the outputs less their mean; infinite for training rows, which are not a grid."
      ),
      MetricDescription(
        "target_entropy", unit: "nat", .neutral,
        "Schmidt entropy of the function on the same pairs; infinite for training rows."),
      MetricDescription(
        "entropy_gap", unit: "nat", .lower,
        "How far the first is from the second; infinite for training rows."),
    ]
  }

  /// Measures them; a model whose outputs are all the same has entropy 0.
  public func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    let isGrid = sample.split != .train && sample.rows.count == side * side
    guard isGrid else { return [Double](repeating: .infinity, count: 3).map { MetricValue($0) } }
    let own = try Self.entropy(Array(sample.outputs), side)
    let target = try Self.entropy(sample.rows.map { value(pair(sample.split, $0)) }, side)
    return [MetricValue(own), MetricValue(target), MetricValue(abs(own - target))]
  }

  private static func entropy(_ values: [Double], _ side: Int) throws(ComponentError) -> Double {
    let first = values.first ?? 0
    guard values.contains(where: { $0 != first }) else { return 0 }
    return try FunctionTable(values: values, rows: side, columns: side).spectrum().entropy
  }
}
