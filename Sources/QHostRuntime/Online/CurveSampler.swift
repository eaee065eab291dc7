internal import QHostInterfaces

/// A curve of a stream of any length in at most a thousand points: where there are more, each second one goes.
package struct CurveSampler: Sendable {
  /// A point of a curve.
  package struct Point: Sendable, Codable, Equatable {
    /// Rows scored up to here.
    package var row: Int
    /// The error in the sliding window.
    package var window: Double
    /// The error with the fading factor.
    package var faded: Double
  }

  private static let limit = 1_000
  /// Rows from point to point.
  package private(set) var stride: Int
  /// By rising row.
  package private(set) var points: [Point] = []

  /// Has no points.
  ///
  /// - Parameter stride: rows from point to point at the beginning.
  package init(stride: Int) { self.stride = max(1, stride) }

  /// Takes the state after a row, where it is the turn of one.
  package mutating func add(row: Int, window: Double, faded: Double) {
    guard row % stride == 0 else { return }
    points.append(Point(row: row, window: window, faded: faded))
    guard points.count > Self.limit else { return }
    stride *= 2
    points.removeAll { $0.row % stride != 0 }
  }

  func save(_ writer: inout StateWriter) {
    writer.write(stride)
    writer.write(points.map(\.row))
    writer.write(points.flatMap { [$0.window, $0.faded] })
  }

  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    stride = max(1, try reader.readInteger())
    let rows = try reader.readIntegers()
    let values = try reader.readReals(count: 2 * rows.count)
    points = rows.enumerated().map {
      Point(row: $0.element, window: values[2 * $0.offset], faded: values[2 * $0.offset + 1])
    }
  }
}
