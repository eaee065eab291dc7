import QHostInterfaces

extension SharedSearch {
  /// Adds the whole state.
  ///
  /// Of a round that is not complete it has the losses; its pairs are drawn again from their numbers.
  func save(_ writer: inout StateWriter) {
    writer.write(mean)
    writer.write(widths)
    writer.write([attempt, roundsDone])
    writer.write(isFirstWidth)
    writer.write(progressAtWidth)
    writer.write(drawCount)
    random.save(&writer)
    evidence.save(&writer)
    wells.save(&writer)
    writer.write(meanLoss)
    saveRound(&writer)
    writer.write(directions != nil)
    directions?.save(&writer)
  }

  /// Takes a saved state on a fresh search of the same problem.
  func load(_ reader: inout StateReader) throws(ComponentError) {
    let n = box.dimension
    mean = try reader.readReals(count: n)
    widths = try reader.readReals(count: n)
    let counts = try reader.readIntegers(count: 2)
    (attempt, roundsDone) = (counts[0], counts[1])
    isFirstWidth = try reader.readBoolean()
    progressAtWidth = try reader.readReal()
    drawCount = try reader.readWord()
    random = try RandomStream.load(&reader, host: host, index: 1)
    try evidence.load(&reader)
    try wells.load(&reader)
    meanLoss = try reader.readReal()
    try loadRound(&reader)
    directions = nil
    guard try reader.readBoolean() else { return }
    var cuts = makeDirections()
    try cuts.load(&reader)
    directions = cuts
  }

  /// Adds the losses of a round that is not complete.
  private func saveRound(_ writer: inout StateWriter) {
    writer.write(samples.plus)
    writer.write(samples.minus)
  }

  /// Draws a saved round's pairs again, from the same numbers, and gives them their losses.
  private func loadRound(_ reader: inout StateReader) throws(ComponentError) {
    let plus = try reader.readReals()
    let minus = try reader.readReals(count: plus.count)
    samples.clear()
    guard !plus.isEmpty else { return }
    var counts: [Int] = []
    var points: [Double] = []
    var left = plus.count
    // As in asking: the same parts, the last of which is the last draw.
    while left > 0 {
      let most = max(Self.queryNumbers / (2 * box.dimension), Self.fewestPairs)
      counts.append(min(left, most))
      left -= counts[counts.count - 1]
    }
    guard plus.count < samples.capacity, drawCount >= UInt64(counts.count) else {
      throw ComponentError("the saved state is of another problem; start a new run")
    }
    for (place, count) in counts.enumerated() {
      draw(count, number: drawCount - UInt64(counts.count - place), to: &points)
      points.removeAll(keepingCapacity: true)
    }
    samples.take(ArraySlice(zip(plus, minus).flatMap { [$0, $1] }))
  }
}
