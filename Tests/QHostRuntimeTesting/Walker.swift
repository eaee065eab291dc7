package import QHostInterfaces

/// Draws points about a centre that follows the best; may end, and cannot save.
package final class Walker: OptimizerComponent {
  package static let descriptor = ComponentDescriptor(
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

  package init(request: ComponentRequest, problem: Problem) {
    points = request.configuration.integer("points")
    turns = request.configuration.integer("turns")
    centre = problem.initial
    stream = RandomStream(host: request.host)
  }

  package func ask(_ query: inout Query) {
    guard turns > 0 else {
      query.finish(.stalled)
      return
    }
    turns -= 1
    for _ in 0..<points { query.points += centre.map { $0 + 0.3 * stream.normal() } }
    asked = query.points
  }

  package func tell(_ answer: Answer) {
    let place = answer.losses.indices.min { answer.losses[$0] < answer.losses[$1] } ?? 0
    centre = Array(asked[place * centre.count..<(place + 1) * centre.count])
  }
}
