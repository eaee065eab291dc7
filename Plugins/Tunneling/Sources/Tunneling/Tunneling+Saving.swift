public import QHostInterfaces
import QHostNumerics

extension Tunneling {
  private static let stateVersion = 6

  /// Its whole state.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: Self.stateVersion)
    writer.write(problem.dimension)
    writer.write(base.point)
    writer.write(order.order)
    writer.write(order.position)
    writer.write(order.sweepCount)
    writer.write(held ?? -1)
    writer.write(random.uniformsDrawn)
    writer.write(progress)
    writer.write(cutsOnBatch)
    writer.write(best.loss)
    writer.write(best.point)
    writer.write(average)
    writer.write(averageWeight)
    writer.write(means)
    writer.write(knownLoss ?? .nan)
    writer.write(isOnFull ? 1 : 0)
    stall.save(&writer)
    writer.write(search.map { $0.learnsDirections ? 2 : 1 } ?? 0)
    search?.save(&writer)
    polish.save(&writer)
    history.save(&writer)
    writer.write(movedSites)
    writer.write([knownWorth.violation, knownWorth.loss])
    pairs?.save(&writer)
    exchanges?.save(&writer)
    return writer.bytes
  }

  /// Takes a saved state; the first query then brings the whole base point.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: Self.stateVersion)
    let count = try reader.readInteger()
    guard count == problem.dimension else {
      throw ComponentError(
        "the saved state is of \(count) parameters, this problem has \(problem.dimension); "
          + "resume with the model that the run was started with")
    }
    base.replace(with: try reader.readReals(count: count))
    let coordinates = try reader.readIntegers(count: order.order.count)
    let position = try reader.readInteger()
    let sweepCount = try reader.readInteger()
    let heldCoordinate = try reader.readInteger()
    guard coordinates.sorted() == order.order.sorted(), sweepCount >= 0, heldCoordinate < count,
      position == 0 || coordinates.indices.contains(position)
    else {
      throw ComponentError("the saved state is of another problem; start a new run")
    }
    order = SweepOrder(
      order: coordinates, position: position, sweepCount: sweepCount,
      runs: try Self.runs(settings, problem, coordinates.sorted()), runLength: settings.runLength)
    held = heldCoordinate < 0 ? nil : heldCoordinate
    random = RandomStream(host: host, uniformsDrawn: try reader.readWord())
    progress = try reader.readReal()
    cutsOnBatch = try reader.readInteger()
    let bestLoss = try reader.readReal()
    best = BestBase(loss: bestLoss, point: try reader.readReals(count: count))
    average = try reader.readReals(count: count)
    averageWeight = try reader.readReal()
    means = try reader.readReals(count: count)
    let known = try reader.readReal()
    isOnFull = try reader.readInteger() == 1
    knownLoss = known.isNaN ? nil : known
    try stall.load(&reader)
    let searches = try reader.readInteger()
    search = searches == 0 ? nil : makeSearch(learnsDirections: searches == 2)
    try search?.load(&reader)
    try polish.load(&reader)
    try history.load(&reader)
    movedSites = try reader.readInteger()
    let worth = try reader.readReals(count: 2)
    knownWorth = PairSearch.Worth(violation: worth[0], loss: worth[1])
    try pairs?.load(&reader)
    try exchanges?.load(&reader)
    try reader.finish()
  }
}
