internal import CSpikingNeurons
internal import QHostMemory

/// Runs of the last layer with changed spikes that wait until four can go side by side.
final class WaitingRuns {
  /// A row at an offset of the cut.
  final class Run {
    var offset = 0
    var row = 0
    /// The step from which on its state is needed, a multiple of ``CutLayer/interval``.
    var begin = 0
    var changes = SpikeChanges()
    fileprivate(set) var state = AlignedBuffer<Float>(count: 0)
  }

  private let places = (0..<Int(QHOST_SPIKING_SIDE_BY_SIDE)).map { _ in Run() }
  private var taken = 0

  var runs: ArraySlice<Run> { places[..<taken] }
  var isFull: Bool { taken == places.count }

  /// Has one wait, which takes the changes and leaves others for the next.
  func append(_ row: Int, offset: Int, _ changes: inout SpikeChanges) {
    guard let first = changes.first else { return }
    let run = places[taken]
    (run.row, run.offset) = (row, offset)
    run.begin = first / CutLayer.interval * CutLayer.interval
    swap(&run.changes, &changes)
    taken += 1
  }

  /// Runs them to the end of their rows, after which each has its state.
  ///
  /// - Parameters:
  ///   - layer: the last one.
  ///   - stepCount: steps of all the rows.
  /// - Returns: how many steps of one run that was.
  func run(_ layer: CutLayer, stepCount: Int) -> Int {
    let first = runs.reduce(stepCount) { min($0, $1.begin) }
    var states: [UnsafeMutablePointer<Float>?] = []
    var currents: [UnsafePointer<Float>?] = []
    var changes: [qhost_spiking_changes] = []
    for (place, run) in places.enumerated() {
      // Places without a run do what the first one does at the base point.
      let row = place < taken ? run.row : places[0].row
      let size = layer.run.state.count
      if run.state.count < size { run.state = AlignedBuffer(count: size) }
      run.state.start.update(from: layer.state(row, first / CutLayer.interval), count: size)
      if place >= taken { run.changes.removeAll() }
      states.append(run.state.start)
      currents.append(UnsafePointer(layer.currents(row)))
      changes.append(run.changes.reaching(layer.run.memory.weights.start))
    }
    var kernel = layer.run.memory.kernel
    qhost_spiking_run_changed(&kernel, states, currents, first, stepCount, changes)
    return (stepCount - first) * taken
  }

  func removeAll() { taken = 0 }
}
