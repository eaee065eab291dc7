public import QHostInterfaces

extension LocalDescent {
  /// Adds the whole state between two questions.
  public func save(_ writer: inout StateWriter) {
    for values in [
      point, gradient, lastGradient, lastPlace, offsets, direction, trial,
      [loss, stepLength],
    ] { writer.write(values) }
    writer.write([pending.rawValue, halvings])
    writer.write(isCentral)
    writer.write(isDone)
    curvature.save(&writer)
  }

  /// Takes a saved state on a descent of the same problem.
  ///
  /// - Parameter reader: the state, read up to where ``save(_:)`` wrote.
  /// - Throws: when the state is damaged or of another problem.
  public mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    let n = coordinates.count
    point = try reader.readReals(count: problem.dimension)
    gradient = try reader.readReals(count: n)
    lastGradient = try reader.readReals()
    lastPlace = try reader.readReals()
    offsets = try reader.readReals()
    direction = try reader.readReals(count: n)
    trial = try reader.readReals(count: problem.dimension)
    let reals = try reader.readReals(count: 2)
    (loss, stepLength) = (reals[0], reals[1])
    let counts = try reader.readIntegers(count: 2)
    guard let saved = Pending(rawValue: counts[0]), [0, n].contains(lastGradient.count),
      [0, n].contains(lastPlace.count)
    else { throw ComponentError("the saved state is of another problem; start a new run") }
    (pending, halvings) = (saved, counts[1])
    isCentral = try reader.readBoolean()
    isDone = try reader.readBoolean()
    try curvature.load(&reader, dimension: n)
    base.sendAgain()
  }
}
