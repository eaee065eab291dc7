internal import CSpikingNeurons
internal import QHostMemory

/// Memory for a run of one layer, which grows with the steps.
final class LayerRun {
  let memory: LayerMemory
  /// [8 × S].
  let state: AlignedBuffer<Float>
  /// Currents of the steps after the last, which delays lead to, [D × W].
  let pending: AlignedBuffer<Float>
  private(set) var currents: AlignedBuffer<Float>
  private(set) var spikes: AlignedBuffer<UInt16>
  /// The events of the spikes.
  private(set) var offsets: AlignedBuffer<UInt32>
  private(set) var channels: AlignedBuffer<UInt32>
  /// What gradients need; empty until they are asked for.
  private(set) var membranes = AlignedBuffer<Float>(count: 0)
  private(set) var synapses = AlignedBuffer<Float>(count: 0)
  private var dense = AlignedBuffer<Float>(count: 0)
  private var stepCount = -1
  var isRecorded = false

  init(_ memory: LayerMemory) {
    self.memory = memory
    state = AlignedBuffer(count: QHOST_SPIKING_STATES * memory.layer.lanes)
    pending = AlignedBuffer(count: memory.layer.maxDelay * memory.layer.width)
    currents = AlignedBuffer(count: 0)
    spikes = AlignedBuffer(count: 0)
    offsets = AlignedBuffer(count: 0)
    channels = AlignedBuffer(count: 0)
  }

  var layer: SpikingLayer { memory.layer }

  /// Makes room.
  func reserve(_ steps: Int) {
    if steps > stepCount {
      stepCount = steps
      currents = AlignedBuffer(count: (steps + layer.maxDelay) * layer.width)
      spikes = AlignedBuffer(count: steps * layer.lanes / 16)
      offsets = AlignedBuffer(count: steps + 1)
      channels = AlignedBuffer(count: steps * layer.unitCount)
      membranes = AlignedBuffer(count: 0)
    }
    if isRecorded, membranes.count < stepCount * layer.lanes {
      membranes = AlignedBuffer(count: stepCount * layer.lanes)
      synapses = AlignedBuffer(count: stepCount * layer.width)
    }
  }

  /// Begins without state, or with another's.
  func begin(_ other: LayerRun?) {
    if let other {
      state.start.update(from: other.state.start, count: state.count)
      pending.start.update(from: other.pending.start, count: pending.count)
    } else {
      state.start.update(repeating: 0, count: state.count)
      pending.start.update(repeating: 0, count: pending.count)
      if memory.neurons.isQuadratic { rest() }
    }
  }

  /// Izhikevich's neurons begin at c, with the recovery b c.
  private func rest() {
    let (c, s) = (memory.kernel.reset, layer.lanes)
    for lane in 0..<s {
      state.start[Int(QHOST_SPIKING_MEMBRANE) * s + lane] = c
      state.start[Int(QHOST_SPIKING_ADAPTATION) * s + lane] = memory.kernel.sensitivity * c
    }
  }

  /// Where a run leaves what it computes.
  var record: qhost_spiking_record {
    qhost_spiking_record(
      spikes: spikes.start, membranes: isRecorded ? membranes.start : nil,
      synapses: isRecorded ? synapses.start : nil)
  }

  /// Currents [steps × W] of events, or [1 × W] of constant ones; from a step to the next there are as many floats as returned.
  func gather(_ events: qhost_spiking_events, _ steps: Int, isConstant: Bool) -> Int {
    var events = events
    let (width, out) = (layer.width, currents.start)
    if layer.maxDelay > 0 {
      for step in 0..<steps + layer.maxDelay {
        (out + step * width).update(from: memory.bias.start, count: width)
      }
      qhost_spiking_scatter(
        memory.weights.start, memory.delays.start, layer.lanes, width, &events, steps, out)
      for place in 0..<pending.count { out[place] += pending.start[place] }
      keepPending(steps)
      return width
    }
    let isDense = layerIsDense(events, isConstant ? 1 : steps)
    if isDense {
      multiply(events, steps)
    } else {
      qhost_spiking_gather(
        memory.weights.start, memory.bias.start, width, &events, isConstant ? 1 : steps, out)
    }
    guard isConstant else { return width }
    guard layer.recurrent != nil else { return 0 }
    for step in 1..<max(1, steps) { (out + step * width).update(from: out, count: width) }
    return width
  }

  /// What lies beyond the steps, less the bias that those will have anyway.
  private func keepPending(_ steps: Int) {
    let width = layer.width
    for delay in 0..<layer.maxDelay {
      for lane in 0..<width {
        pending.start[delay * width + lane] =
          currents.start[(steps + delay) * width + lane] - memory.bias.start[lane]
      }
    }
  }

  /// Whether events, which must be spikes, are added faster by a dense product.
  private func layerIsDense(_ events: qhost_spiking_events, _ steps: Int) -> Bool {
    guard events.values == nil else { return false }
    return layer.takesProduct(
      eventCount: Int(events.offsets[steps]) - Int(events.offsets[0]), steps: steps)
  }

  private func multiply(_ events: qhost_spiking_events, _ steps: Int) {
    let pitch = (steps + 15) & ~15
    if dense.count < layer.inputCount * pitch {
      dense = AlignedBuffer(count: layer.inputCount * pitch)
    }
    dense.start.update(repeating: 0, count: layer.inputCount * pitch)
    for step in 0..<steps {
      for place in Int(events.offsets[step])..<Int(events.offsets[step + 1]) {
        dense.start[Int(events.channels[place]) * pitch + step] = 1
      }
    }
    qhost_spiking_multiply(
      memory.weights.start, memory.bias.start, layer.width, layer.inputCount, dense.start, pitch,
      steps, currents.start)
  }

  /// Steps `begin` up to `end` with currents `stride` apart.
  func run(_ begin: Int, _ end: Int, stride: Int) {
    var (kernel, record) = (memory.kernel, record)
    if layer.recurrent != nil {
      qhost_spiking_run_recurrent(
        &kernel, memory.recurrent.start, state.start, currents.start, stride, begin, end, &record)
    } else {
      qhost_spiking_run(&kernel, state.start, currents.start, stride, begin, end, &record)
    }
  }

  /// Its spikes of so many steps as events.
  func events(_ steps: Int) -> qhost_spiking_events {
    _ = qhost_spiking_list(spikes.start, layer.lanes, 0, steps, offsets.start, channels.start)
    return lastEvents
  }

  /// What ``events(_:)`` made last.
  var lastEvents: qhost_spiking_events {
    qhost_spiking_events(offsets: offsets.start, channels: channels.start, values: nil)
  }
}
