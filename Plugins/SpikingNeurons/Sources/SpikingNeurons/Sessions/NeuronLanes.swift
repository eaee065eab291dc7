internal import CSpikingNeurons
internal import QHostMemory

/// One neuron at up to 32 offsets of a cut, as lanes of a layer.
final class NeuronLanes {
  static let most = 32

  let decay = AlignedBuffer<Float>(count: most)
  let gain = AlignedBuffer<Float>(count: most)
  let threshold = AlignedBuffer<Float>(count: most)
  let synapse = AlignedBuffer<Float>(count: most)
  let state = AlignedBuffer<Float>(count: Int(QHOST_SPIKING_STATES) * most)
  /// Steps at which the currents change, and by how much: the same at all of them, or [E × W].
  var steps: [UInt32] = []
  private(set) var changes = AlignedBuffer<Float>(count: 2 * most)
  private(set) var scratch = AlignedBuffer<Float>(count: 0)
  private(set) var spikes = AlignedBuffer<UInt16>(count: 0)
  private(set) var count = 16

  /// Takes a neuron of a layer in `count` lanes, 16 or 32.
  func take(_ memory: LayerMemory, _ unit: Int, count: Int, steps: Int) {
    self.count = count
    for lane in 0..<count {
      decay.start[lane] = memory.decay.start[unit]
      gain.start[lane] = memory.gain.start[unit]
      threshold.start[lane] = memory.threshold.start[unit]
      synapse.start[lane] = memory.synapse.start[unit]
    }
    let width = count * memory.layer.portCount
    if scratch.count < steps * width { scratch = AlignedBuffer(count: steps * width) }
    if spikes.count < steps * count / 16 { spikes = AlignedBuffer(count: steps * count / 16) }
    self.steps.removeAll(keepingCapacity: true)
  }

  /// Room for so many changes; what there were is kept.
  func reserveChanges(_ floats: Int) {
    guard changes.count < floats else { return }
    let larger = AlignedBuffer<Float>(count: 2 * floats)
    larger.start.update(from: changes.start, count: changes.count)
    changes = larger
  }

  /// Runs it in a row from the step on where its currents change; a bit for each lane whose spikes do.
  func run(
    _ base: CutLayer, _ row: Int, _ unit: Int, from first: Int, stepCount: Int, isEach: Bool
  ) -> UInt32 {
    var kernel = base.run.memory.kernel
    kernel.lanes = count
    kernel.decay = UnsafePointer(decay.start)
    kernel.gain = UnsafePointer(gain.start)
    kernel.threshold = UnsafePointer(threshold.start)
    kernel.synapse = UnsafePointer(synapse.start)
    return qhost_spiking_cut(
      &kernel, base.state(row, first / CutLayer.interval), unit, base.layer.lanes,
      base.own(row, unit), base.currentSteps, base.stride == 0 ? 1 : 0, steps, changes.start,
      steps.count, isEach ? 1 : 0, base.train(unit, row), first, stepCount, state.start,
      scratch.start, spikes.start)
  }
}
