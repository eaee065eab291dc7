internal import QHostInterfaces

extension SpikingNetwork {
  /// What the host is told.
  func description(start: InitialParameters, work: SpikingWork) -> ModelDescription {
    var description = ModelDescription(
      parameterCount: parameterCount, multiplyAdds: work.multiplyAdds)
    description.hasGradient = !neurons.isQuadratic && readOut != .firstSpike
    description.hasCuts = true
    description.hasCutChanges = true
    description.takesSeries = encoder.isSeries
    description.work = work.passes
    let trained = pieces.filter { $0.offset != nil }
    description.blocks = trained.map {
      ParameterBlock(name: $0.name, shape: Shape($0.shape), offset: $0.offset ?? 0)
    }
    description.scales = trained.flatMap {
      [Double](repeating: start.scale($0), count: $0.count)
    }
    let bounds = trained.flatMap {
      [ClosedRange<Double>](repeating: self.bounds($0.part, layer: $0.layer), count: $0.count)
    }
    if bounds.contains(where: { $0.lowerBound.isFinite || $0.upperBound.isFinite }) {
      description.lower = bounds.map(\.lowerBound)
      description.upper = bounds.map(\.upperBound)
    }
    return description
  }
}

extension Encoder {
  /// The mean square of a step's events, over typical rows; without any, 1 for inputs as they are, 0.1 for spikes.
  func activity(_ rows: Calibration?) -> Double {
    guard let rows, rows.rowCount > 0 else { return code == .direct ? 1 : 0.1 }
    let (count, width) = (min(rows.rowCount, 64), channelCount * seriesSteps)
    let table = EventTable()
    rows.inputs.withUnsafeBufferPointer { inputs in
      guard let start = inputs.baseAddress else { return }
      for row in 0..<count {
        var state = initialState
        encode(start + row * width, length: seriesSteps, state: &state, into: table)
      }
    }
    var sum = 0.0
    for row in 0..<count { table.forEach(row) { _, _, value in sum += Double(value * value) } }
    return max(1e-4, sum / Double(max(1, table.stepCount(0..<count) * outputCount)))
  }
}
