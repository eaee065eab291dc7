import QHostInterfaces

extension DirectionCuts {
  /// Adds the whole state between two queries.
  func save(_ writer: inout StateWriter) {
    for values in [base, widths, sweepStart, trail, archive, archiveLosses, endLosses, joint] {
      writer.write(values)
    }
    writer.write(baseLoss)
    writer.write(pending.rawValue)
    writer.write(block)
    writer.write(points.flatMap { $0 })
    writer.write(order.order)
    writer.write(order.position)
    writer.write(order.sweepCount)
    encoding.save(&writer)
  }

  /// Takes what a state holds.
  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    let n = base.count
    base = try reader.readReals(count: n)
    widths = try reader.readReals(count: n)
    sweepStart = try reader.readReals(count: n)
    trail = try reader.readReals()
    archive = try reader.readReals()
    archiveLosses = try reader.readReals(count: archive.count / n)
    endLosses = try reader.readReals()
    joint = try reader.readReals()
    baseLoss = try reader.readReal()
    pending = Pending(rawValue: try reader.readInteger()) ?? .ends
    block = try reader.readIntegers()
    let flat = try reader.readReals()
    points = stride(from: 0, to: flat.count, by: n).map { Array(flat[$0..<$0 + n]) }
    let coordinates = try reader.readIntegers(count: n)
    let position = try reader.readInteger()
    let sweepCount = try reader.readInteger()
    guard coordinates.sorted() == Array(0..<n), (0..<n).contains(position), sweepCount >= 0,
      flat.count % n == 0, block.allSatisfy({ (0..<n).contains($0) })
    else { throw ComponentError("the saved state is of another problem; start a new run") }
    order = SweepOrder(order: coordinates, position: position, sweepCount: sweepCount)
    try encoding.load(&reader)
  }
}
