package import QHostInterfaces

/// Sweeps over the coordinates: cuts of three offsets, each followed by the best move.
package final class Sweeper: OptimizerComponent {
  package static let descriptor = ComponentDescriptor(
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

  package init(request: ComponentRequest, problem: Problem) {
    n = problem.dimension
    start = problem.initial
    hasBatches = request.configuration.boolean("minibatches")
    host = request.host
    stream = RandomStream(host: request.host)
  }

  package func ask(_ query: inout Query) {
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

  package func tell(_ answer: Answer) {
    var best = 1
    for place in 0..<3 where answer.losses[place] < answer.losses[best] { best = place }
    move = pending[best]
    index = (index + 1) % n
    turns += 1
    host.log(.debug, "turn \(turns)")
  }

  package func save() -> [UInt8] {
    var writer = StateWriter(version: 1)
    writer.write(index)
    writer.write(turns)
    writer.write(move)
    writer.write(stream.uniformsDrawn)
    return writer.bytes
  }

  package func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    index = try reader.readInteger()
    turns = try reader.readInteger()
    move = try reader.readReal()
    stream = RandomStream(host: host, uniformsDrawn: try reader.readWord())
  }
}
