import QHostInterfaces

extension PairSearch {
  /// Adds it to a state.
  func save(_ writer: inout StateWriter) {
    table.save(&writer)
    bestTable.save(&writer)
    writer.write([isActive, isFirst, isMeasured, isProbing].map { $0 ? 1 : 0 } + [spent])
    writer.write(point)
    writer.write(best)
    writer.write([worth.violation, worth.loss, bestWorth.violation, bestWorth.loss])
    let (reals, integers) = (candidates.reals, candidates.integers)
    writer.write(reals)
    writer.write(integers.count)
    writer.write(integers)
    if isMeasured { writer.write((isSeen ? view.table : table).violations) }
    let move = asked?.move
    writer.write([
      asked?.kind.rawValue ?? -1, move?.first ?? 0, move?.firstSite ?? 0, move?.second ?? -1,
      move?.secondSite ?? 0,
    ])
  }

  /// Reads it from a state.
  func load(_ reader: inout StateReader) throws(ComponentError) {
    try table.load(&reader)
    try bestTable.load(&reader)
    let flags = try reader.readIntegers(count: 5)
    (isActive, isFirst, isMeasured, isProbing) = (
      flags[0] == 1, flags[1] == 1, flags[2] == 1, flags[3] == 1
    )
    spent = flags[4]
    point = try reader.readReals(count: point.count)
    best = try reader.readReals(count: best.count)
    let worths = try reader.readReals(count: 4)
    worth = Worth(violation: worths[0], loss: worths[1])
    bestWorth = Worth(violation: worths[2], loss: worths[3])
    let reals = try reader.readReals(count: candidates.reals.count)
    let count = try reader.readInteger()
    candidates.take(reals: reals, integers: try reader.readIntegers(count: count))
    let seen = isMeasured ? try reader.readReals(count: table.siteCount) : []
    let move = try reader.readIntegers(count: 5)
    let places = table.coordinates.indices
    guard places.contains(move[1]), move[3] == -1 || places.contains(move[3]),
      table.losses.indices.contains(move[2]), table.losses.indices.contains(move[4])
    else {
      throw ComponentError("the saved state is of another problem; start a new run")
    }
    asked = PairMove.Kind(rawValue: move[0]).map {
      (
        $0,
        PairMove(
          gain: 0, first: move[1], firstSite: move[2], second: move[3], secondSite: move[4])
      )
    }
    isSeen = false
    if isMeasured { look(at: table.withViolations(seen)) }
  }
}
