import QHostInterfaces
import QHostTesting
import Testing
import Tunneling

/// Answers points and cuts of a function with constraints, as a host does.
private struct FencedObjective {
  let score: ([Double]) -> (loss: Double, violation: Double)
  var base: [Double] = []
  var evaluationCount = 0
  var best = Double.infinity
  var trace: [[Double]] = []

  init(_ score: @escaping ([Double]) -> (loss: Double, violation: Double)) { self.score = score }

  mutating func answer(_ query: Query, progress: Double) -> Answer {
    var points: [[Double]] = []
    if query.kind == .points {
      points = [query.points]
    } else {
      if !query.base.isEmpty { base = query.base }
      for (index, delta) in zip(query.moveIndices, query.moveDeltas) { base[index] += delta }
      for (place, offset) in query.offsets.enumerated() {
        points.append(base)
        points[place][query.cutIndices[place / query.offsetCount]] += offset
      }
    }
    var answer = Answer()
    answer.kind = query.kind
    answer.progress = progress
    for point in points {
      let (loss, violation) = score(point)
      answer.violations.append(violation)
      answer.plainLosses.append(loss)
      // Above all feasible losses here.
      answer.losses.append(violation > 0 ? 1_000 + violation : loss)
      if violation == 0 { best = min(best, loss) }
    }
    evaluationCount += points.count
    trace += points
    return answer
  }
}

@Suite("Packets that move by twos")
struct PairTests {
  private func problem(_ kinds: [ParameterKind], _ upper: [Double]) -> Problem {
    var problem = Problem(
      queries: [.cuts, .points], initial: kinds.map { _ in 0 }, kinds: kinds,
      lower: kinds.map { _ in 0 }, upper: upper)
    problem.hasViolations = true
    return problem
  }

  private func run(
    _ trainer: Tunneling, _ objective: inout FencedObjective, evaluations: Int,
    of budget: Int = 4_000
  ) throws {
    var query = Query()
    while objective.evaluationCount < evaluations {
      query.clear()
      try trainer.ask(&query)
      let progress = Double(objective.evaluationCount) / Double(budget)
      try trainer.tell(objective.answer(query, progress: progress))
    }
  }

  /// Eight items to three holders, each of which must have 2 at least; the worth of item i for holder h is drawn.
  private static let worths = TestHost(seed: 9).uniforms(step: 1, index: 0, count: 24)
  private static func share(_ x: [Double]) -> (loss: Double, violation: Double) {
    var (loss, held) = (0.0, [0.0, 0, 0])
    for (item, holder) in x.enumerated() {
      let worth = worths[item * 3 + Int(holder)]
      loss -= worth * (holder == 0 ? 3 : 1)
      held[Int(holder)] += worth
    }
    return (loss, held.reduce(0) { $0 + max(0, 1 - $1) })
  }

  @Test(
    "Shares with floors come to the best of all shares", arguments: 1...5 as ClosedRange<UInt64>)
  func shares(seed: UInt64) throws {
    var best = Double.infinity
    for code in 0..<6_561 {
      let x = (0..<8).map { Double(code / [1, 3, 9, 27, 81, 243, 729, 2_187][$0] % 3) }
      let (loss, violation) = Self.share(x)
      if violation == 0 { best = min(best, loss) }
    }
    var objective = FencedObjective(Self.share)
    let problem = problem(Array(repeating: .categorical, count: 8), Array(repeating: 2, count: 8))
    try run(makeTrainer(problem, seed: seed), &objective, evaluations: 1_000)
    #expect(abs(objective.best - best) < 1e-9, "\(objective.best) in place of \(best)")
  }

  @Test("Integers, a category and a real one get past a fence that no single move crosses")
  func fence() throws {
    let problem = problem([.integer, .integer, .categorical, .real], [10, 10, 3, 1])
    for seed in 1...5 as ClosedRange<UInt64> {
      var objective = FencedObjective { x in
        let (a, b, r) = (x[0] - 7, x[1] - 2, x[3] - 0.25)
        return (
          a * a + b * b + [3, 0.5, 2, 1][Int(x[2])] + r * r, max(0, x[0] + 2 * x[1] - 8)
        )
      }
      try run(makeTrainer(problem, seed: seed), &objective, evaluations: 2_000)
      #expect(abs(objective.best - 2.5) < 0.01, "seed \(seed): \(objective.best)")
    }
  }

  @Test("A resumed run asks what an unbroken one asks", arguments: [10, 60, 150, 400, 900])
  func resuming(evaluations: Int) throws {
    let problem = problem(Array(repeating: .categorical, count: 8), Array(repeating: 2, count: 8))
    var whole = FencedObjective(Self.share)
    try run(makeTrainer(problem), &whole, evaluations: 1_500)
    var first = FencedObjective(Self.share)
    let trainer = try makeTrainer(problem)
    try run(trainer, &first, evaluations: evaluations)
    let second = try makeTrainer(problem)
    try second.load(trainer.save())
    #expect(try second.save() == trainer.save())
    try run(second, &first, evaluations: 1_500)
    #expect(first.trace == whole.trace)
  }
}
