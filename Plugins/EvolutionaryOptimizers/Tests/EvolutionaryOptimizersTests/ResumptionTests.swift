import EvolutionaryOptimizers
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Resumption of evolutionary optimizers")
struct ResumptionTests {
  private func problem(minibatches: Bool) -> Problem {
    Problem(
      queries: .points, initial: [1, -1, 2, 0, 1], lower: [-4, -4, 0, 0, -4],
      upper: [4, 4, 3, 5, 4], rowCount: 100, batchRows: minibatches ? 10 : 100)
  }

  @Test(
    "A run that was saved and loaded continues to the same bits", arguments: EveryOptimizer.all,
    [false, true])
  func real(_ optimizer: EveryOptimizer, minibatches: Bool) throws {
    let problem = problem(minibatches: minibatches)
    func trace(_ pauses: Set<Int>) throws -> [[UInt64]] {
      try ResumedRun.trace(optimizer.kind, optimizer.changes, problem, count: 420, pauses: pauses)
    }
    let whole = try trace([])
    let pauses: [Set<Int>] = [
      [0], [1], [2], [7, 8, 101, 207], Set(stride(from: 3, to: 420, by: 5)),
    ]
    for pauses in pauses { #expect(try trace(pauses) == whole) }
  }

  @Test("The same seed gives the same run, another one another", arguments: EveryOptimizer.all)
  func seeds(_ optimizer: EveryOptimizer) throws {
    func points<Kind: OptimizerComponent>(_ kind: Kind.Type, _ seed: UInt64) throws -> [[Double]] {
      var run = try ObjectiveRun(
        kind, problem(minibatches: false), optimizer.changes, seed: seed, budget: 300,
        objective: bowl)
      try run.finish()
      return run.points
    }
    let first = try points(optimizer.kind, 1)
    let again = try points(optimizer.kind, 1)
    #expect(first == again)
    // Without restarts at random points simplices have nothing random about them.
    let name = optimizer.kind.descriptor.name
    let hasChance = !["nelder-mead", "cobyla", "alternating"].contains(name)
    if hasChance { #expect(try points(optimizer.kind, 2) != first) }
  }

  @Test("A state of another dimension or of no state is an error", arguments: EveryOptimizer.all)
  func foreignStates(_ optimizer: EveryOptimizer) throws {
    func check<Kind: OptimizerComponent>(_ kind: Kind.Type) throws {
      let asked = request(for: Kind.descriptor, optimizer.changes)
      var run = try ObjectiveRun(
        kind, problem(minibatches: false), optimizer.changes, budget: 60, objective: bowl)
      try run.finish()
      let state = try run.optimizer.save()
      let other = try Kind(request: asked, problem: problem(minibatches: false))
      #expect(throws: ComponentError.self) { try other.load([1, 2, 3]) }
      #expect(throws: ComponentError.self) { try other.load(Array(state.dropLast(8))) }
      let smaller = try Kind(request: asked, problem: Problem(queries: .points, initial: [0]))
      #expect(throws: ComponentError.self) { try smaller.load(state) }
    }
    try check(optimizer.kind)
  }
}
