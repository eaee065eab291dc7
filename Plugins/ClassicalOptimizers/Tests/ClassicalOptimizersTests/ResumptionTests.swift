import ClassicalOptimizers
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Resumption")
struct ResumptionTests {
  private func problem(
    minibatches: Bool, kinds: [ParameterKind]? = nil, isFast: Bool = false
  ) -> Problem {
    Problem(
      queries: [.points, .gradient, .cuts], initial: [1, -1, 2, 0, 1], kinds: kinds,
      lower: [-4, -4, 0, 0, -4], upper: [4, 4, 3, 5, 4], rowCount: 100,
      batchRows: minibatches ? 10 : 100, hasFastCuts: isFast)
  }

  @Test(
    "A run that was saved and loaded continues to the same bits", arguments: EveryOptimizer.all,
    [false, true])
  func real(_ optimizer: EveryOptimizer, minibatches: Bool) throws {
    let problem = problem(minibatches: minibatches)
    let whole = try ResumedRun.trace(
      optimizer.kind, optimizer.changes, problem, count: 420, pauses: [])
    let pauses: [Set<Int>] = [
      [0], [1], [2], [7, 8, 101, 207], Set(stride(from: 3, to: 420, by: 5)),
    ]
    for pauses in pauses {
      #expect(
        try ResumedRun.trace(optimizer.kind, optimizer.changes, problem, count: 420, pauses: pauses)
          == whole)
    }
  }

  @Test(
    "So does one on integers and categories", arguments: EveryOptimizer.searches,
    [false, true])
  func whole(_ optimizer: EveryOptimizer, minibatches: Bool) throws {
    let problem = problem(
      minibatches: minibatches, kinds: [.real, .integer, .categorical, .categorical, .integer])
    let whole = try ResumedRun.trace(
      optimizer.kind, optimizer.changes, problem, count: 200, pauses: [])
    #expect(
      try ResumedRun.trace(
        optimizer.kind, optimizer.changes, problem, count: 200, pauses: [1, 2, 50, 51, 180])
        == whole)
  }

  @Test(
    "So does one by cuts, of real and of other parameters", arguments: EveryOptimizer.searches,
    [false, true])
  func cuts(_ optimizer: EveryOptimizer, minibatches: Bool) throws {
    let kinds: [[ParameterKind]?] = [nil, [.real, .integer, .categorical, .categorical, .integer]]
    for kinds in kinds {
      let problem = problem(minibatches: minibatches, kinds: kinds, isFast: true)
      let whole = try ResumedRun.trace(
        optimizer.kind, optimizer.changes, problem, count: 420, pauses: [])
      for pauses: Set<Int> in [[0], [1], [2, 101, 255, 256, 257], Set(3..<420)] {
        #expect(
          try ResumedRun.trace(
            optimizer.kind, optimizer.changes, problem, count: 420, pauses: pauses) == whole)
      }
    }
  }

  @Test("The same seed gives the same run, another one another", arguments: EveryOptimizer.searches)
  func seeds(_ optimizer: EveryOptimizer) throws {
    func points(_ seed: UInt64) throws -> [[Double]] {
      try self.points(optimizer.kind, optimizer, seed)
    }
    let first = try points(1)
    let again = try points(1)
    let other = try points(2)
    #expect(first == again)
    #expect(first != other)
  }

  private func points<Kind: OptimizerComponent>(
    _ kind: Kind.Type, _ optimizer: EveryOptimizer, _ seed: UInt64
  ) throws -> [[Double]] {
    var run = try ObjectiveRun(
      kind, problem(minibatches: false), optimizer.changes, seed: seed, budget: 300, objective: bowl
    )
    try run.finish()
    return run.points
  }

  @Test("A state of another dimension or of no state is an error", arguments: EveryOptimizer.all)
  func foreignStates(_ optimizer: EveryOptimizer) throws {
    try foreignState(optimizer.kind, optimizer.changes)
  }

  private func foreignState<Kind: OptimizerComponent>(
    _ kind: Kind.Type, _ changes: [String: ParameterValue]
  ) throws {
    let asked = request(for: Kind.descriptor, changes)
    let optimizer = try Kind(request: asked, problem: problem(minibatches: false))
    #expect(throws: ComponentError.self) { try optimizer.load([1, 2, 3]) }
    let state = try optimizer.save()
    #expect(throws: ComponentError.self) { try optimizer.load(Array(state.dropLast(8))) }
    let smaller = try Kind(
      request: asked, problem: Problem(queries: [.points, .gradient], initial: [0]))
    #expect(throws: ComponentError.self) { try smaller.load(state) }
  }
}
