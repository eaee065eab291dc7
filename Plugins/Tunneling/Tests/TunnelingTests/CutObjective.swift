import QHostInterfaces
import QHostTesting
import SchrodingerSolvers
import Tunneling

/// Answers cut queries by whole evaluations of a function, as a host does for a black box.
struct CutObjective {
  let loss: ([Double]) -> Double
  var point: [Double] = []
  var evaluationCount = 0
  var bestLoss = Double.infinity
  /// Everything that was asked: coordinates, offsets and moves, for comparisons.
  var trace: [Double] = []
  /// How often a new minibatch was asked for.
  var batchCount = 0

  init(_ loss: @escaping ([Double]) -> Double) { self.loss = loss }

  mutating func answer(_ query: Query, progress: Double) -> Answer {
    if !query.base.isEmpty { point = query.base }
    for (index, delta) in zip(query.moveIndices, query.moveDeltas) { point[index] += delta }
    if query.batch == .next { batchCount += 1 }
    trace += query.moveDeltas + query.offsets + query.cutIndices.map(Double.init)
    var answer = Answer()
    answer.kind = .cuts
    answer.progress = progress
    for (place, offset) in query.offsets.enumerated() {
      var trial = point
      trial[query.cutIndices[place / query.offsetCount]] += offset
      let value = loss(trial)
      bestLoss = min(bestLoss, value)
      answer.losses.append(value)
    }
    evaluationCount += query.offsets.count
    return answer
  }
}

/// A trainer with a finite-difference solver.
func makeTrainer(
  _ problem: Problem, _ changes: [String: ParameterValue] = [:], seed: UInt64 = 1
) throws -> Tunneling {
  let host = TestHost(seed: seed)
  let solver = try FiniteDifference(
    request: request(for: FiniteDifference.descriptor, host: host))
  return try Tunneling(
    request: request(
      for: Tunneling.descriptor, changes, host: host, solvers: ["solver": solver]),
    problem: problem)
}

/// Asks and tells until the evaluations are spent, the loss is reached or the trainer is done.
func run(
  _ trainer: Tunneling, _ objective: inout CutObjective, evaluations: Int,
  until target: Double = -.infinity, of budget: Int? = nil
) throws {
  var query = Query()
  while objective.evaluationCount < evaluations, objective.bestLoss > target {
    query.clear()
    try trainer.ask(&query)
    guard query.kind == .cuts else { return }
    let spent = Double(objective.evaluationCount + query.offsets.count)
    let progress = min(1, spent / Double(budget ?? evaluations))
    try trainer.tell(objective.answer(query, progress: progress))
  }
}

/// A problem of bounded real parameters.
func boundedProblem(_ initial: [Double], _ bound: Double) -> Problem {
  Problem(
    queries: .cuts, initial: initial, lower: initial.map { _ in -bound },
    upper: initial.map { _ in bound }, scales: initial.map { _ in bound / 2 })
}
