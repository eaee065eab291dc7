import QHostInterfaces
import QHostTesting
import SchrodingerSolvers
import Tunneling

/// Answers cuts and points of one function, as a host does, and counts.
struct PointObjective {
  let loss: ([Double]) -> Double
  var cuts: CutObjective
  var evaluationCount = 0
  var bestLoss = Double.infinity
  /// The points of the last query.
  var lastPoints: [[Double]] = []
  /// All points so far, for comparisons.
  var trace: [[Double]] = []
  var keepsTrace = false

  init(_ loss: @escaping ([Double]) -> Double) {
    self.loss = loss
    cuts = CutObjective(loss)
  }

  mutating func answer(_ query: Query, dimension n: Int, progress: Double) -> Answer {
    guard query.kind == .points else {
      let answer = cuts.answer(query, progress: progress)
      evaluationCount += answer.losses.count
      bestLoss = min(bestLoss, cuts.bestLoss)
      return answer
    }
    var answer = Answer()
    answer.progress = progress
    lastPoints = stride(from: 0, to: query.points.count, by: n).map {
      Array(query.points[$0..<$0 + n])
    }
    answer.losses = lastPoints.map(loss)
    evaluationCount += lastPoints.count
    bestLoss = min(bestLoss, answer.losses.min() ?? .infinity)
    if keepsTrace { trace += lastPoints }
    return answer
  }
}

/// Asks and tells until the evaluations are spent or the loss is reached.
func run(
  _ trainer: Tunneling, _ objective: inout PointObjective, _ problem: Problem, evaluations: Int,
  until target: Double = -.infinity, queries: Int = .max
) throws {
  var query = Query()
  var count = 0
  while objective.evaluationCount < evaluations, objective.bestLoss > target, count < queries {
    count += 1
    query.clear()
    try trainer.ask(&query)
    guard query.kind != .done else { return }
    let progress = min(1, Double(objective.evaluationCount) / Double(evaluations))
    try trainer.tell(objective.answer(query, dimension: problem.dimension, progress: progress))
  }
}

/// A problem of bounded real parameters that answers cuts and points.
func openProblem(_ initial: [Double], _ bound: Double, hasFastCuts: Bool = false) -> Problem {
  var problem = boundedProblem(initial, bound)
  problem.queries = [.cuts, .points]
  problem.hasFastCuts = hasFastCuts
  return problem
}

/// A random rotation, [n × n] by rows: Gram and Schmidt's on normal numbers.
func rotation(_ n: Int, seed: UInt64) -> [[Double]] {
  let numbers = TestHost(seed: seed).normals(step: 3, index: 5, count: n * n)
  var rows: [[Double]] = []
  for i in 0..<n {
    var row = Array(numbers[i * n..<(i + 1) * n])
    for _ in 0..<2 {
      for other in rows {
        let part = zip(row, other).reduce(0) { $0 + $1.0 * $1.1 }
        for k in 0..<n { row[k] -= part * other[k] }
      }
    }
    let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
    rows.append(row.map { $0 / length })
  }
  return rows
}
