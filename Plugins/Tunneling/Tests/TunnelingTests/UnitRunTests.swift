import QHostInterfaces
import QHostTesting
import Testing
import Tunneling

@Suite("Weights of one unit that are cut one after the other")
struct UnitRunTests {
  /// A matrix and its biases: [4 × 6], [4].
  private static let network: Problem = {
    var problem = Problem(
      queries: .cuts, initial: Array(repeating: 0.5, count: 28), rowCount: 1000, batchRows: 100,
      hasFastCuts: true)
    problem.blocks = [
      ParameterBlock(name: "a", shape: Shape([4, 6]), offset: 0),
      ParameterBlock(name: "b", shape: Shape([4]), offset: 24),
    ]
    return problem
  }()

  private static func loss(_ x: [Double]) -> Double {
    x.enumerated().reduce(0) { $0 + ($1.1 - Double($1.0)) * ($1.1 - Double($1.0)) }
  }

  private func asked(_ length: Int, steps: Int, of problem: Problem = network) throws -> [Int] {
    var objective = CutObjective(Self.loss)
    let trainer = try makeTrainer(problem, ["unit_run": .integer(length)])
    var query = Query()
    return try (0..<steps).map { step in
      query.clear()
      try trainer.ask(&query)
      try trainer.tell(objective.answer(query, progress: Double(step + 1) / Double(steps)))
      return query.cutIndices[0]
    }
  }

  /// The row of the matrix that a coordinate is in, or 4: a bias.
  private func unit(_ coordinate: Int) -> Int { coordinate / 6 }

  @Test(
    "A sweep visits every coordinate once, in runs of at most so many of a unit",
    arguments: [2, 3, 4, 100])
  func runs(length: Int) throws {
    let asked = try asked(length, steps: 84)
    var orders: Set<[Int]> = []
    for sweep in 0..<3 {
      let visited = Array(asked[sweep * 28..<(sweep + 1) * 28])
      #expect(visited.sorted() == Array(0..<28))
      orders.insert(visited)
      // Pieces may meet that are of the same unit: what is left of its six begins anywhere else.
      var runs: [[Int]] = []
      for coordinate in visited {
        if let last = runs.last?.last, unit(last) == unit(coordinate) {
          runs[runs.count - 1].append(coordinate)
        } else {
          runs.append([coordinate])
        }
      }
      #expect(
        runs.count >= 5 && runs.count <= 4 * ((6 + length - 1) / length) + (4 + length - 1) / length
      )
      if length >= 6 { #expect(runs.count == 5) }
    }
    #expect(orders.count == 3)
  }

  @Test("A length of 1 mixes all, and where no matrices are known all are one run")
  func others() throws {
    #expect(try asked(1, steps: 28) != asked(2, steps: 28))
    var plain = Self.network
    plain.blocks = []
    #expect(try asked(5, steps: 28, of: plain).sorted() == Array(0..<28))
  }

  @Test("A run that is saved within a sweep continues with the same coordinates")
  func saving() throws {
    var objective = CutObjective(Self.loss)
    let settings: [String: ParameterValue] = ["unit_run": .integer(3)]
    let trainer = try makeTrainer(Self.network, settings)
    var query = Query()
    func step(_ trainer: Tunneling, _ step: Int) throws -> Int {
      query.clear()
      try trainer.ask(&query)
      try trainer.tell(objective.answer(query, progress: Double(step) / 100))
      return query.cutIndices[0]
    }
    for number in 1...17 { _ = try step(trainer, number) }
    let state = try trainer.save()
    let first = try (18...60).map { try step(trainer, $0) }
    let other = try makeTrainer(Self.network, settings)
    try other.load(state)
    objective = CutObjective(Self.loss)
    #expect(try (18...60).map { try step(other, $0) } == first)
  }
}
