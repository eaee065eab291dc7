internal import CSpikingNeurons
internal import QHostMemory

/// Spikes that are there at one point and not at the other, in the order of their steps.
final class SpikeChanges {
  private let steps = GrowingBuffer<UInt32>()
  private let units = GrowingBuffer<UInt32>()
  private let signs = GrowingBuffer<Float>()

  /// The step of the first one; `nil`: there is none.
  var first: Int? { steps.count == 0 ? nil : Int(steps.start[0]) }

  func removeAll() { (steps.count, units.count, signs.count) = (0, 0, 0) }

  /// Adds one, no earlier than those before it.
  ///
  /// - Parameters:
  ///   - step: of the row.
  ///   - unit: the neuron.
  ///   - isGone: whether it was there before, and is not now.
  @inline(__always)
  func append(step: Int, unit: Int, isGone: Bool) {
    steps.append(UInt32(step))
    units.append(UInt32(unit))
    signs.append(isGone ? -1 : 1)
  }

  /// Takes those of one lane of a neuron, `unit`, in place of what there was.
  ///
  /// - Parameters:
  ///   - own: the lanes in a row.
  ///   - lane: which one.
  ///   - lanes: how many there are.
  ///   - unit: the neuron.
  ///   - train: its spikes at the base point, a bit for each step.
  ///   - range: the steps that were run.
  func take(
    _ own: NeuronLanesRow, _ lane: Int, of lanes: Int, unit: Int, train: UnsafePointer<UInt64>,
    _ range: Range<Int>
  ) {
    steps.reserve(range.count + 1)
    units.reserve(range.count + 1)
    signs.reserve(range.count + 1)
    let count = qhost_spiking_lane_changes(
      own.spikes.start, lanes, lane, train, range.lowerBound, range.upperBound, steps.start,
      signs.start)
    units.start.update(repeating: UInt32(unit), count: count)
    (steps.count, units.count, signs.count) = (count, count, count)
  }

  /// Calls `body` with the step, the neuron and the sign of each.
  func forEach(_ body: (Int, Int, Float) -> Void) {
    for place in 0..<steps.count {
      body(Int(steps.start[place]), Int(units.start[place]), signs.start[place])
    }
  }

  /// As the kernels take them, with the weights of the layer that they reach.
  func reaching(_ weights: UnsafePointer<Float>) -> qhost_spiking_changes {
    qhost_spiking_changes(
      weights: weights, steps: steps.start, inputs: units.start, signs: signs.start,
      count: steps.count)
  }
}
