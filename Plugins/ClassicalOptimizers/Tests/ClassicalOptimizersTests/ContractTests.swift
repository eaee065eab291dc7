import ClassicalOptimizers
import QHostInterfaces
import QHostTesting
import Testing

@Suite("What every optimizer does")
struct ContractTests {
  @Test(
    "Points stay within the bounds and are finite", arguments: EveryOptimizer.all, [false, true])
  func bounds(_ optimizer: EveryOptimizer, isFast: Bool) throws {
    func check<Kind: OptimizerComponent>(_ kind: Kind.Type) throws {
      let problem = Problem(
        queries: [.points, .gradient, .cuts], initial: [1, 0, 2, -5],
        lower: [0.5, -1, -.infinity, -5], upper: [1, 1, 2, .infinity], scales: [100, 1, 50, 1e-3],
        hasFastCuts: isFast)
      var run = try ObjectiveRun(kind, problem, optimizer.changes, budget: 2000, objective: bowl)
      try run.finish()
      #expect(run.evaluationCount >= 2000)
      for point in run.points {
        for i in 0..<4 {
          #expect(point[i] >= problem.lower[i] && point[i] <= problem.upper[i])
          #expect(point[i].isFinite)
        }
      }
    }
    try check(optimizer.kind)
  }

  @Test(
    "Integers and categories stay so, and all of them are reached",
    arguments: EveryOptimizer.searches, [false, true])
  func whole(_ optimizer: EveryOptimizer, isFast: Bool) throws {
    func check<Kind: OptimizerComponent>(_ kind: Kind.Type) throws {
      // Losses differ by less than the last temperature would tell, so that walks continue.
      let problem = Problem(
        queries: [.points, .cuts], initial: [0, 1, 0, 7],
        kinds: [.integer, .categorical, .real, .integer], lower: [-2, 0, -1, 7],
        upper: [2, 3, 1, 7], hasFastCuts: isFast)
      var run = try ObjectiveRun(kind, problem, optimizer.changes, budget: 3000) { _, _ in (1, []) }
      try run.finish()
      let points = run.points
      #expect(Set(points.map { $0[0] }) == [-2, -1, 0, 1, 2])
      #expect(Set(points.map { $0[1] }) == [0, 1, 2, 3])
      #expect(points.allSatisfy { abs($0[2]) <= 1 && $0[3] == 7 })
    }
    try check(optimizer.kind)
  }

