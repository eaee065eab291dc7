import QHostMemory

/// What a session keeps for its cuts: the base point, and z and h of every layer there.
final class NetworkCuts {
  /// After this many moves all z and h are computed again, so that rounding does not build up; a sweep
  /// over all weights costs more than that pass, but where most inputs are 0.
  private let movesBetweenPasses: Int
  let kernel: CutKernel
  private(set) var isOpen = false
  private let base: AlignedBuffer<Double>
  private var offsets = AlignedBuffer<Float>(count: 16)
  private var moves = 0

  init(session: NetworkSession) {
    base = AlignedBuffer<Double>(count: session.network.parameterCount)
    movesBetweenPasses = max(1024, session.network.parameterCount)
    kernel = CutKernel(
      widths: session.network.widths, activation: session.network.activation,
      rowCount: session.rowCount,
      weights: session.network.offsets.map { UnsafePointer(session.weights.start + $0) },
      tables: (0..<session.network.layerCount - 1).compactMap { session.table($0) })
  }

  func open(_ parameters: UnsafeBufferPointer<Double>) {
    precondition(parameters.count == base.count, "\(parameters.count) parameters")
    if let start = parameters.baseAddress {
      base.start.update(from: start, count: parameters.count)
    }
    isOpen = true
    moves = 0
  }

  func close() { isOpen = false }

  /// The changes of the weight in single precision that lead to base + offsets, [K]; valid until the next call.
  func rounded(index: Int, _ values: UnsafeBufferPointer<Double>) -> UnsafeBufferPointer<Float> {
    if values.count > offsets.count { offsets = AlignedBuffer<Float>(count: values.count) }
    let (start, rounded) = (base.start[index], offsets.start)
    for place in values.indices { rounded[place] = Float(start + values[place]) - Float(start) }
    return UnsafeBufferPointer(start: rounded, count: values.count)
  }

  /// Moves the base point; whether a whole pass is due.
  func move(index: Int, delta: Double) -> (weight: Float, change: Float, isPassDue: Bool) {
    let before = Float(base.start[index])
    base.start[index] += delta
    moves += 1
    let weight = Float(base.start[index])
    let isDue = moves == movesBetweenPasses
    if isDue { moves = 0 }
    return (weight, weight - before, isDue)
  }
}
