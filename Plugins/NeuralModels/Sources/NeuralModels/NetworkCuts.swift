internal import QHostKernels

/// What a session keeps for its cuts: the base point, and z and h of every layer there.
final class NetworkCuts {
  /// After so many moves all z and h are computed anew, so that rounding does not build up; even the
  /// cheapest move of a network of a thousand weights costs as much as its share of that pass.
  static let movesBetweenPasses = 1024

  let kernel: CutKernel
  private(set) var isOpen = false
  private(set) var base: [Double] = []
  private var offsets: [Float] = []
  private var moves = 0

  init(session: NetworkSession) {
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
    let isDue = moves == Self.movesBetweenPasses
    if isDue { moves = 0 }
    return (weight, weight - before, isDue)
  }
}
