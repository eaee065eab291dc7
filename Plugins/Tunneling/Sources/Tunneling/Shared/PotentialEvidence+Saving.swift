import QHostInterfaces

extension PotentialEvidence {
  /// Adds all that is known to a state.
  func save(_ writer: inout StateWriter) {
    for values in [slopes, curvatures, placeVariances, common, raw, slopeVariances] {
      writer.write(values)
    }
    writer.write([rawVariance, curvatureVariance, gain, error])
    writer.write(roundCount)
    writer.write(isConvex)
    writer.write(isFirst)
  }

  /// Takes what a state holds of n packets.
  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    let n = slopes.count
    slopes = try reader.readReals(count: n)
    curvatures = try reader.readReals(count: n)
    placeVariances = try reader.readReals(count: n)
    common = try reader.readReals(count: n)
    raw = try reader.readReals(count: n)
    slopeVariances = try reader.readReals(count: n)
    let scalars = try reader.readReals(count: 4)
    (rawVariance, curvatureVariance, gain, error) = (
      scalars[0], scalars[1], scalars[2], scalars[3]
    )
    roundCount = try reader.readInteger()
    isConvex = try reader.readBoolean()
    isFirst = try reader.readBoolean()
  }
}
