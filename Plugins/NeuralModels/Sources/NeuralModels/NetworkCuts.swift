import QHostMemory

/// What a session keeps for its cuts: the base point, and z and h of every layer there.
final class NetworkCuts {
  /// After this many moves all z and h are computed again, so that rounding does not build up; a sweep
  /// over all weights costs more than that pass, but where most inputs are 0.
  private let movesBetweenPasses: Int
  let kernel: CutKernel
  private(set) var isOpen = false
  private(set) var base: [Double] = []
  private var offsets: [Float] = []
  private var moves = 0

  init(session: NetworkSession) {
    movesBetweenPasses = max(1024, session.network.parameterCount)
    kernel = CutKernel(
      widths: session.network.widths, activation: session.network.activation,
      rowCount: session.rowCount,
      weights: session.network.offsets.map { UnsafePointer(session.weights.start + $0) },
      tables: (0..<session.network.layerCount - 1).compactMap { session.table($0) })
  }

  func open(_ parameters: UnsafeBufferPointer<Double>) {
    base.removeAll(keepingCapacity: true)
    base.append(contentsOf: parameters)
    isOpen = true
    moves = 0
  }

  func close() { isOpen = false }

  /// The changes of the weight in single precision that lead to base + offsets, [K].
  func rounded(
    index: Int, _ values: UnsafeBufferPointer<Double>,
    _ body: (UnsafeBufferPointer<Float>) -> Void
  ) {
    let start = base[index]
    offsets.removeAll(keepingCapacity: true)
    for value in values { offsets.append(Float(start + value) - Float(start)) }
    offsets.withUnsafeBufferPointer(body)
  }

  /// Moves the base point; whether a whole pass is due.
  func move(index: Int, delta: Double) -> (weight: Float, change: Float, isPassDue: Bool) {
    let before = Float(base[index])
    base[index] += delta
    moves += 1
    let weight = Float(base[index])
    let isDue = moves == movesBetweenPasses
    if isDue { moves = 0 }
    return (weight, weight - before, isDue)
  }
}
