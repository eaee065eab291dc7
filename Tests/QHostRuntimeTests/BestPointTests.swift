import QHostInterfaces
import QHostRuntime
import Testing

@Suite("BestPoint")
struct BestPointTests {
  private func observe(
    _ best: inout BestPoint, _ losses: [Double], points: [Double] = [], evaluations: Int
  ) {
    var query = Query()
    query.points = points
    var answer = Answer()
    answer.losses = losses
    var cost = Cost()
    cost.lossEvaluations = evaluations
    best.observe(query, answer, base: [], dimension: 2, cost: cost, seconds: 1)
  }

  @Test("The lowest loss is kept with its point")
  func lowest() {
    var best = BestPoint()
    observe(&best, [3, 1, 2], points: [0, 0, 1, 1, 2, 2], evaluations: 3)
    #expect(best.loss == 1)
    #expect(best.point == [1, 1])
    observe(&best, [1, 5], points: [7, 7, 8, 8], evaluations: 5)
    #expect(best.point == [1, 1])
    observe(&best, [0.5], points: [9, 9], evaluations: 6)
    #expect(best.point == [9, 9])
  }

  @Test("Infinite losses are never the best")
  func infinite() {
    var best = BestPoint()
    observe(&best, [.infinity], points: [0, 0], evaluations: 1)
    #expect(best.point.isEmpty)
    #expect(best.improvements.isEmpty)
  }

  @Test("The best point of a cut is the base with its offset")
  func cuts() {
    var query = Query()
    query.kind = .cuts
    query.cutIndices = [1, 0]
    query.offsetCount = 2
    query.offsets = [0.1, 0.2, 0.3, 0.4]
    var answer = Answer()
    answer.losses = [5, 4, 3, 9]
    var best = BestPoint()
    best.observe(query, answer, base: [10, 20], dimension: 2, cost: Cost(), seconds: 0)
    #expect(best.loss == 3)
    #expect(best.point == [10.3, 20])
  }

  @Test("Moves between improvements are followed, and a new base point taken")
  func moves() {
    var best = BestPoint()
    var base = [10.0, 20]
    func observe(_ loss: Double, base new: [Double] = [], moves: [(Int, Double)] = []) {
      var query = Query()
      query.kind = .cuts
      query.base = new
      query.moveIndices = moves.map(\.0)
      query.moveDeltas = moves.map(\.1)
      if !new.isEmpty { base = new }
      for move in moves { base[move.0] += move.1 }
      query.cutIndices = [1]
      query.offsetCount = 1
      query.offsets = [0.5]
      var answer = Answer()
      answer.losses = [loss]
      best.observe(query, answer, base: base, dimension: 2, cost: Cost(), seconds: 0)
    }
    observe(9, base: [10, 20])
    observe(9, moves: [(0, 0.1)])
    observe(8, moves: [(1, 0.25), (0, 0.2)])
    #expect(best.point == [base[0], base[1] + 0.5])
    let then = best.point
    for step in 0..<5 { observe(9, moves: [(step % 2, 0.3)]) }
    #expect(best.point == then)
    observe(7, moves: [(0, 0.7)])
    #expect(best.point == [base[0], base[1] + 0.5])
    observe(7.5, base: [1, 2])
    observe(6)
    #expect(best.point == [1, 2.5])
  }

  @Test("Improvements are thinned to steps of half a percent")
  func thinning() {
    var best = BestPoint()
    for evaluation in 1...10_000 {
      observe(&best, [1 / Double(evaluation)], points: [0, 0], evaluations: evaluation)
    }
    #expect(best.improvements.count < 1_500)
    #expect(best.improvements.last?.loss == 1 / 10_000.0)
    let evaluations = best.improvements.map(\.evaluations)
    #expect(evaluations == evaluations.sorted())
  }
}
