internal import QHostMemory

/// The memory of a state vector.
///
/// Real and imaginary parts are read side by side, in strides of whole pages: at the same place within a page they would
/// take the same sets of a cache from each other, which costs a fifth of a forward pass.
final class StateMemory<Real: CircuitReal> {
  /// The state.
  let view: StateView<Real>
  private let buffer: AlignedBuffer<Real>

  private static var page: Int { 4096 }
  private static var gap: Int { 1024 / MemoryLayout<Real>.size }

  /// Makes a state of zeros whose real parts are `offset` bytes after a page's start, the imaginary ones a quarter of a page
  /// further.
  init(qubitCount: Int, offset: Int) {
    let count = 1 << qubitCount
    let size = MemoryLayout<Real>.size
    buffer = AlignedBuffer(count: 2 * count + Self.gap + 2 * Self.page / size)
    let past = Int(bitPattern: buffer.start) % Self.page
    let real = buffer.start + ((Self.page - past) % Self.page + offset) / size
    view = StateView(qubitCount: qubitCount, real: real, imaginary: real + count + Self.gap)
  }
}
