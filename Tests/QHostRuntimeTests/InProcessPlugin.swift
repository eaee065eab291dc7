import Logging
import QHostBridging
import QHostInterfaces
import QHostRuntime
import QHostSDK
import QHostTesting
import Testing

/// The components of these tests behind the C interface, as if they were in a library.
enum InProcessPlugin {
  private static let table = PluginTable(
    vendor: "tests", name: "in-process", version: "0.0.1", summary: "For tests.",
    components: [
      .optimizer(Sweeper.self), .optimizer(Walker.self), .loopOptimizer(Looper.self),
      .model(LinearModel.self), .dataset(PlaneDataset.self),
    ])

  /// A catalogue of them.
  static func catalogue() throws -> PluginCatalogue {
    let host = HostTable(TestHost())
    let pointer = try #require(table.enter(host.pointer, nil))
    return PluginCatalogue(
      [try PluginLibrary(path: "in-process", table: pointer)], services: TestHost())
  }

  /// What the components of a run have in common.
  static func common(
    seed: UInt64 = 1, threads: Int = 1, cancellation: Cancellation = Cancellation(),
    hear: @escaping @Sendable (String) -> Void = { _ in }
  ) -> RunServices.Common {
    var logger = Logger(label: "tests") { _ in Listener(hear: hear) }
    logger.logLevel = .debug
    return RunServices.Common(
      seed: seed, pool: WorkerPool(threadCount: threads), cancellation: cancellation,
      dataFolders: DataFolders(environment: [:]), logger: logger)
  }
}

/// Hands what components log to a test.
struct Listener: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .debug
  let hear: @Sendable (String) -> Void

  init(hear: @escaping @Sendable (String) -> Void) { self.hear = hear }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) { hear("\(event.message)") }
}

/// Sweeps over the coordinates: cuts of three offsets, each followed by the best move.
final class Sweeper: OptimizerComponent {
  static let descriptor = ComponentDescriptor(
    name: "sweeper", summary: "Coordinate descent on cuts.",
    parameters: [
      .boolean("minibatches", default: false, "Whether each sweep has a batch of its own.")
    ])

  private let n: Int
  private let start: [Double]
  private let hasBatches: Bool
  private var stream: RandomStream
  private let host: any HostServices
  private var index = 0
  private var turns = 0
  private var move = 0.0

  init(request: ComponentRequest, problem: Problem) {
    n = problem.dimension
    start = problem.initial
    hasBatches = request.configuration.boolean("minibatches")
    host = request.host
    stream = RandomStream(host: request.host)
  }

  func ask(_ query: inout Query) {
    query.kind = .cuts
    if hasBatches, index == 0 { query.batch = .next }
    if turns == 0 {
      query.base = start
    } else if move != 0 {
      query.moveIndices = [(index + n - 1) % n]
      query.moveDeltas = [move]
    }
    let width = 0.01 + stream.uniform()
    query.cutIndices = [index]
    query.offsetCount = 3
    query.offsets = [-width, 0, width]
    pending = query.offsets
  }

  private var pending: [Double] = []

  func tell(_ answer: Answer) {
    var best = 1
    for place in 0..<3 where answer.losses[place] < answer.losses[best] { best = place }
    move = pending[best]
    index = (index + 1) % n
    turns += 1
    host.log(.debug, "turn \(turns)")
  }

  func save() -> [UInt8] {
    var writer = StateWriter(version: 1)
    writer.write(index)
    writer.write(turns)
    writer.write(move)
    writer.write(stream.uniformsDrawn)
    return writer.bytes
  }

  func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    index = try reader.readInteger()
    turns = try reader.readInteger()
    move = try reader.readReal()
    stream = RandomStream(host: host, uniformsDrawn: try reader.readWord())
  }
}

/// Draws points about a centre that follows the best; may end, and cannot save.
final class Walker: OptimizerComponent {
  static let descriptor = ComponentDescriptor(
    name: "walker", summary: "Random points.",
    parameters: [
      .integer("points", default: 8, in: 1...1_000, "Points of a query."),
      .integer("turns", default: 1_000_000, in: 0...1_000_000, "Queries, after which it stalls."),
    ])

  private let points: Int
  private var turns: Int
  private var centre: [Double]
  private var stream: RandomStream
  private var asked: [Double] = []

  init(request: ComponentRequest, problem: Problem) {
    points = request.configuration.integer("points")
    turns = request.configuration.integer("turns")
    centre = problem.initial
    stream = RandomStream(host: request.host)
  }

  func ask(_ query: inout Query) {
    guard turns > 0 else {
      query.finish(.stalled)
      return
    }
    turns -= 1
    for _ in 0..<points { query.points += centre.map { $0 + 0.3 * stream.normal() } }
    asked = query.points
  }

  func tell(_ answer: Answer) {
    let place = answer.losses.indices.min { answer.losses[$0] < answer.losses[$1] } ?? 0
    centre = Array(asked[place * centre.count..<(place + 1) * centre.count])
  }
}

/// Owns its loop: a few points, and then it is within its tolerance.
final class Looper: LoopOptimizerComponent {
  static let descriptor = ComponentDescriptor(
    name: "looper", summary: "Owns its loop.",
    parameters: [
      .integer("turns", default: 5, in: 0...1_000_000, "Queries."),
      .boolean("fails", default: false, "Whether it fails in the end."),
    ])

  private let turns: Int
  private let fails: Bool
  private let start: [Double]

  init(request: ComponentRequest, problem: Problem) {
    turns = request.configuration.integer("turns")
    fails = request.configuration.boolean("fails")
    start = problem.initial
  }

  func run(_ objective: any ObjectiveFunction) throws(ComponentError) {
    var query = Query()
    for turn in 0..<turns {
      query.clear()
      query.points = start.map { $0 + 0.01 * Double(turn) }
      _ = try objective.evaluate(query)
    }
    if fails { throw ComponentError("it lost its way; give it a map") }
  }
}
