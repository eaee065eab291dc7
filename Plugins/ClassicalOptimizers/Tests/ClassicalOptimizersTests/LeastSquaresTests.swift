import ClassicalOptimizers
import QHostInterfaces
import QHostNumerics
import QHostTesting
import Testing

@Suite("Least squares")
struct LeastSquaresTests {
  /// The mean of (a·x − y)² over rows.
  private struct Regression {
    let rows: [[Double]]
    let targets: [Double]

    init(rowCount: Int, count: Int) {
      let host = TestHost(seed: 9)
      rows = (0..<rowCount).map { host.normals(step: UInt64($0), index: 0, count: count) }
      targets = host.normals(step: 1000, index: 1, count: rowCount)
    }

    func answer(_ x: ArraySlice<Double>) -> (loss: Double, gradient: [Double]) {
      let x = Array(x)
      var (loss, gradient) = (0.0, [Double](repeating: 0, count: x.count))
      for (row, target) in zip(rows, targets) {
        let error = zip(row, x).reduce(-target) { $0 + $1.0 * $1.1 }
        loss += error * error
        for index in x.indices { gradient[index] += 2 * error * row[index] }
      }
      let count = Double(rows.count)
      return (loss / count, gradient.map { $0 / count })
    }

    /// By the normal equations.
    func minimum(ridge: Double) -> [Double]? {
      let n = rows[0].count
      var matrix = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
      var right = [Double](repeating: 0, count: n)
      for (row, target) in zip(rows, targets) {
        for i in 0..<n {
          right[i] += 2 * row[i] * target / Double(rows.count)
          for j in 0..<n { matrix[i][j] += 2 * row[i] * row[j] / Double(rows.count) }
        }
      }
      let mean = (0..<n).reduce(0) { $0 + matrix[$1][$1] } / Double(n)
      for i in 0..<n { matrix[i][i] += ridge * mean }
      return Cholesky.plainSolution(matrix, right)
    }
  }

  @Test("It ends at the minimum that the normal equations have", arguments: [0, 1e-3, 0.5])
  func minimum(ridge: Double) throws {
    let regression = Regression(rowCount: 40, count: 7)
    let problem = Problem(
      queries: .gradient, initial: [0, 3, -1, 0.5, 2, 0, 0], scales: [1, 2, 0.1, 1, 10, 1, 1],
      rowCount: 40, batchRows: 10)
    var run = try ObjectiveRun(
      LeastSquares.self, problem, ["ridge": .real(ridge)], budget: 100
    ) { x, _ in regression.answer(x) }
    try run.finish()
    // The start, one for each parameter, two solutions.
    #expect(run.evaluationCount == 10)
    #expect(run.queries.last?.reason == .converged)
    #expect(run.queries.dropLast().allSatisfy { $0.batch == .full })
    let found = try #require(try run.optimizer.recommendation())
    let exact = try #require(regression.minimum(ridge: ridge))
    for (a, b) in zip(found, exact) { #expect(abs(a - b) < 1e-12) }
  }

  @Test("A ridge finds the shortest of many minima, and without one the run stalls with a reason")
  func singular() throws {
    // Two equal columns.
    let answer = { (x: ArraySlice<Double>) -> (loss: Double, gradient: [Double]) in
      let error = x[x.startIndex] + x[x.startIndex + 1] - 2
      return (error * error, [2 * error, 2 * error])
    }
    let problem = Problem(queries: .gradient, initial: [5, 0])
    var run = try ObjectiveRun(
      LeastSquares.self, problem, ["ridge": .real(1e-6)], budget: 100
    ) { x, _ in answer(x) }
    try run.finish()
    for value in try #require(try run.optimizer.recommendation()) { #expect(abs(value - 1) < 1e-5) }
    let host = TestHost()
    let without = try LeastSquares(
      request: request(for: LeastSquares.descriptor, ["ridge": .real(0)], host: host),
      problem: problem)
    try drive(without) { answer($0[...]) }
    #expect(try without.recommendation() == nil)
    #expect(host.log.contains { $0.contains("positive definite") })
  }

  @Test("A loss that is not quadratic is noticed, and said")
  func notQuadratic() throws {
    let host = TestHost()
    let optimizer = try LeastSquares(
      request: request(for: LeastSquares.descriptor, host: host),
      problem: Problem(queries: .gradient, initial: [2]))
    let reason = try drive(optimizer) { x in
      let square = x[0] * x[0]
      return (square * square, [4 * square * x[0]])
    }
    #expect(reason == .stalled)
    #expect(host.log.contains { $0.contains("not quadratic") })
    #expect(try optimizer.recommendation() == nil)
  }

  @Test("Bounds hold, and what they leave free is at its least")
  func bounds() throws {
    // (x + y − 4)² + (x − y)² with x at most 1: y = 2.5 − 0 from d/dy: 2(1 + y − 4) − 2(1 − y) = 0, y = 2.
    let problem = Problem(
      queries: .gradient, initial: [0, 0, 7], lower: [-5, -5, 7], upper: [1, 5, 7])
    var run = try ObjectiveRun(
      LeastSquares.self, problem, ["ridge": .real(0)], budget: 100
    ) { point, _ in
      let x = Array(point)
      let (sum, difference) = (x[0] + x[1] - 4, x[0] - x[1])
      return (
        sum * sum + difference * difference,
        [2 * sum + 2 * difference, 2 * sum - 2 * difference, 0]
      )
    }
    try run.finish()
    let found = try #require(try run.optimizer.recommendation())
    #expect(found[0] == 1 && abs(found[1] - 2) < 1e-12 && found[2] == 7)
    #expect(run.points.allSatisfy { $0[0] <= 1 && $0[2] == 7 })
  }

  @Test("Too many parameters and integers are refused with their number")
  func refusals() {
    for problem in [
      Problem(queries: .gradient, initial: [Double](repeating: 0, count: 10_001)),
      Problem(queries: .gradient, initial: [0, 0], kinds: [.real, .integer]),
    ] {
      let error = #expect(throws: ComponentError.self) {
        try LeastSquares(request: request(for: LeastSquares.descriptor), problem: problem)
      }
      #expect(error?.kind == .parameter)
      #expect(
        error?.message.contains("10001") == true || error?.message.contains("parameter 1") == true)
    }
  }

  /// Asks and tells until it is done, and says why.
  @discardableResult
  private func drive(
    _ optimizer: LeastSquares, _ objective: ([Double]) -> (loss: Double, gradient: [Double])
  ) throws -> Query.DoneReason {
    var query = Query()
    for _ in 0..<100 {
      query.clear()
      try optimizer.ask(&query)
      if query.kind == .done { return query.reason }
      var answer = Answer()
      let (loss, gradient) = objective(query.points)
      (answer.kind, answer.losses, answer.gradient) = (.gradient, [loss], gradient)
      try optimizer.tell(answer)
    }
    return .schedule
  }
}
