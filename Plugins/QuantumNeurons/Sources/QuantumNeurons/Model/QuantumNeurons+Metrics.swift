public import QHostInterfaces

/// How often the network of particles picks what the classical one with the same couplings would.
extension QuantumNeurons: MetricProviding {
  private var comparesClasses: Bool {
    let graph = settings.graph
    return !settings.isClassical && graph.outputs.count > 1
      && graph.couplings.allSatisfy { coupling in
        if case .input = coupling.source { return !coupling.isInhibition }
        return false
      }
  }

  /// `classical_agreement`, of circuits whose inputs excite several outputs directly.
  public var metricDescriptions: [MetricDescription] {
    guard comparesClasses else { return [] }
    return [
      MetricDescription(
        "classical_agreement", .higher,
        "The fraction of rows whose most active output is the one with the largest sum of inputs times couplings."
      )
    ]
  }

  /// The part of rows whose most active output has the largest drive too.
  public func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    guard comparesClasses else { return [] }
    let (graph, count) = (settings.graph, sample.rows.count)
    let rows = try brightness(sample.inputs, rowCount: count)
    let values = sample.parameters ?? initialParameters(start: 0)
    var agreements = 0
    for (row, inputs) in rows.enumerated() {
      let drives = chainCouplings(values, inputs: inputs).drives
      let sums = graph.outputs.map { Double(drives[$0]) }
      let activities = graph.outputs.indices.map { sample.outputs[$0 * count + row] }
      if Self.largest(sums) == Self.largest(activities) { agreements += 1 }
    }
    return [MetricValue(Double(agreements) / Double(max(count, 1)))]
  }

  private static func largest(_ values: [Double]) -> Int? {
    values.indices.max { values[$0] < values[$1] }
  }
}
