internal import CSpikingNeurons
internal import QHostMemory

extension SpikingCuts {
  /// Lets spikes that changed in a layer reach those from `place` on, in one row at an offset of a cut.
  func propagate(
    _ session: SpikingSession, from place: Int, _ row: Int, offset: Int,
    into results: inout CutResults
  ) {
    let last = layers.count - 1
    let endsAtOnce = layers[last].layer.maxDelay == 0 && network.readOut != .firstSpike
    guard reach(place..<(endsAtOnce ? last : last + 1), row, isKept: false) else { return }
    if endsAtOnce {
      if let other = waiting.runs.first, steps[other.row] != steps[row] {
        finishWaiting(session, into: &results)
      }
      waiting.append(row, offset: offset, &changes)
      if waiting.isFull { finishWaiting(session, into: &results) }
    } else {
      var changed = [Float](repeating: 0, count: network.outputCount)
      read(session, row, &changed)
      add(changed, row, offset: offset, into: &results)
    }
  }

  /// Runs the last layer where nothing but its state at the end of a row is wanted.
  func finishWaiting(_ session: SpikingSession, into results: inout CutResults) {
    guard let layer = layers.last, let one = waiting.runs.first else { return }
    let stepCount = steps[one.row]
    let ran = waiting.run(layer, stepCount: stepCount)
    work +=
      Double(ran) * (SpikingWork.step + SpikingWork.neurons * Double(layer.layer.width / 16))
    var changed = [Float](repeating: 0, count: network.outputCount)
    for run in waiting.runs {
      session.read(run.state.start, nil, layer.layer.lanes, 0..<stepCount) { changed[$0] = $1 }
      add(changed, run.row, offset: run.offset, into: &results)
    }
    waiting.removeAll()
  }

  /// Runs some layers one after the other from the first step on that ``changes`` reach.
  ///
  /// - Parameters:
  ///   - places: of the layers, the first of which ``changes`` reach.
  ///   - row: of the block.
  ///   - isKept: whether all becomes the base point's.
  /// - Returns: whether spikes of the last of them, or of what comes before, are other ones.
  private func reach(_ places: Range<Int>, _ row: Int, isKept: Bool) -> Bool {
    for index in places {
      guard let first = changes.first, first < steps[row] else { return false }
      let begin = first / CutLayer.interval * CutLayer.interval
      layers[index].prepare(row, from: begin, steps: steps[row])
      addChanges(layers[index], row)
      run(layers[index], row, begin, isKept: isKept)
    }
    return places.upperBound == layers.count || changes.first.map { $0 < steps[row] } ?? false
  }

  /// Adds the changed spikes' weights to the currents of the run.
  private func addChanges(_ layer: CutLayer, _ row: Int) {
    let (memory, width, lanes) = (layer.run.memory, layer.layer.width, layer.layer.lanes)
    let currents = layer.run.currents.start
    changes.forEach { at, unit, sign in
      let weights = memory.weights.start + unit * width
      if layer.layer.maxDelay == 0 {
        let place = currents + at * width
        for lane in 0..<width { place[lane] += sign * weights[lane] }
      } else {
        let delays = memory.delays.start + unit * lanes
        for lane in 0..<width {
          let step = at + Int(delays[lane % lanes])
          if step < steps[row] { currents[step * width + lane] += sign * weights[lane] }
        }
      }
    }
  }

  /// Runs a layer that is prepared, and leaves in ``changes`` which of its spikes are other ones.
  private func run(
    _ layer: CutLayer, _ row: Int, _ begin: Int, isKept: Bool, only: Int? = nil
  ) {
    work +=
      Double(steps[row] - begin)
      * (SpikingWork.step + SpikingWork.neurons * Double(layer.layer.width / 16))
    let lineCount = layer.layer.lanes / 16
    changes.removeAll()
    let before =
      isKept
      ? Array(UnsafeBufferPointer(start: layer.spikes(row), count: steps[row] * lineCount)) : []
    let base = layer.spikes(row)
    if isKept {
      layer.record(row, from: begin, steps: steps[row], only: only)
    } else {
      layer.run.run(begin, steps[row], stride: layer.stride)
    }
    let after = layer.run.spikes.start
    for step in begin..<steps[row] {
      for line in 0..<lineCount {
        let place = step * lineCount + line
        let old = isKept ? before[place] : base[place]
        var other = old ^ after[place]
        while other != 0 {
          let bit = other.trailingZeroBitCount
          changes.append(
            step: step, unit: line * 16 + bit, isGone: old >> UInt16(bit) & 1 == 1)
          other &= other - 1
        }
      }
    }
  }

