import EvolutionaryOptimizers
import QHostInterfaces
import QHostTesting
import Testing

@Suite("COBYLA")
struct COBYLATests {
  private typealias Run = ObjectiveRun<COBYLA>

  /// A function, where the search begins, and what SciPy 1.17.1's COBYLA (PRIMA) makes of it with rhobeg `rho` and
  /// a last radius of 1e-6: the lowest value, and evaluations.
  struct Problem: Sendable, CustomTestStringConvertible {
    let name: String
    let start: [Double]
    var rho = 1.0
    let value: Double
    let evaluations: Int
    let function: @Sendable (ArraySlice<Double>) -> Double
    var testDescription: String { "\(name) of \(start.count)" }
  }

  static func rosenbrock(_ x: ArraySlice<Double>) -> Double {
    zip(x.dropFirst(), x).reduce(0) { sum, pair in
      let (next, this) = pair
      return sum + 100 * (next - this * this) * (next - this * this) + (1 - this) * (1 - this)
    }
  }

  static let problems: [Problem] = [
    Problem(
      name: "Rosenbrock", start: [-1.2, 1], value: 1.2e-6, evaluations: 6_622,
      function: rosenbrock),
    Problem(
      name: "Rosenbrock", start: [-1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1], value: 1.6e-6,
      evaluations: 72_372, function: rosenbrock),
    Problem(
      name: "ellipsoid", start: (1...10).map { 0.3 * Double($0) }, value: 1.4e-7,
      evaluations: 14_732
    ) { x in
      var (sum, factor) = (0.0, 1.0)
      for value in x {
        sum += factor * value * value
        factor *= 2.154434690031884
      }
      return sum
    },
    Problem(
      name: "sphere", start: (1...10).map { 0.3 * Double($0) }, value: 6.9e-13, evaluations: 277
    ) { $0.reduce(0) { $0 + $1 * $1 } },
    Problem(
      name: "chained Rosenbrock", start: Array(repeating: -1, count: 10), rho: 0.5, value: 1.5e-9,
      evaluations: 5_122
    ) { x in
      zip(x, x.dropFirst()).reduce(0) { sum, pair in
        let bend = pair.0 - pair.1 * pair.1
        return sum + 4 * bend * bend + (1 - pair.1) * (1 - pair.1)
      }
    },
  ]

  @Test("It is as good as SciPy's at about as many evaluations", arguments: problems)
  func peer(_ problem: Problem) throws {
    var run = try Run(
      COBYLA.self, QHostInterfaces.Problem(queries: .points, initial: problem.start),
      ["rho_begin": .real(problem.rho)], budget: 200_000
    ) { point, _ in (problem.function(point), []) }
    run.keepsTrace = false
    try run.finish()
    // How long curved valleys take depends on the last bit of every step.
    #expect(run.best < 5 * problem.value, "\(run.best)")
    #expect(run.evaluationCount < 3 * problem.evaluations, "\(run.evaluationCount)")
    #expect(run.queries.last?.kind == .done)
  }

  @Test(
    "The first points lie along the axes, on the side with more room, and are asked for at once")
  func simplex() throws {
    let optimizer = try COBYLA(
      request: request(for: COBYLA.descriptor, [:]),
      problem: QHostInterfaces.Problem(
        queries: .points, initial: [0, 1, 0.2], lower: [-5, -5, 0], upper: [5, 1.5, 0.5],
        scales: [2, 1, 1]))
    var query = Query()
    try optimizer.ask(&query)
    #expect(query.points == [0, 1, 0.2, 2, 1, 0.2, 0, 0, 0.2, 0, 1, 0.5])
  }

  @Test("Within bounds, which no point leaves, the best point on them is found")
  func bounds() throws {
    let lower = [0.5, -1, 2, -3.0]
    let upper = [3, 0.25, 4, 3.0]
    var run = try Run(
      COBYLA.self,
      QHostInterfaces.Problem(
        queries: .points, initial: [2, 0, 3, 1], lower: lower, upper: upper), budget: 5_000
    ) { point, _ in
      // Lowest at (0, 1, 1, 0.5): beyond the first three bounds.
      let target = [0, 1, 1, 0.5]
      return (zip(point, target).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }, [])
    }
    try run.finish()
    for point in run.points {
      for i in point.indices { #expect(point[i] >= lower[i] && point[i] <= upper[i]) }
    }
    #expect(abs(run.best - (0.25 + 0.5625 + 1)) < 1e-9)
  }

  @Test("Infinite losses are survived, and a flat function ends it")
  func hardness() throws {
    var walled = try Run(
      COBYLA.self, QHostInterfaces.Problem(queries: .points, initial: [1, 1]), budget: 5_000
    ) { point, _ in
      let x = Array(point)
      return (x[0] < 0.25 ? .infinity : x[0] * x[0] + x[1] * x[1], [])
    }
    walled.keepsTrace = false
    try walled.finish()
    #expect(walled.best < 0.3)
    var flat = try Run(
      COBYLA.self, QHostInterfaces.Problem(queries: .points, initial: [1, 1, 1]), budget: 5_000
    ) { _, _ in (7, []) }
    try flat.finish()
    #expect(flat.queries.last?.kind == .done && flat.evaluationCount < 100)
  }

  @Test("A last radius above the first is refused")
  func radii() throws {
    let error = #expect(throws: ComponentError.self) {
      try COBYLA(
        request: request(for: COBYLA.descriptor, ["rho_end": .real(2)]),
        problem: QHostInterfaces.Problem(queries: .points, initial: [0]))
    }
    #expect(error?.message.contains("rho_end = 2.0") == true)
  }
}
