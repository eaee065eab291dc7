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
    forEachRow(layer: piece.layer, input: input) { row, events in
      guard let step = change.fill(lanes, events, layer, steps[row]) else { return }
      let begin = step / CutLayer.interval * CutLayer.interval
      work += SpikingWork.lane * Double((steps[row] - begin) * count / 16)
      let spikes = lanes.run(
        layer, row, unit, from: begin, stepCount: steps[row], isEach: change.isEach)
      finishLanes(
        session, piece.layer, row, unit, begin, spikes, values.count, first, into: &results)
    }
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

  /// Takes the lanes' outputs, or has their spikes change what comes after.
  private func finishLanes(
    _ session: SpikingSession, _ place: Int, _ row: Int, _ unit: Int, _ begin: Int,
    _ spikes: UInt32, _ offsetCount: Int, _ first: Int, into results: inout CutResults
  ) {
    let layer = layers[place]
    let isLast = place + 1 == layers.count
    guard spikes != 0 || layer.layer.isSilent else { return }
    let c = network.outputCount
    var changed = [Float](repeating: 0, count: c)
    for lane in 0..<offsetCount where layer.layer.isSilent || spikes >> UInt32(lane) & 1 == 1 {
      for output in 0..<c { changed[output] = outputs[row * c + output] }
      if isLast {
        read(session, layer, row, unit, begin, lane, &changed)
      } else {
        changes.removeAll()
        forEachChange(layer, row, unit, begin, lane) {
          changes.append(step: $0, unit: unit, isGone: $1)
        }
        guard propagate(session, from: place + 1, row, isKept: false, &changed) else { continue }
      }
      outputs.withUnsafeBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return }
        results.add(first + lane, row, base: start + row * c, changed)
      }
    }
  }

  private func forEachChange(
    _ layer: CutLayer, _ row: Int, _ unit: Int, _ begin: Int, _ lane: Int,
    _ body: (_ step: Int, _ isGone: Bool) -> Void
  ) {
    let (words, word, bit) = (lanes.count / 16, lane / 16, UInt16(lane % 16))
    let train = layer.train(unit, row)
    for step in begin..<steps[row]
    where lanes.spikes.start[step * words + word] >> bit & 1 == 1 {
      body(step, train[step / 64] >> UInt64(step % 64) & 1 == 1)
    }
  }

  /// The outputs of a lane of the last layer.
  private func read(
    _ session: SpikingSession, _ layer: CutLayer, _ row: Int, _ unit: Int, _ begin: Int,
    _ lane: Int, _ changed: inout [Float]
  ) {
    let c = network.outputCount
    switch network.readOut {
    case .membrane:
      let sum = lanes.state.start[Int(QHOST_SPIKING_SUM) * lanes.count + lane]
      changed[unit] = network.outputGain * sum / Float(steps[row])
    case .trace:
      let trace = lanes.state.start[Int(QHOST_SPIKING_TRACE) * lanes.count + lane]
      let rise = Double(Self.rounded(trace)) - Double(traces[row * network.readCount + unit])
      for place in 0..<c {
        let weight = session.readWeights.start[unit * network.readWidth + place]
        changed[place] =
          network.outputGain * Float(sums[row * c + place] + rise * Double(weight))
      }
    case .count:
      changed[unit] =
        network.outputGain * lanes.state.start[Int(QHOST_SPIKING_SUM) * lanes.count + lane]
    case .firstSpike:
      layer.run.spikes.start.update(
        from: layer.spikes(row), count: steps[row] * layer.layer.lanes / 16)
      forEachChange(layer, row, unit, begin, lane) { step, _ in
        layer.run.spikes.start[step * layer.layer.lanes / 16 + unit / 16] ^=
          1 << UInt16(unit % 16)
      }
      changed[unit] = network.output(
        layer.run.spikes.start, layer.layer.lanes, unit, 0..<steps[row])
    }
  }
}
