internal import CSpikingNeurons
internal import QHostMemory

extension SpikingCuts {
  /// Along a parameter of one neuron of a layer that is not recurrent: the neuron at all offsets at once, and what its spikes
  /// reach.
  func cutNeuron(
    _ session: SpikingSession, _ piece: SpikingNetwork.Piece, _ within: Int, _ base: Double,
    _ values: [Double], into results: inout CutResults
  ) {
    for first in stride(from: 0, to: values.count, by: NeuronLanes.most) {
      let some = Array(values[first..<min(first + NeuronLanes.most, values.count)])
      cutLanes(session, piece, within, base, some, first, into: &results)
    }
  }

  private func cutLanes(
    _ session: SpikingSession, _ piece: SpikingNetwork.Piece, _ within: Int, _ base: Double,
    _ values: [Double], _ first: Int, into results: inout CutResults
  ) {
    let layer = layers[piece.layer]
    let (memory, h) = (layer.run.memory, layer.layer.unitCount)
    let unit = piece.shape.count == 2 ? within % h : within
    let count = values.count <= 16 ? 16 : 32
    lanes.take(memory, unit, count: count, steps: layer.stepCount)
    let change = NeuronChange(
      memory, piece.part, within / h, unit, base, values,
      isEachWeight: piece.layer == 0 && layer.stride != 0 && table.hasValues)
    change.setLanes(lanes, neurons: network.neurons)
    let input = piece.shape.count == 2 ? within / h : nil
    var stepCount = 0
    func run() {
      runLanes(
        session, piece.layer, unit, stepCount, isEach: change.isEach, values.count, first,
        into: &results)
    }
    forEachRow(layer: piece.layer, input: input) { row, events in
      if steps[row] != stepCount {
        run()
        stepCount = steps[row]
      }
      guard let step = change.fill(lanes.next, events, layer, stepCount) else { return }
      lanes.wait(row, from: step)
      if lanes.isFull { run() }
    }
    run()
    finishWaiting(session, into: &results)
  }

  /// Runs the rows that wait, and what their spikes reach.
  private func runLanes(
    _ session: SpikingSession, _ place: Int, _ unit: Int, _ stepCount: Int, isEach: Bool,
    _ offsetCount: Int, _ first: Int, into results: inout CutResults
  ) {
    guard !lanes.rows.isEmpty else { return }
    let begin = lanes.run(layers[place], unit, stepCount: stepCount, isEach: isEach)
    work +=
      SpikingWork.lane * Double((stepCount - begin) * lanes.count / 16 * lanes.rows.count)
    for row in lanes.rows {
      finishLanes(session, place, row, unit, begin, offsetCount, first, into: &results)
    }
    lanes.removeAll()
  }

  /// Calls `body` with each row in which an input of a layer has events, or with all rows.
  func forEachRow(
    layer: Int, input: Int?, _ body: (Int, [(step: Int, value: Float)]) -> Void
  ) {
    var events: [(step: Int, value: Float)] = []
    guard let input else {
      for row in steps.indices { body(row, events) }
      return
    }
    if layer == 0 {
      var last = -1
      for event in inputs[input] {
        if Int(event.row) != last {
          if last >= 0 { body(last, events) }
          events.removeAll(keepingCapacity: true)
          last = Int(event.row)
        }
        events.append((Int(event.step), event.value))
      }
      if last >= 0 { body(last, events) }
      return
    }
    for row in steps.indices {
      events.removeAll(keepingCapacity: true)
      layers[layer - 1].forEachSpike(input, row) { events.append(($0, 1)) }
      if !events.isEmpty { body(row, events) }
    }
  }

  /// Takes the lanes' outputs in a row, or has their spikes change what comes after.
  private func finishLanes(
    _ session: SpikingSession, _ place: Int, _ own: NeuronLanesRow, _ unit: Int, _ begin: Int,
    _ offsetCount: Int, _ first: Int, into results: inout CutResults
  ) {
    let layer = layers[place]
    guard own.differs != 0 || layer.layer.isSilent else { return }
    let (c, row, train) = (network.outputCount, own.row, layer.train(unit, own.row))
    for lane in 0..<offsetCount where layer.layer.isSilent || own.differs >> UInt32(lane) & 1 == 1 {
      if place + 1 < layers.count {
        changes.take(
          own, lane, of: lanes.count, unit: unit, train: train, begin..<steps[row])
        propagate(session, from: place + 1, row, offset: first + lane, into: &results)
      } else {
        var changed = Array(outputs[row * c..<row * c + c])
        read(session, layer, own, unit, begin, lane, &changed)
        add(changed, row, offset: first + lane, into: &results)
      }
    }
  }

  /// Adds a row's outputs at an offset.
  func add(_ changed: [Float], _ row: Int, offset: Int, into results: inout CutResults) {
    outputs.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      results.add(offset, row, base: start + row * network.outputCount, changed)
    }
  }

  /// The outputs of a lane of the last layer.
  private func read(
    _ session: SpikingSession, _ layer: CutLayer, _ own: NeuronLanesRow, _ unit: Int, _ begin: Int,
    _ lane: Int, _ changed: inout [Float]
  ) {
    let (c, row, state) = (network.outputCount, own.row, own.state.start)
    switch network.readOut {
    case .membrane:
      let sum = state[Int(QHOST_SPIKING_SUM) * lanes.count + lane]
      changed[unit] = network.outputGain * sum / Float(steps[row])
    case .trace:
      let trace = state[Int(QHOST_SPIKING_TRACE) * lanes.count + lane]
      let rise = Double(Self.rounded(trace)) - Double(traces[row * network.readCount + unit])
      for place in 0..<c {
        let weight = session.readWeights.start[unit * network.readWidth + place]
        changed[place] =
          network.outputGain * Float(sums[row * c + place] + rise * Double(weight))
      }
    case .count:
      changed[unit] =
        network.outputGain * state[Int(QHOST_SPIKING_SUM) * lanes.count + lane]
    case .firstSpike:
      layer.run.spikes.start.update(
        from: layer.spikes(row), count: steps[row] * layer.layer.lanes / 16)
      changes.take(
        own, lane, of: lanes.count, unit: unit, train: layer.train(unit, row), begin..<steps[row])
      changes.forEach { step, _, _ in
        layer.run.spikes.start[step * layer.layer.lanes / 16 + unit / 16] ^=
          1 << UInt16(unit % 16)
      }
      changed[unit] = network.output(
        layer.run.spikes.start, layer.layer.lanes, unit, 0..<steps[row])
    }
  }
}
