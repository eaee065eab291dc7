import QHostInterfaces

/// Random numbers for the rows of a generation, read from the host in blocks of rows.
///
/// They depend on generation and row alone: nothing of them is part of a state.
struct RowNoise {
  enum Kind {
    case uniform, normal
  }

  /// Streams of the host that nothing else here takes.
  private static let firstIndex: UInt64 = 1 << 31 + 2
  private static let blockSize = 4096

  private let host: any HostServices
  private let kind: Kind
  private let width: Int
  private let rowsAtOnce: Int
  /// The block's numbers.
  private(set) var values: [Double]

  init(_ kind: Kind, width: Int, host: any HostServices) {
    self.host = host
    self.kind = kind
    self.width = width
    rowsAtOnce = max(1, Self.blockSize / width)
    values = Array(repeating: 0, count: rowsAtOnce * width)
  }

  /// Continues to a row; rows come in order, from 0 on in each generation.
  ///
  /// - Returns: where in ``values`` its numbers begin.
  @inline(__always)
  mutating func advance(to row: Int, of rowCount: Int, generation: UInt64) -> Int {
    let place = row % rowsAtOnce
    if place == 0 {
      fill(
        min(rowsAtOnce, rowCount - row) * width, step: generation,
        index: Self.firstIndex + UInt64(row / rowsAtOnce))
    }
    return place * width
  }

  private mutating func fill(_ count: Int, step: UInt64, index: UInt64) {
    values.withUnsafeMutableBufferPointer {
      let part = UnsafeMutableBufferPointer(rebasing: $0[..<count])
      switch kind {
      case .uniform: host.fillUniform(step: step, index: index, part)
      case .normal: host.fillNormal(step: step, index: index, part)
      }
    }
  }
}
