import Foundation
import QHostInterfaces
import QHostTesting
import Testing
import Tunneling

@Suite("Noise that tunneling anneals")
struct NoiseAnnealingTests {
  /// Two matrices and a bias: [3 × 4], [3], [2 × 3].
  private static let network: Problem = {
    var problem = Problem(
      queries: .cuts, initial: Array(repeating: 0.5, count: 21), rowCount: 1000, batchRows: 100,
      hasFastCuts: true)
    problem.blocks = [
      ParameterBlock(name: "a", shape: Shape([3, 4]), offset: 0),
      ParameterBlock(name: "b", shape: Shape([3]), offset: 12),
      ParameterBlock(name: "c", shape: Shape([2, 3]), offset: 15),
    ]
    return problem
  }()
  private static let noise: [String: ParameterValue] = [
    "noise_start": .real(2), "noise_end": .real(0.5),
  ]

  private static func loss(_ x: [Double]) -> Double {
    x.enumerated().reduce(0) { $0 + ($1.1 - Double($1.0)) * ($1.1 - Double($1.0)) }
  }

  /// What is asked in some steps: coordinates and widths of noise.
  private func asked(
    _ changes: [String: ParameterValue], steps: Int
  ) throws -> [(coordinate: Int, noise: Double)] {
    var objective = CutObjective(Self.loss)
    let trainer = try makeTrainer(Self.network, changes)
    var query = Query()
    return try (0..<steps).map { step in
      query.clear()
      try trainer.ask(&query)
      try trainer.tell(objective.answer(query, progress: Double(step + 1) / Double(steps)))
      return (query.cutIndices[0], query.noise)
    }
  }

  @Test("It falls geometrically with the budget, and is none by default")
  func annealing() throws {
    let asked = try asked(Self.noise, steps: 64)
    for (step, query) in asked.enumerated() {
      #expect(abs(query.noise - 2 * pow(0.25, Double(step) / 64)) < 1e-12)
    }
    #expect(try self.asked([:], steps: 64).allSatisfy { $0.noise == 0 })
  }

  @Test("A sweep visits every coordinate once, the rows of a matrix one after the other")
  func runs() throws {
    let rows = [0..<4, 4..<8, 8..<12, 12..<15, 15..<18, 18..<21]
    let asked = try asked(Self.noise, steps: 63).map(\.coordinate)
    var orders: Set<[Int]> = []
    for sweep in 0..<3 {
      let visited = Array(asked[sweep * 21..<(sweep + 1) * 21])
      #expect(visited.sorted() == Array(0..<21))
      for row in rows {
        let places = visited.indices.filter { row.contains(visited[$0]) }
        #expect(places.last.map { $0 - places[0] } == row.count - 1)
      }
      orders.insert(visited)
    }
    #expect(orders.count == 3)
  }

  @Test("A resumed run asks what an unbroken one asks", arguments: [1, 20, 21, 30])
  func resuming(steps: Int) throws {
    func advance(
      _ trainer: Tunneling, _ objective: inout CutObjective, from start: Int, by count: Int
    ) throws {
      var query = Query()
      for step in start..<start + count {
        query.clear()
        try trainer.ask(&query)
        try trainer.tell(objective.answer(query, progress: Double(step) / 100))
      }
    }
    var objective = CutObjective(Self.loss)
    let first = try makeTrainer(Self.network, Self.noise)
    try advance(first, &objective, from: 0, by: steps)
    let second = try makeTrainer(Self.network, Self.noise)
    try second.load(try first.save())
    var copy = objective
    try advance(first, &objective, from: steps, by: 50)
    try advance(second, &copy, from: steps, by: 50)
    #expect(copy.point == objective.point)
    #expect(try second.save() == first.save())
  }

  @Test("What cannot be is refused")
  func refusals() throws {
    let grows = #expect(throws: ComponentError.self) {
      _ = try makeTrainer(Self.network, ["noise_start": .real(0.5), "noise_end": .real(2)])
    }
    #expect(grows?.message.contains("noise_end is 2.0 and noise_start 0.5") == true)
    let ends = #expect(throws: ComponentError.self) {
      _ = try makeTrainer(Self.network, ["noise_start": .real(0.5), "noise_end": .real(0)])
    }
    #expect(ends?.message.contains("an end above 0") == true)
    var whole = Self.network
    whole.batchRows = whole.rowCount
    let all = #expect(throws: ComponentError.self) { _ = try makeTrainer(whole, Self.noise) }
    #expect(all?.message.contains("below the 1000 rows") == true)
    _ = try makeTrainer(whole)
  }
}
