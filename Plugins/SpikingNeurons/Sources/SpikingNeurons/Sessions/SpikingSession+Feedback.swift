internal import CSpikingNeurons
internal import QHostInterfaces
internal import QHostMemory

/// Streams that continue alone.
///
/// Rows are of one step [C + 1]: C values, and 0 where these are withheld. There the outputs of the row before take their
/// place, and 1 that of the 0, so that the network sees what it saw in training.
extension SpikingSession {
  /// Whether any of the bound rows has no values of its own.
  var hasWithheldRows: Bool { network.isFedBack && (0..<rowCount).contains(where: isWithheld) }

  private func isWithheld(_ row: Int) -> Bool {
    inputs.map { $0[network.outputCount * rowCount + row] == 0 } ?? false
  }

  /// Runs the rows one by one and writes their outputs, [C × B].
  ///
  /// - Returns: what the encoder continues with.
  /// - Throws: where the first row is withheld and there is none before it.
  func runFreely(_ outputs: UnsafeMutablePointer<Float>) throws(ComponentError) -> Encoder.State {
    guard start != .separate, let inputs, firstOutputs != nil || !isWithheld(0) else {
      throw .unsupported(
        "spiking: the first row's values are withheld, and no output is there to stand in for them; begin "
          + "with a row whose last channel is not 0")
    }
    var coded = firstCoded
    for (first, run) in zip(firsts, runs) { run.begin(first) }
    traces = firstTraces
    let c = network.outputCount
    var numbers = [Float](repeating: 0, count: c + 1)
    for row in 0..<rowCount {
      if isWithheld(row) {
        for unit in 0..<c {
          numbers[unit] =
            row > 0 ? outputs[unit * rowCount + row - 1] : firstOutputs?[unit] ?? 0
        }
        numbers[c] = 1
      } else {
        for place in 0...c { numbers[place] = inputs[place * rowCount + row] }
      }
      table.removeAll()
      network.encoder.encode(numbers, length: 1, state: &coded, into: table)
      runRow { outputs[$0 * rowCount + row] = $1 }
    }
    return coded
  }

  /// Continues with the only row of the table.
  private func runRow(_ write: (Int, Float) -> Void) {
    let steps = table.stepCount(0..<1)
    var events = table.events(from: 0)
    for (index, run) in runs.enumerated() {
      run.reserve(steps)
      let stride = run.gather(events, steps, isConstant: false)
      if index + 1 == runs.count {
        let sum = run.state.start + Int(QHOST_SPIKING_SUM) * run.layer.lanes
        sum.update(repeating: 0, count: run.layer.lanes)
      }
      run.run(0, steps, stride: stride)
      if index + 1 == runs.count {
        read(run, 0..<steps, write)
      } else {
        events = run.events(steps)
      }
    }
    guard runs.isEmpty else { return }
    trace(events, steps)
    readTraces(traces, write)
  }
}

extension Spiking {
  /// Looks whether inputs can be fed back.
  ///
  /// - Throws: where they are not a stream of C values and a channel that says that they are given.
  static func checkFeedback(_ mapping: Mapping, rows: Calibration?) throws(ComponentError) {
    let (extents, c) = (mapping.input.extents, mapping.output.count)
    guard extents == [1, c + 1] else {
      throw .parameter(
        "spiking: feedback=true needs inputs [1 x \(c + 1)], the \(c) outputs and whether they are given; these are "
          + "\(mapping.input); set feedback=false")
    }
    guard let rows else { return }
    for row in 0..<rows.rowCount where rows.inputs[row * (c + 1) + c] != 1 {
      throw .parameter(
        "spiking: feedback=true, and training row \(row + 1) has \(rows.inputs[row * (c + 1) + c]) in the last "
          + "channel, which is 1 where values are given; train with --scaling none on rows that are given"
      )
    }
  }
}
