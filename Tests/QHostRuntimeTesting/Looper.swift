package import QHostInterfaces

/// Owns its loop: a few points, and then it is within its tolerance.
package final class Looper: LoopOptimizerComponent {
  package static let descriptor = ComponentDescriptor(
    name: "looper", summary: "Owns its loop.",
    parameters: [
      .integer("turns", default: 5, in: 0...1_000_000, "Queries."),
      .boolean(
        "recommends", default: false, "Whether it recommends a point half a unit from its start."),
      .boolean("fails", default: false, "Whether it fails in the end."),
      .choice(
        "says", default: "nothing",
        of: [
          .init("nothing", "It returns."), .init("stalled", "No way forward."),
          .init("schedule", "Its schedule has ended."),
        ], "What it says in the end."),
    ])

  private let turns: Int
  private let fails: Bool
  private let recommends: Bool
  private let says: String
  private let start: [Double]

  package init(request: ComponentRequest, problem: Problem) {
    turns = request.configuration.integer("turns")
    fails = request.configuration.boolean("fails")
    recommends = request.configuration.boolean("recommends")
    says = request.configuration.choice("says")
    start = problem.initial
  }

  package func recommendation() throws(ComponentError) -> [Double]? {
    recommends ? start.map { $0 + 0.5 } : nil
  }

  package func run(_ objective: any ObjectiveFunction) throws(ComponentError) {
    var query = Query()
    for turn in 0..<turns {
      query.clear()
      query.points = start.map { $0 + 0.01 * Double(turn) }
      _ = try objective.evaluate(query)
    }
    if fails { throw ComponentError("it lost its way; give it a map") }
    guard says != "nothing" else { return }
    query.finish(says == "stalled" ? .stalled : .schedule)
    _ = try objective.evaluate(query)
    throw ComponentError("it was answered after it had ended")
  }
}
