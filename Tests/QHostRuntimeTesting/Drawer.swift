package import QHostInterfaces

/// Draws points about the start, the same ones whatever the size of its queries; for tests.
package final class Drawer: OptimizerComponent {
  package static let descriptor = ComponentDescriptor(
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

  package init(request: ComponentRequest, problem: Problem) {
    points = request.configuration.integer("points")
    isFull = request.configuration.boolean("full")
    recommends = request.configuration.boolean("recommends")
    start = problem.initial
    stream = RandomStream(host: request.host)
  }

  package func ask(_ query: inout Query) {
    if isFull { query.batch = .full }
    for _ in 0..<points { query.points += start.map { $0 + 2 * stream.normal() } }
  }

  package func tell(_ answer: Answer) {}

  package func recommendation() -> [Double]? { recommends ? start : nil }
}
