internal import QHostMemory

/// Memory for ψ of all layers of a circuit, on a page's boundary.
final class KeptStates<Real: CircuitReal> {
  /// The most that is taken: 16 MiB.
  static var mostBytes: Int { 1 << 24 }

  /// Where it begins.
  let start: UnsafeMutablePointer<Real>
  private let buffer: AlignedBuffer<Real>

  private static var page: Int { 4096 }

  init(byteCount: Int) {
    let size = MemoryLayout<Real>.size
    buffer = AlignedBuffer(count: (byteCount + Self.page) / size)
    let past = Int(bitPattern: buffer.start) % Self.page
    start = buffer.start + (Self.page - past) % Self.page / size
  }
}
