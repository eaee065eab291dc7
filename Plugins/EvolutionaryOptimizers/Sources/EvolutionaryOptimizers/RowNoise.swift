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

  /// Goes on to a row; rows come in order, from 0 on in each generation.
  ///
  /// - Returns: where in ``values`` its numbers begin.
  mutating func advance(to row: Int, generation: UInt64) -> Int {
    let place = row % rowsAtOnce
    if place == 0 {
      let index = Self.firstIndex + UInt64(row / rowsAtOnce)
      values.withUnsafeMutableBufferPointer {
        switch kind {
        case .uniform: host.fillUniform(step: generation, index: index, $0)
        case .normal: host.fillNormal(step: generation, index: index, $0)
        }
      }
    }
    return place * width
  }
}
