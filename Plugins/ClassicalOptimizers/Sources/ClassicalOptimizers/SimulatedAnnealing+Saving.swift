public import QHostInterfaces
import QHostNumerics

extension SimulatedAnnealing {
  private static let stateVersion = 3

  /// Its whole state, as bytes.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: Self.stateVersion)
    proposal.save(&writer)
    random.save(&writer)
    writer.write(current.point)
    writer.write(currentLoss)
    writer.write(best)
    writer.write(bestLoss)
    writer.write(initialTemperature)
    writer.write(isStarted)
    writer.write(cycle)
    writer.write(phase)
    writer.write(candidatesOfCycle)
    writer.write(candidatesOfBatch)
    writer.write(cutsOfBase)
    writer.write(progress)
    polish.save(&writer)
    return writer.bytes
  }

  /// Continues from a saved state; the next cuts then bring the whole base point.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: Self.stateVersion)
    try proposal.load(&reader)
    random = try RandomStream.load(&reader, host: host)
    current.replace(with: try reader.readReals(count: problem.dimension))
    currentLoss = try reader.readReal()
    best = try reader.readReals(count: problem.dimension)
    bestLoss = try reader.readReal()
    initialTemperature = try reader.readReal()
    isStarted = try reader.readBoolean()
    cycle = try reader.readInteger()
    phase = try reader.readReal()
    candidatesOfCycle = try reader.readInteger()
    candidatesOfBatch = try reader.readInteger()
    cutsOfBase = try reader.readInteger()
    progress = try reader.readReal()
    try polish.load(&reader)
    try reader.finish()
  }
}
