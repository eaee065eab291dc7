internal import QHostInterfaces

/// A session of a circuit: outputs are means over chains of a row.
final class PathSession: ModelSession {
  private let model: QuantumNeurons
  private let sampler: RowSampler
  private var brightness: [[Float]] = []
  private var keys: [UInt64] = []

  init(_ model: QuantumNeurons) {
    self.model = model
    sampler = RowSampler(model)
  }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError) {
    brightness = try model.brightness(inputs, rowCount: rowCount)
    keys = []
  }

  func bindRows(keys: UnsafeBufferPointer<UInt64>) { self.keys = Array(keys) }

  /// The host gives the numbers of draws; without them it is draw 0, and rows are keyed by their places.
  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    if keys.isEmpty { keys = brightness.indices.map(UInt64.init) }
    let draws = [UInt64](repeating: 0, count: pointCount)
    try draws.withUnsafeBufferPointer { (draws) throws(ComponentError) in
      try forward(parameters: parameters, draws: draws, outputs: outputs)
    }
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, draws: UnsafeBufferPointer<UInt64>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let (n, rowCount) = (model.modelDescription.parameterCount, brightness.count)
    var rows: [RowSampler.Row] = []
    rows.reserveCapacity(draws.count * rowCount)
    for (point, draw) in draws.enumerated() {
      let values = Array(parameters[point * n..<(point + 1) * n])
      for (inputs, key) in zip(brightness, keys) {
        rows.append(
          RowSampler.Row(
            couplings: model.chainCouplings(values, inputs: inputs), draw: draw, key: key))
      }
    }
    let outputCount = sampler.outputs.count
    for (index, sample) in sampler.sample(rows).enumerated() {
      let (point, row) = (index / rowCount, index % rowCount)
      if let place = sample.unsettled {
        let error = model.unsettled(sample, place, row: row)
        model.warn(error)
        throw error
      }
      for (output, statistics) in sample.outputs.enumerated() {
        outputs[(point * outputCount + output) * rowCount + row] = Float(statistics.mean)
      }
    }
  }
}

extension QuantumNeurons {
  /// The brightness of inputs of rows, those that are always on among them, [B][inputs].
  ///
  /// - Parameters:
  ///   - inputs: [F × B].
  ///   - rowCount: B.
  /// - Returns: rows.
  /// - Throws: kind `data` for an input below 0.
  func brightness(
    _ inputs: UnsafeBufferPointer<Float>, rowCount: Int
  ) throws(ComponentError) -> [[Float]] {
    let graph = settings.graph
    var rows: [[Float]] = []
    rows.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      let given = graph.freeInputs.indices.map { inputs[$0 * rowCount + row] }
      if let place = given.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
        throw .data(
          "input '\(graph.inputs[graph.freeInputs[place]])' is \(given[place]), and brightness is at least 0; "
            + "use --scaling none or minmax")
      }
      rows.append(graph.brightness(given))
    }
    return rows
  }

  /// The couplings of a chain at parameters.
  func chainCouplings(_ values: [Double], inputs: [Float], k: Double? = nil) -> ChainCouplings {
    let k = k ?? settings.k
    guard settings.graph.strengths.isEmpty else {
      return settings.graph.chainCouplings(values: values, inputs: inputs, k: k)
    }
    return settings.graph.chainCouplings(values: [], inputs: inputs, k: k * (values.first ?? 1))
  }

  /// A point without an answer: not passed off as one.
  func unsettled(_ sample: RowSample, _ place: Int, row: Int) -> ComponentError {
    let statistics = sample.outputs[place]
    let name = settings.graph.neurons[settings.graph.outputs[place]]
    return ComponentError(
      "neuron '\(name)' has not thermalised in row \(row): chains that began on an input's path and in the "
        + "vacuum differ by \(statistics.startDifference) in activity after "
        + "\(settings.schedule.thermalisation) and \(settings.schedule.sweepCount) sweeps (correlation time "
        + "\(statistics.correlationTime)); raise thermalisation and sweeps",
      kind: .parameter, severity: .discard)
  }
}
