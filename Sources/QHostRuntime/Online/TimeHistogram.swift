internal import Glibc
internal import QHostInterfaces

/// Times of rows in bins that grow by a sixteenth, from 1 ns on: median and percentiles of any number of rows in fixed memory.
package struct TimeHistogram: Sendable {
  private static let perOctave = 16
  private static let binCount = 40 * perOctave
  private var counts = [Int](repeating: 0, count: binCount)
  /// Rows.
  package private(set) var total = 0
  private var nanoseconds = 0.0

  /// Has seen nothing.
  package init() {}

  /// Takes the time of so many rows, each of which took as long.
  package mutating func add(nanosecondsPerRow time: Double, rows: Int) {
    let bin = Int(log2(max(1, time)) * Double(Self.perOctave))
    counts[min(max(0, bin), Self.binCount - 1)] += rows
    total += rows
    nanoseconds += time * Double(rows)
  }

  /// The mean time of a row in microseconds; `nil` without rows.
  package var meanMicroseconds: Double? { total > 0 ? nanoseconds / Double(total) * 1e-3 : nil }

  /// The time in microseconds that a part of the rows stays below, at the middle of its bin; `nil` without rows.
  package func microseconds(atPart part: Double) -> Double? {
    guard total > 0 else { return nil }
    let wanted = part * Double(total)
    var sum = 0
    for (bin, count) in counts.enumerated() {
      sum += count
      if Double(sum) >= wanted {
        return exp2((Double(bin) + 0.5) / Double(Self.perOctave)) * 1e-3
      }
    }
    return nil
  }

  func save(_ writer: inout StateWriter) {
    writer.write(counts)
    writer.write(nanoseconds)
  }

  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    counts = try reader.readIntegers(count: Self.binCount)
    nanoseconds = try reader.readReal()
    total = counts.reduce(0, +)
  }
}
