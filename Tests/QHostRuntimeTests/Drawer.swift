import QHostInterfaces

/// Draws points about the start, the same ones whatever the size of its queries; for tests.
final class Drawer: OptimizerComponent {
  static let descriptor = ComponentDescriptor(
    name: "drawer", summary: "The same random points in queries of any size.",
    parameters: [
      .integer("points", default: 8, in: 1...100_000, "Points of a query."),
      .boolean("full", default: false, "Whether they are asked for on the whole split."),
      .boolean("recommends", default: false, "Whether it recommends its start."),
    ])

  private let points: Int
  private let isFull: Bool
  private let recommends: Bool
  private let start: [Double]
  private var stream: RandomStream

  init(request: ComponentRequest, problem: Problem) {
    points = request.configuration.integer("points")
    isFull = request.configuration.boolean("full")
    recommends = request.configuration.boolean("recommends")
    start = problem.initial
    stream = RandomStream(host: request.host)
  }

  func ask(_ query: inout Query) {
    if isFull { query.batch = .full }
    for _ in 0..<points { query.points += start.map { $0 + 2 * stream.normal() } }
  }

  func tell(_ answer: Answer) {}

  func recommendation() -> [Double]? { recommends ? start : nil }
}