  @Test("Infinite losses are survived", arguments: EveryOptimizer.searches, [false, true])
  func infeasible(_ optimizer: EveryOptimizer, isFast: Bool) throws {
    func check<Kind: OptimizerComponent>(_ kind: Kind.Type) throws {
      for part in [0.5, 1.1] {
        let problem = Problem(
          queries: [.points, .cuts], initial: [0.9, 0.9], lower: [-1, -1], upper: [1, 1],
          hasFastCuts: isFast)
        var run = try ObjectiveRun(kind, problem, optimizer.changes, budget: 1000) { x, _ in
          (x.reduce(0, +) > 2 - 2 * part ? .infinity : x.reduce(0) { $0 + $1 * $1 }, [])
        }
        try run.finish()
        #expect(run.points.joined().allSatisfy { $0.isFinite })
        if part < 1 { #expect(run.best < 0.05) }
      }
    }
    try check(optimizer.kind)
  }

  @Test("Descents turn back from infinite losses", arguments: EveryOptimizer.descents)
  func infeasibleDescent(_ optimizer: EveryOptimizer) throws {
    func check<Kind: OptimizerComponent>(_ kind: Kind.Type) throws {
      // Downhill leads out of the feasible half line x < 0, whose edge is the best point.
      let problem = Problem(queries: .gradient, initial: [-3])
      var run = try ObjectiveRun(kind, problem, optimizer.changes, budget: 2000) { x, _ in
        let value = x.first ?? .nan
        return value < 0 ? ((value - 1) * (value - 1), [2 * (value - 1)]) : (.infinity, [.nan])
      }
      try run.finish()
      #expect(run.points.joined().allSatisfy { $0.isFinite })
      // The loss at the edge is 1, at the start 16.
      #expect(run.best < 2)
    }
    try check(optimizer.kind)
  }

  @Test(
    "A descent with nowhere to turn back to says that it is stalled",
    arguments: EveryOptimizer.descents)
  func stranded(_ optimizer: EveryOptimizer) throws {
    func check<Kind: OptimizerComponent>(_ kind: Kind.Type) throws {
      let problem = Problem(queries: .gradient, initial: [1])
      var run = try ObjectiveRun(kind, problem, optimizer.changes, budget: 9) { _, _ in
        (.infinity, [0])
      }
      try run.finish()
      #expect(run.queries.map(\.kind) == [.gradient, .done])
      #expect(run.queries.last?.reason == .stalled)
    }
    try check(optimizer.kind)
  }

  @Test("Descents take a new minibatch at each step", arguments: EveryOptimizer.descents)
  func minibatches(_ optimizer: EveryOptimizer) throws {
    func check<Kind: OptimizerComponent>(_ kind: Kind.Type) throws {
      #expect(Kind.preferredBatchRows == 128)
      for batchRows in [10, 100] {
        let problem = Problem(
          queries: .gradient, initial: [1], rowCount: 100, batchRows: batchRows)
        var run = try ObjectiveRun(kind, problem, optimizer.changes, budget: 5, objective: bowl)
        try run.finish()
        #expect(run.queries.allSatisfy { $0.batch == (batchRows == 10 ? .next : .same) })
      }
    }
    try check(optimizer.kind)
  }

  @Test("Descents refuse integers and name one", arguments: EveryOptimizer.descents)
  func wholeNumbers(_ optimizer: EveryOptimizer) throws {
    func check<Kind: OptimizerComponent>(_ kind: Kind.Type) throws {
      let error = #expect(throws: ComponentError.self) {
        try Kind(
          request: request(for: Kind.descriptor),
          problem: Problem(queries: .gradient, initial: [0, 0], kinds: [.real, .integer]))
      }
      #expect(error?.kind == .parameter)
      #expect(error?.message.contains("parameter 1 is integer") == true)
    }
    try check(optimizer.kind)
  }

  @Test("Options that cannot be are parameter errors")
  func contradictions() throws {
    let problem = Problem(queries: .gradient, initial: [0])
    let exponential: [String: ParameterValue] = [
      "schedule": .choice("exponential", index: 3), "final_ratio": .real(0),
    ]
    let adam = #expect(throws: ComponentError.self) {
      try Adam(request: request(for: Adam.descriptor, exponential), problem: problem)
    }
    #expect(adam?.kind == .parameter)
    let sgd = #expect(throws: ComponentError.self) {
      try StochasticGradientDescent(
        request: request(
          for: StochasticGradientDescent.descriptor,
          ["nesterov": .boolean(true), "momentum": .real(0)]), problem: problem)
    }
    #expect(sgd?.kind == .parameter)
  }

  @Test("Every default lies within its declared range", arguments: EveryOptimizer.all)
  func defaults(_ optimizer: EveryOptimizer) throws {
    for parameter in optimizer.kind.descriptor.parameters {
      let text = try #require(parameter.defaultValue)
      switch parameter.type {
      case .real, .integer:
        let value = try #require(Double(text))
        #expect(value >= parameter.minimum && value <= parameter.maximum, "\(parameter.name)")
        #expect(!parameter.isMinimumExclusive || value > parameter.minimum, "\(parameter.name)")
      case .choice: #expect(parameter.choices.contains { $0.name == text }, "\(parameter.name)")
      default: #expect(text == "true" || text == "false", "\(parameter.name)")
      }
    }
  }
}
