internal import CSpikingNeurons
internal import QHostMemory

/// One neuron at up to 32 offsets of a cut, as lanes of a layer, in up to four rows side by side.
final class NeuronLanes {
  static let most = 32

  let decay = AlignedBuffer<Float>(count: most)
  let gain = AlignedBuffer<Float>(count: most)
  let threshold = AlignedBuffer<Float>(count: most)
  let synapse = AlignedBuffer<Float>(count: most)
  /// How many offsets there is room for: 16 or 32.
  private(set) var count = 16

  private let places = (0..<Int(QHOST_SPIKING_SIDE_BY_SIDE)).map { _ in NeuronLanesRow() }
  private var taken = 0
  private var kernelRows = [qhost_spiking_cut_row](
    repeating: qhost_spiking_cut_row(), count: Int(QHOST_SPIKING_SIDE_BY_SIDE))

  /// The rows that wait to be run.
  var rows: ArraySlice<NeuronLanesRow> { places[..<taken] }
  var isFull: Bool { taken == places.count }
  /// Where the next row's changes are written.
  var next: NeuronLanesRow { places[taken] }

  /// Takes a neuron of a layer in `count` lanes, 16 or 32.
  func take(_ memory: LayerMemory, _ unit: Int, count: Int, steps: Int) {
    self.count = count
    for lane in 0..<count {
      decay.start[lane] = memory.decay.start[unit]
      gain.start[lane] = memory.gain.start[unit]
      threshold.start[lane] = memory.threshold.start[unit]
      synapse.start[lane] = memory.synapse.start[unit]
    }
    for place in places { place.reserve(steps, width: count * memory.layer.portCount) }
    taken = 0
  }

  /// Has the row whose changes were written wait.
  ///
  /// - Parameters:
  ///   - row: of the block.
  ///   - step: the first that changes.
  func wait(_ row: Int, from step: Int) {
    (next.row, next.begin) = (row, step / CutLayer.interval * CutLayer.interval)
    taken += 1
  }

  /// Runs the rows that wait, all of which have `stepCount` steps; gives the step that they were run from.
  func run(_ base: CutLayer, _ unit: Int, stepCount: Int, isEach: Bool) -> Int {
    let first = rows.reduce(stepCount) { min($0, $1.begin) }
    var kernel = base.run.memory.kernel
    kernel.lanes = count
    kernel.decay = UnsafePointer(decay.start)
    kernel.gain = UnsafePointer(gain.start)
    kernel.threshold = UnsafePointer(threshold.start)
    kernel.synapse = UnsafePointer(synapse.start)
    for (place, row) in rows.enumerated() {
      kernelRows[place] = row.kernelRow(base, unit, from: first)
    }
    qhost_spiking_cut(
      &kernel, unit, base.layer.lanes, base.currentSteps, base.stride == 0 ? 1 : 0,
      isEach ? 1 : 0, &kernelRows, taken, first, stepCount)
    for (place, row) in rows.enumerated() { row.differs = kernelRows[place].differs }
    return first
  }

  /// Forgets the rows.
  func removeAll() { taken = 0 }
}

/// What one row has of a neuron's lanes.
final class NeuronLanesRow {
  fileprivate(set) var row = 0
  fileprivate(set) var begin = 0
  /// A bit for each lane whose spikes are other ones.
  fileprivate(set) var differs: UInt32 = 0
  let state = AlignedBuffer<Float>(count: Int(QHOST_SPIKING_STATES) * NeuronLanes.most)
  /// Steps at which the currents change, in any order, and by how much: the same at all of them, or [E × W].
  let steps = GrowingBuffer<UInt32>()
  private(set) var changes = AlignedBuffer<Float>(count: 2 * NeuronLanes.most)
  private(set) var spikes = AlignedBuffer<UInt16>(count: 0)
  private var scratch = AlignedBuffer<Float>(count: 0)

  /// Room for so many changes; what there were is kept.
  func reserveChanges(_ floats: Int) {
    guard changes.count < floats else { return }
    let larger = AlignedBuffer<Float>(count: 2 * floats)
    larger.start.update(from: changes.start, count: changes.count)
    changes = larger
  }

  fileprivate func reserve(_ stepCount: Int, width: Int) {
    if scratch.count < stepCount * width { scratch = AlignedBuffer(count: stepCount * width) }
    let words = stepCount * NeuronLanes.most / 16
    if spikes.count < words { spikes = AlignedBuffer(count: words) }
  }

  fileprivate func kernelRow(
    _ base: CutLayer, _ unit: Int, from first: Int
  ) -> qhost_spiking_cut_row {
    qhost_spiking_cut_row(
      start: base.state(row, first / CutLayer.interval), currents: base.own(row, unit),
      train: base.train(unit, row), steps: steps.start, changes: changes.start,
      change_count: steps.count, state: state.start, scratch: scratch.start, spikes: spikes.start,
      differs: 0)
  }
}