  /// The outputs of a row from the run of the last layer.
  private func read(_ session: SpikingSession, _ row: Int, _ changed: inout [Float]) {
    guard let last = layers.last?.run else { return }
    session.read(last, 0..<steps[row]) { changed[$0] = $1 }
  }

  /// Along a parameter of a recurrent layer: the whole layer at one offset after the other.
  func cutLayer(
    _ session: SpikingSession, _ piece: SpikingNetwork.Piece, _ within: Int, _ base: Double,
    _ values: [Double], into results: inout CutResults
  ) {
    for (offset, value) in values.enumerated() {
      simulate(session, piece, within, base, value, isKept: false) { row, changed in
        outputs.withUnsafeBufferPointer { buffer in
          guard let start = buffer.baseAddress else { return }
          results.add(offset, row, base: start + row * network.outputCount, changed)
        }
      }
      set(session, piece, within, base)
    }
  }

  /// Makes another value of a parameter the base point's.
  func moveLayer(
    _ session: SpikingSession, _ piece: SpikingNetwork.Piece, _ within: Int, _ base: Double,
    _ value: Double, into results: inout CutResults
  ) {
    let c = network.outputCount
    simulate(session, piece, within, base, value, isKept: true) { row, changed in
      let before = Array(outputs[row * c..<row * c + c])
      keepOutputs(row, session)
      results.add(0, row, base: before, changed)
    }
  }

  /// Runs a layer at another value of a parameter, in the rows where it matters.
  private func simulate(
    _ session: SpikingSession, _ piece: SpikingNetwork.Piece, _ within: Int, _ base: Double,
    _ value: Double, isKept: Bool, _ body: (Int, [Float]) -> Void
  ) {
    let layer = layers[piece.layer]
    let unit = within % layer.layer.unitCount
    let isPair = piece.part == .weight || piece.part == .delay
    let input = within / layer.layer.unitCount
    let change = CurrentChange(layer.run.memory, piece.part, input, unit, value)
    set(session, piece, within, value)
    var changed = [Float](repeating: 0, count: network.outputCount)
    forEachRow(layer: piece.layer, input: isPair ? input : nil) { row, events in
      var begin = 0
      if isPair {
        guard let first = change.first(events, steps[row]) else { return }
        begin = layer.stride == 0 ? 0 : first / CutLayer.interval * CutLayer.interval
      }
      layer.prepare(row, from: begin, steps: steps[row])
      change.add(layer.run.currents.start, events, layer, steps[row], from: begin)
      run(layer, row, begin, isKept: isKept, only: unit)
      if piece.layer + 1 == layers.count {
        read(session, row, &changed)
      } else {
        guard reach(piece.layer + 1..<layers.count, row, isKept: isKept) else { return }
        read(session, row, &changed)
      }
      body(row, changed)
    }
  }

  /// Sets a parameter of a layer.
  private func set(
    _ session: SpikingSession, _ piece: SpikingNetwork.Piece, _ within: Int, _ value: Double
  ) {
    let (memory, h) = (layers[piece.layer].run.memory, layers[piece.layer].layer.unitCount)
    let width = layers[piece.layer].layer.width
    let unit = within % h
    switch piece.part {
    case .weight: memory.set(memory.weights.start + within / h * width, unit, value)
    case .bias: memory.set(memory.bias.start, unit, value)
    case .recurrent: memory.set(memory.recurrent.start + within / h * width, unit, value)
    case .timeConstant: memory.setTimeConstant(unit, value)
    case .synapseTime: memory.setSynapseTime(unit, value)
    case .threshold: memory.threshold.start[unit] = Float(value)
    case .delay: memory.setDelay(within / h, unit, value)
    case .readWeight, .readBias: break
    }
  }
}
