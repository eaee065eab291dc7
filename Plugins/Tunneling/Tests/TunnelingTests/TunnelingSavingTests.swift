import QHostInterfaces
import Testing
import Tunneling

@Suite("Tunneling saves and loads")
struct TunnelingSavingTests {
  private static let network = Problem(
    queries: .cuts, initial: [0.3, -1, 2, 0.5], rowCount: 1000, batchRows: 100, hasFastCuts: true)
  private static let mixed = Problem(
    queries: .cuts, initial: [1, -4, 2], kinds: [.real, .integer, .categorical],
    lower: [-5, -9, 0], upper: [5, 9, 3])

  private static func loss(_ x: [Double]) -> Double {
    x.enumerated().reduce(0) { sum, pair in
      let z = pair.1 - 0.4 * Double(pair.0)
      return sum + z * z * (1 + 0.2 * x[0] * x[0])
    }
  }

  @Test("A resumed run asks what an unbroken one asks", arguments: [0, 1, 2, 7, 31, 64, 100])
  func resuming(steps: Int) throws {
    for problem in [Self.network, Self.mixed] {
      for block in [1, 2] {
        let changes: [String: ParameterValue] = [
          "block": .integer(block), "averaging": .real(0.5),
        ]
        var objective = CutObjective(Self.loss)
        let first = try makeTrainer(problem, changes)
        try advance(first, &objective, from: 0, by: steps)
        let saved = try first.save()
        let second = try makeTrainer(problem, changes)
        try second.load(saved)
        #expect(try second.save() == saved)
        #expect(try second.recommendation() == first.recommendation())
        var copy = objective
        try advance(first, &objective, from: steps, by: 60)
        try advance(second, &copy, from: steps, by: 60)
        #expect(copy.point == objective.point)
        #expect(copy.batchCount == objective.batchCount)
        #expect(try second.save() == first.save())
      }
    }
  }

  private func advance(
    _ trainer: Tunneling, _ objective: inout CutObjective, from start: Int, by count: Int
  ) throws {
    var query = Query()
    for step in start..<start + count {
      query.clear()
      try trainer.ask(&query)
      try trainer.tell(objective.answer(query, progress: min(1, Double(step) / 150)))
    }
  }

  @Test("A state of another problem or a damaged one is refused")
  func foreign() throws {
    let saved = try makeTrainer(Self.network).save()
    #expect(throws: ComponentError.self) { try makeTrainer(Self.mixed).load(saved) }
    #expect(throws: ComponentError.self) {
      try makeTrainer(Self.network).load(Array(saved.dropLast(8)))
    }
  }
}
