/// How a stream is part of a saved state.
extension RandomStream {
  /// Adds the stream's place to a state.
  public func save(_ writer: inout StateWriter) {
    writer.write(uniformsDrawn)
    writer.write(normalsDrawn)
  }

  /// The stream at the place that a state holds.
  ///
  /// - Parameters:
  ///   - reader: the state, read up to where ``save(_:)`` wrote.
  ///   - host: the host, which holds the run's seed.
  ///   - index: the stream's own number, as at its making.
  /// - Returns: the stream.
  /// - Throws: when the state is damaged.
  public static func load(
    _ reader: inout StateReader, host: any HostServices, index: UInt64 = 0
  ) throws(ComponentError) -> RandomStream {
    RandomStream(
      host: host, index: index, uniformsDrawn: try reader.readWord(),
      normalsDrawn: try reader.readWord())
  }
}
