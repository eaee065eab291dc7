internal import CSpikingNeurons
internal import QHostInterfaces
internal import QHostMemory

extension SpikingSession {
  func openCuts(parameters: UnsafeBufferPointer<Double>) throws(ComponentError) {
    guard rowCount > 0, let point = parameters.baseAddress else {
      throw ComponentError("cuts need rows; bind a block of rows before opening them")
    }
    guard start == .separate else {
      throw .unsupported("rows that follow one another have no cuts; ask for whole passes")
    }
    encode()
    take(point)
    let cuts = SpikingCuts(self)
    cuts.open(self)
    self.cuts = cuts
  }

  func cut(
    index: Int, offsets: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let cuts = try openedCuts()
    let results = self.results(index, offsets, cuts)
    guard let out = outputs.baseAddress else { return }
    let c = network.outputCount
    for offset in offsets.indices {
      for unit in 0..<c {
        for row in 0..<rowCount {
          out[(offset * c + unit) * rowCount + row] = cuts.outputs[row * c + unit]
        }
      }
    }
    results.write(over: out, rowCount: rowCount)
  }

  func cutChanges(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: inout CutChanges
  ) throws(ComponentError) {
    let cuts = try openedCuts()
    cuts.work = SpikingWork.call
    results(index, offsets, cuts).write(into: &changes)
    changes.multiplyAdds = Int(cuts.work)
    changes.work = cuts.work
  }

  func move(index: Int, delta: Double) throws(ComponentError) {
    _ = moved(index, delta, try openedCuts())
  }

  func moveChanges(
    index: Int, delta: Double, into changes: inout CutChanges
  ) throws(ComponentError) {
    let cuts = try openedCuts()
    cuts.work = SpikingWork.call
    moved(index, delta, cuts).write(into: &changes)
    changes.multiplyAdds = Int(cuts.work)
    changes.work = cuts.work
  }

  private func openedCuts() throws(ComponentError) -> SpikingCuts {
    guard let cuts else {
      throw ComponentError("cuts are closed; open them after binding rows or a forward pass")
    }
    return cuts
  }

  private func results(
    _ index: Int, _ offsets: UnsafeBufferPointer<Double>, _ cuts: SpikingCuts
  ) -> CutResults {
    let (piece, within) = network.place(of: index)
    var results = CutResults(offsetCount: offsets.count, outputCount: network.outputCount)
    let base = all.start[piece.place + within]
    let values = offsets.map { base + $0 }
    if piece.layer == layers.count {
      cuts.cutReadOut(self, piece, within, base, values, into: &results)
    } else if network.layers[piece.layer].recurrent == nil {
      cuts.cutNeuron(self, piece, within, base, values, into: &results)
    } else {
      cuts.cutLayer(self, piece, within, base, values, into: &results)
    }
    return results
  }

  private func moved(_ index: Int, _ delta: Double, _ cuts: SpikingCuts) -> CutResults {
    let (piece, within) = network.place(of: index)
    let base = all.start[piece.place + within]
    var results = CutResults(offsetCount: 1, outputCount: network.outputCount)
    if piece.layer == layers.count {
      cuts.cutReadOut(self, piece, within, base, [base + delta], into: &results)
      all.start[piece.place + within] = base + delta
      cuts.moveReadOut(self, piece, within, base)
    } else {
      all.start[piece.place + within] = base + delta
      cuts.moveLayer(self, piece, within, base, base + delta, into: &results)
    }
    return results
  }

  /// Traces [N] of a row's events, for a network without layers.
  func rowTraces(_ row: Int) -> [Float] {
    var traces = [Float](repeating: 0, count: traces.count)
    let fall = network.neurons.traceFall
    let events = table.events(from: row)
    for step in 0..<stepCount(row..<row + 1) {
      for place in traces.indices { traces[place] *= fall }
      let at = network.encoder.isConstant ? 0 : step
      for place in Int(events.offsets[at])..<Int(events.offsets[at + 1]) {
        traces[Int(events.channels[place])] += events.values.map { $0[place] } ?? 1
      }
    }
    return traces
  }
}
