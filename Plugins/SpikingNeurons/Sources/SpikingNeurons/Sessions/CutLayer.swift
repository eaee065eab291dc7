internal import CSpikingNeurons
internal import QHostMemory

/// What cuts keep of a layer at the base point, for all rows: currents, states every eight steps, spikes.
final class CutLayer {
  /// Steps from a state that is kept to the next.
  static let interval = 8

  let run: LayerRun
  /// Steps that currents are kept of: one where they are constant.
  let currentSteps: Int
  /// From a step's currents to the next one's: 0 where they are constant.
  let stride: Int
  let stepCount: Int
  /// Whether events are the same in all steps.
  let isConstant: Bool
  let rowCount: Int
  private let words: Int
  /// [B × currentSteps × W].
  let currents: AlignedBuffer<Float>
  /// The same neuron by neuron, [B × H × ports × currentSteps]; empty for layers that are never cut neuron by neuron.
  let own: AlignedBuffer<Float>
  /// [B × states × 8 S].
  let states: AlignedBuffer<Float>
  /// [B × T × S / 16].
  let spikes: AlignedBuffer<UInt16>
  /// The same neuron by neuron, [H × B × words], a bit for each step.
  let trains: AlignedBuffer<UInt64>

  init(_ run: LayerRun, rowCount: Int, stepCount: Int, isConstant: Bool) {
    self.run = run
    self.rowCount = rowCount
    self.stepCount = stepCount
    self.isConstant = isConstant
    let layer = run.layer
    let isKeptOnce = isConstant && layer.recurrent == nil
    currentSteps = isKeptOnce ? 1 : stepCount
    stride = isKeptOnce ? 0 : layer.width
    words = (stepCount + 63) / 64
    currents = AlignedBuffer(count: rowCount * currentSteps * layer.width)
    own = AlignedBuffer(
      count: layer.recurrent == nil
        ? rowCount * layer.unitCount * layer.portCount * currentSteps : 0)
    let stateCount = (stepCount + Self.interval - 1) / Self.interval
    states = AlignedBuffer(
      count: rowCount * stateCount * Int(QHOST_SPIKING_STATES) * layer.lanes)
    spikes = AlignedBuffer(count: rowCount * stepCount * layer.lanes / 16)
    trains = AlignedBuffer(count: layer.unitCount * rowCount * words)
  }

  var layer: SpikingLayer { run.layer }
  var wordCount: Int { words }

  func currents(_ row: Int) -> UnsafeMutablePointer<Float> {
    currents.start + row * currentSteps * layer.width
  }

  func own(_ row: Int, _ unit: Int) -> UnsafeMutablePointer<Float> {
    own.start + (row * layer.unitCount + unit) * layer.portCount * currentSteps
  }

  /// The state before step `index` · 8.
  func state(_ row: Int, _ index: Int) -> UnsafeMutablePointer<Float> {
    let size = Int(QHOST_SPIKING_STATES) * layer.lanes
    return states.start
      + (row * ((stepCount + Self.interval - 1) / Self.interval) + index) * size
  }

  func spikes(_ row: Int) -> UnsafeMutablePointer<UInt16> {
    spikes.start + row * stepCount * layer.lanes / 16
  }

  func train(_ unit: Int, _ row: Int) -> UnsafeMutablePointer<UInt64> {
    trains.start + (unit * rowCount + row) * words
  }

  /// Calls `body` with each step of a neuron's spikes in a row.
  @inline(__always)
  func forEachSpike(_ unit: Int, _ row: Int, _ body: (Int) -> Void) {
    let train = train(unit, row)
    for word in 0..<words {
      var left = train[word]
      while left != 0 {
        body(word * 64 + left.trailingZeroBitCount)
        left &= left - 1
      }
    }
  }

  /// Puts the run where the base point is before step `first`, a multiple of 8, with the currents from there on.
  func prepare(_ row: Int, from first: Int, steps: Int) {
    run.reserve(stepCount)
    let width = layer.width
    if stride == 0 {
      run.currents.start.update(from: currents(row), count: width)
    } else {
      (run.currents.start + first * width).update(
        from: currents(row) + first * width, count: (steps - first) * width)
    }
    run.state.start.update(from: state(row, first / Self.interval), count: run.state.count)
    run.spikes.start.update(from: spikes(row), count: first * layer.lanes / 16)
  }

  /// Runs steps `first` up to `steps` and keeps all of it as the base point's, whose currents are the run's.
  ///
  /// - Parameters:
  ///   - row: of the block.
  ///   - first: a multiple of 8.
  ///   - steps: of the row.
  ///   - only: the one neuron whose currents are other ones, of a layer that is not recurrent; `nil`: all.
  func record(_ row: Int, from first: Int, steps: Int, only: Int? = nil) {
    let width = layer.width
    if stride == 0 {
      currents(row).update(from: run.currents.start, count: width)
    } else {
      (currents(row) + first * width).update(
        from: run.currents.start + first * width, count: (steps - first) * width)
    }
    var step = first
    while step < steps {
      state(row, step / Self.interval).update(from: run.state.start, count: run.state.count)
      let end = min(step + Self.interval, steps)
      run.run(step, end, stride: stride)
      step = end
    }
    let lineCount = layer.lanes / 16
    (spikes(row) + first * lineCount).update(
      from: run.spikes.start + first * lineCount, count: (steps - first) * lineCount)
    if let only, layer.recurrent == nil {
      keep(only, row, from: first, steps: steps)
    } else {
      for unit in 0..<layer.unitCount { keep(unit, row, from: first, steps: steps) }
    }
  }

  /// Keeps a neuron's currents and spikes side by side.
  private func keep(_ unit: Int, _ row: Int, from first: Int, steps: Int) {
    let (s, width, lineCount) = (layer.lanes, layer.width, layer.lanes / 16)
    if own.count > 0, layer.recurrent == nil {
      let (from, to) = (currents(row), own(row, unit))
      for port in 0..<layer.portCount {
        for step in (stride == 0 ? 0 : first)..<(stride == 0 ? 1 : steps) {
          to[port * currentSteps + step] = from[step * width + port * s + unit]
        }
      }
    }
    let (train, bits) = (train(unit, row), spikes(row) + unit / 16)
    let shift = UInt16(unit % 16)
    for word in first / 64..<(steps + 63) / 64 {
      let (begin, end) = (max(first, word * 64), min(steps, word * 64 + 64))
      var fired = train[word] & ((1 << UInt64(begin % 64)) - 1)
      for step in begin..<end {
        fired |= UInt64(bits[step * lineCount] >> shift & 1) << UInt64(step % 64)
      }
      train[word] = fired
    }
  }
}
