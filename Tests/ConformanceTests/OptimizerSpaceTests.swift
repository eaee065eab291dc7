import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import Testing

@Suite("Every optimizer, through its library: the search space")
struct OptimizerSpaceTests {
  /// Asks until so many losses were given, and gives the bowl that gave them.
  private func explore(
    _ component: BenchComponent, _ problem: Problem, _ bowl: Quadratic, settings: [String] = [],
    losses: Int = 3000
  ) throws {
    let optimizer = try OptimizerCase(component).make(settings, problem: problem)
    var query = Query()
    while bowl.points.count < losses {
      query.clear()
      try optimizer.ask(&query)
      if query.kind == .done { return }
      #expect(problem.queries.contains(QueryKinds(rawValue: 1 << query.kind.rawValue)))
      let progress = min(1, Double(bowl.points.count) / Double(losses))
      try optimizer.tell(try bowl.answer(query, progress: progress))
    }
  }

  @Test("It gets closer to the bottom of a bowl", arguments: OptimizerCase.learning)
  func progress(_ component: BenchComponent) throws {
    for settings in try OptimizerCase(component).variants() {
      let bowl = Quadratic(centre: OptimizerCase.centre)
      try explore(component, OptimizerCase.problem, bowl, settings: settings)
      let start = bowl.loss(OptimizerCase.problem.initial)
      #expect(bowl.best < 0.5 * start, "\(settings)")
    }
  }

  @Test("All that it asks lies within the bounds", arguments: OptimizerCase.asked)
  func bounds(_ component: BenchComponent) throws {
    let problem = Problem(
      queries: [.points, .gradient, .cuts], initial: [0, 1, -2, 0, 0.25],
      lower: [-1, 1, -.infinity, -0.5, 0], upper: [1, 3, 0, .infinity, 0.25], hasFastCuts: true)
    for settings in try OptimizerCase(component).variants(for: problem) {
      let bowl = Quadratic(centre: [3, 0, 1, -2, 0.1])
      try explore(component, problem, bowl, settings: settings)
      let outside = bowl.points.first { point in
        point.indices.contains { index in
          // A base that is moved to a bound may miss it by rounding.
          let slack = 1e-12 * max(1, abs(point[index]))
          return point[index] < problem.lower[index] - slack
            || point[index] > problem.upper[index] + slack
        }
      }
      #expect(outside == nil, "\(settings)")
    }
  }

  @Test(
    "Integers and categories are asked as such, or refused with a reason",
    arguments: OptimizerCase.asked)
  func wholeNumbers(_ component: BenchComponent) throws {
    let problem = Problem(
      queries: [.points, .gradient, .cuts], initial: [0, 1, 0, 7],
      kinds: [.integer, .categorical, .real, .integer], lower: [-2, 0, -1, 7],
      upper: [2, 3, 1, 7], hasFastCuts: true)
    let bowl = Quadratic(centre: [1, 2, 0.3, 7])
    do {
      try explore(component, problem, bowl)
    } catch let error as ComponentError {
      #expect(error.kind == .parameter, "\(error)")
      #expect(error.message.contains(component.name))
      return
    }
    let broken = bowl.points.first { point in
      [0, 1, 3].contains { point[$0] != point[$0].rounded() }
        || point.indices.contains { !(problem.lower[$0]...problem.upper[$0]).contains(point[$0]) }
    }
    #expect(broken == nil)
    #expect(bowl.best.isFinite)
  }

  @Test("Infeasible points are survived", arguments: OptimizerCase.asked, [0, -100])
  func infinity(_ component: BenchComponent, limit: Double) throws {
    let required = OptimizerCase(component).requiredQueries
    // A loss that is infinite has no gradient: the host ends such a run itself.
    guard !required.contains(.gradient) else { return }
    var problem = OptimizerCase.problem
    problem.queries = [.points, .cuts]
    for settings in try OptimizerCase(component).variants(for: problem) {
      let bowl = Quadratic(centre: OptimizerCase.centre) { $0[0] + $0[1] > limit }
      try explore(component, problem, bowl, settings: settings)
      #expect(bowl.points.joined().allSatisfy { $0.isFinite }, "\(settings)")
      if limit == 0 { #expect(bowl.best < .infinity, "\(settings)") }
    }
  }

  @Test("One parameter is enough, and so is one row", arguments: OptimizerCase.learning)
  func single(_ component: BenchComponent) throws {
    let problem = Problem(
      queries: [.points, .gradient, .cuts], initial: [4], lower: [-5], upper: [5], rowCount: 1,
      hasFastCuts: true)
    let bowl = Quadratic(centre: [1])
    try explore(component, problem, bowl)
    // Uniform points between the bounds come within 0.1 of the bottom at least that often.
    #expect(bowl.best < 0.01)
  }
}
