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
}
