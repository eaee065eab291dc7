import QHostInterfaces
import QHostRuntime
import Testing

@Suite("BestPoint")
struct BestPointTests {
  private func observe(
    _ best: inout BestPoint, _ losses: [Double], points: [Double] = [], until: Double = -.infinity
  ) -> Int? {
    var query = Query()
    query.points = points
    return best.observe(
      query, losses, places: 0..<losses.count, base: [], dimension: 2, until: until)
  }

  @Test("The lowest loss is kept with its point")
  func lowest() {
    var best = BestPoint()
    _ = observe(&best, [3, 1, 2], points: [0, 0, 1, 1, 2, 2])
    #expect(best.loss == 1)
    #expect(best.point == [1, 1])
    _ = observe(&best, [1, 5], points: [7, 7, 8, 8])
    #expect(best.point == [1, 1])
    _ = observe(&best, [0.5], points: [9, 9])
    #expect(best.point == [9, 9])
  }

  @Test("Infinite losses are never the best")
  func infinite() {
    var best = BestPoint()
    _ = observe(&best, [.infinity], points: [0, 0])
    #expect(best.point.isEmpty)
    #expect(best.improvedPlaces.isEmpty)
  }

  @Test("The best point of a cut is the base with its offset")
  func cuts() {
    var query = Query()
    query.kind = .cuts
    query.cutIndices = [1, 0]
    query.offsetCount = 2
    query.offsets = [0.1, 0.2, 0.3, 0.4]
    var best = BestPoint()
    _ = best.observe(query, [5, 4, 3, 9], places: 0..<4, base: [10, 20], dimension: 2)
    #expect(best.improvedPlaces == [0, 1, 2])
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
      _ = best.observe(query, [loss], places: 0..<1, base: base, dimension: 2)
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

  @Test("Every improvement of an answer is named, up to the one that reaches the target")
  func improvements() {
    var best = BestPoint()
    let points: [Double] = [0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0]
    #expect(observe(&best, [5, 6, 4, 4, 2, 1], points: points, until: 2) == 4)
    #expect(best.improvedPlaces == [0, 2, 4])
    #expect(best.loss == 2)
    #expect(best.point == [4, 0])
  }

  @Test("Pieces of an answer are looked at like the whole of it")
  func pieces() {
    var query = Query()
    query.points = [0, 0, 1, 1, 2, 2, 3, 3]
    let losses = [3.0, 4, 1, 2]
    var best = BestPoint()
    #expect(best.observe(query, losses, places: 0..<2, base: [], dimension: 2) == nil)
    #expect(best.improvedPlaces == [0])
    #expect(best.observe(query, losses, places: 2..<4, base: [], dimension: 2) == nil)
    #expect(best.improvedPlaces == [2])
    #expect(best.point == [2, 2])
  }

  @Test("On other rows the first loss is the best one, whatever was seen before")
  func otherRows() {
    var best = BestPoint()
    _ = observe(&best, [0.1], points: [1, 1])
    best.forgetLoss()
    #expect(best.point == [1, 1])
    _ = observe(&best, [7], points: [2, 2])
    #expect(best.loss == 7)
    #expect(best.point == [2, 2])
  }
}
