import QHostInterfaces
import QHostTesting
import Testing
import Tunneling

/// A table over ten coordinates, some of which share values, with losses and violations that are drawn.
private struct DrawnTable {
  var table: SiteTable
  var point: [Double]
  private let problem: Problem
  private var draws: [Double]

  init(seed: UInt64) throws {
    let upper = [4.0, 4, 4, 2, 6, 4, 4, 1, 6, 4]
    let problem = Problem(
      queries: [.cuts, .points], initial: upper.map { _ in 1 },
      kinds: upper.indices.map { $0 == 4 ? .integer : .categorical },
      lower: upper.indices.map { $0 == 4 ? -3 : 0 }, upper: upper)
    self.problem = problem
    draws = TestHost(seed: seed).uniforms(step: 0, index: 0, count: 20_000)
    table = try #require(SiteTable(problem, limit: 65))
    point = problem.initial
  }

  mutating func draw() -> Double { draws.removeLast() }

  /// Other losses and violations for all sites; a third of violations are 0, and losses have few values, so that there are equal ones.
  mutating func sweep() {
    for index in problem.kinds.indices {
      let lower = problem.lower[index]
      let count = Int(problem.upper[index] - lower) + 1
      let zero = Int(point[index] - lower)
      let losses = (0..<count).map { _ in (8 * draw()).rounded() / 8 }
      var violations = (0..<count).map { _ in max(0, (6 * draw()).rounded() / 4 - 0.5) }
      violations[zero] = 0
      table.note(coordinate: index, zeroNode: zero, losses: losses, violations: violations)
    }
  }

  /// A few coordinates go elsewhere, and a few violations are learned or forgotten.
  mutating func change() {
    for _ in 0..<Int(3 * draw()) {
      let index = Int(Double(point.count) * draw())
      let lower = problem.lower[index]
      point[index] = lower + (draw() * (problem.upper[index] - lower)).rounded()
    }
    for _ in 0..<Int(8 * draw()) {
      table.setViolation(
        Int(Double(table.siteCount) * draw()), to: draw() < 0.5 ? 0 : (4 * draw()).rounded() / 4)
    }
  }
}

@Suite("The view of a table")
struct SiteViewTests {
  @Test(
    "A view that is kept shows the moves of a new one, in order and class by class",
    arguments: 1...12 as ClosedRange<UInt64>)
  func kept(seed: UInt64) throws {
    var drawn = try DrawnTable(seed: seed)
    drawn.sweep()
    var kept = SiteView(drawn.table)
    for step in 0..<40 {
      if step % 13 == 12 { drawn.sweep() }
      drawn.change()
      // Now and then infeasible: then violations are to fall.
      let worth = PairSearch.Worth(violation: step / 5 % 3 == 2 ? 1 : 0, loss: 0.3)
      kept.renew(drawn.table, at: drawn.point, worth: worth)
      var fresh = SiteView(drawn.table)
      fresh.renew(drawn.table, at: drawn.point, worth: worth)
      #expect(kept.allMoves(drawn.table) == fresh.allMoves(drawn.table), "step \(step)")
    }
  }

  @Test(
    "Each class has all of its pairs, the lowest gain first",
    arguments: 1...12 as ClosedRange<UInt64>)
  func complete(seed: UInt64) throws {
    var drawn = try DrawnTable(seed: seed)
    drawn.sweep()
    drawn.change()
    let isFeasible = seed % 3 > 0
    var view = SiteView(drawn.table)
    view.renew(
      drawn.table, at: drawn.point, worth: .init(violation: isFeasible ? 0 : 1, loss: 0.3))
    for moves in view.allMoves(drawn.table) {
      #expect(zip(moves.gains, moves.gains.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(Set(moves.sites).count == moves.sites.count)
    }
    #expect(view.allMoves(drawn.table).map { $0.gains.sorted() } == view.plainGains(drawn.table))
  }
}
