import QHostInterfaces

/// Tells when whole cycles of cuts bring next to nothing.
///
/// A cycle is a scan of all domains and the ever narrower sweeps after it. From the second one on a
/// cycle stalls when it lowers the loss by less than a tenth of what all before it did together.
struct StallMonitor {
  private static let leastPart = 0.1

  private(set) var first = Double.infinity
  private(set) var last = Double.infinity
  private(set) var cycleSweep = 0
  private(set) var cycleCount = 0

  /// Brings the losses that it remembers up to date with those of an answer.
  mutating func renew(_ answer: Answer) {
    answer.renew(&first)
    answer.renew(&last)
  }

  /// Notes the loss at the base point of a sweep; whether the cycle that ended there has stalled.
  mutating func note(_ loss: Double, sweep: Int) -> Bool {
    if !(first < .infinity) { first = loss }
    guard sweep != cycleSweep, ScanCycle(sweep: sweep).isScan else { return false }
    cycleSweep = sweep
    cycleCount += 1
    defer { last = loss }
    guard cycleCount > 1, last < .infinity else { return false }
    return last - loss <= Self.leastPart * max(first - last, 0)
  }
}

extension StallMonitor {
  /// Adds it to a state.
  func save(_ writer: inout StateWriter) {
    writer.write([first, last])
    writer.write([cycleSweep, cycleCount])
  }

  /// Reads it from a state.
  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    let losses = try reader.readReals(count: 2)
    let counts = try reader.readIntegers(count: 2)
    (first, last) = (losses[0], losses[1])
    (cycleSweep, cycleCount) = (counts[0], counts[1])
  }
}
