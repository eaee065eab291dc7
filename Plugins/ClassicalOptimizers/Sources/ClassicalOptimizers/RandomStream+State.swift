import QHostInterfaces

/// How a stream is part of a saved state.
extension RandomStream {
  /// Adds the stream's place to a state.
  func save(_ writer: inout StateWriter) {
    writer.write(uniformsDrawn)
    writer.write(normalsDrawn)
  }

  /// The stream at the place that a state holds.
  static func load(
    _ reader: inout StateReader, host: any HostServices
  ) throws(ComponentError) -> RandomStream {
    RandomStream(
      host: host, uniformsDrawn: try reader.readWord(), normalsDrawn: try reader.readWord())
  }
}
