internal import QHostMemory
package import QHostInterfaces

/// What one layer did while a row was shown.
package struct LayerActivity: Sendable, Equatable {
  /// Whether each neuron fired in each step, [T × H].
  package var spikes: [[Bool]]
  /// The membranes before resets, [T × H].
  package var membranes: [[Float]]
}

extension Spiking {
  /// Shows one row and looks at all neurons.
  ///
  /// - Parameters:
  ///   - input: the row's numbers, [F].
  ///   - parameters: of the network, [n].
  /// - Returns: layer by layer.
  /// - Throws: when the row cannot be worked on.
  package func activity(
    of input: [Float], parameters: [Double]
  ) throws(ComponentError) -> [LayerActivity] {
    let session = SpikingSession(
      network: network, all: fixed, surrogate: SurrogateSettings(), work: work)
    for run in session.runs { run.isRecorded = true }
    var outputs = [Float](repeating: 0, count: network.outputCount)
    try input.withUnsafeBufferPointer { (input) throws(ComponentError) in
      try session.bind(inputs: input, rowCount: 1)
      try parameters.withUnsafeBufferPointer { (parameters) throws(ComponentError) in
        try outputs.withUnsafeMutableBufferPointer { (outputs) throws(ComponentError) in
          try session.forward(parameters: parameters, pointCount: 1, outputs: outputs)
        }
      }
    }
    let steps = session.stepCount(0..<1)
    return session.runs.map { $0.activity(steps) }
  }
}

extension Spiking {
  /// All parameters [A] of those that are trained, [n].
  package func all(_ parameters: [Double]) -> [Double] {
    var all = fixed
    for piece in network.pieces {
      guard let offset = piece.offset else { continue }
      all.replaceSubrange(
        piece.place..<piece.place + piece.count, with: parameters[offset..<offset + piece.count])
    }
    return all
  }

  /// The events of each step of each of the rows [F × B].
  package func events(of inputs: [Float], rowCount: Int) -> [[[(channel: Int, value: Double)]]] {
    let (table, encoder) = (EventTable(), network.encoder)
    inputs.withUnsafeBufferPointer { inputs in
      guard let start = inputs.baseAddress else { return }
      encoder.encode(
        start, rowCount: rowCount, lengths: [Int](repeating: encoder.seriesSteps, count: rowCount),
        into: table)
    }
    return (0..<rowCount).map { row in
      let steps = encoder.isConstant ? encoder.steps : table.stepCount(row..<row + 1)
      var events = [[(channel: Int, value: Double)]](repeating: [], count: steps)
      table.forEach(row) { step, channel, value in
        for at in encoder.isConstant ? 0..<steps : step..<step + 1 {
          events[at].append((channel, Double(value)))
        }
      }
      return events
    }
  }
}

extension LayerRun {
  /// What its last run did.
  fileprivate func activity(_ steps: Int) -> LayerActivity {
    let (h, s) = (layer.unitCount, layer.lanes)
    return LayerActivity(
      spikes: (0..<steps).map { step in
        (0..<h).map { spikes.start[step * s / 16 + $0 / 16] >> UInt16($0 % 16) & 1 == 1 }
      },
      membranes: (0..<steps).map { step in (0..<h).map { membranes.start[step * s + $0] } })
  }
}
