import Foundation
import QHostInterfaces
import QHostNumerics
import QHostTesting
import Testing

@Suite("Local descent")
struct LocalDescentTests {
  static func sphere(_ x: [Double]) -> Double { x.reduce(0) { $0 + ($1 - 0.7) * ($1 - 0.7) } }

  static func rosenbrock(_ x: [Double]) -> Double {
    zip(x, x.dropFirst()).reduce(0) { sum, pair in
      let (a, b) = (pair.1 - pair.0 * pair.0, 1 - pair.0)
      return sum + 100 * a * a + b * b
    }
  }

  static func problem(
    _ start: [Double], _ bound: Double = .infinity, isFast: Bool = false
  ) -> Problem {
    Problem(
      queries: [.points, .cuts], initial: start, lower: start.map { _ in -bound },
      upper: start.map { _ in bound }, hasFastCuts: isFast)
  }

  /// Runs to the end or through a number of questions, and gives the points that were asked for.
  @discardableResult
  static func run(
    _ descent: inout LocalDescent, _ dimension: Int, questions: Int = 100_000,
    _ loss: ([Double]) -> Double
  ) throws -> [[Double]] {
    var asked = AskedPoints()
    return try run(&descent, dimension, questions: questions, &asked, loss)
  }

  /// Runs on with what a host keeps of the questions before.
  @discardableResult
  private static func run(
    _ descent: inout LocalDescent, _ dimension: Int, questions: Int = 100_000,
    _ asked: inout AskedPoints, _ loss: ([Double]) -> Double
  ) throws -> [[Double]] {
    var points: [[Double]] = []
    var query = Query()
    for _ in 0..<questions where !descent.isDone {
      query.clear()
      descent.ask(&query)
      let new = try asked.take(query, dimension: dimension)
      try descent.tell(new.map(loss))
      points += new
    }
    return points
  }

  @Test(
    "A sphere and Rosenbrock's valley of 10 parameters are descended to 1e-8",
    arguments: [false, true])
  func functions(isFast: Bool) throws {
    let starts = (1...4 as ClosedRange<UInt64>).map { seed in
      TestHost(seed: seed).uniforms(step: 0, index: 0, count: 10).map { 4 * $0 - 2 }
    }
    for start in starts {
      var descent = LocalDescent(Self.problem(start, isFast: isFast), from: start)
      let points = try Self.run(&descent, 10, Self.sphere)
      #expect(descent.loss < 1e-8)
      #expect(points.count < 300)
    }
    // From other starts it ends in the valley's second minimum, 3.99.
    let found = try starts.filter { start in
      var descent = LocalDescent(Self.problem(start, isFast: isFast), from: start)
      let points = try Self.run(&descent, 10, Self.rosenbrock)
      #expect(points.count < 6000)
      return descent.loss < 1e-8
    }
    #expect(found.count >= 2)
  }

  @Test("The minimum on a bound is found, and no point lies beyond", arguments: [false, true])
  func bounds(isFast: Bool) throws {
    let start = [-0.2, 0.1, 0.3]
    var descent = LocalDescent(Self.problem(start, 0.5, isFast: isFast), from: start)
    let points = try Self.run(&descent, 3) { Self.sphere($0) + $0[0] }
    #expect(points.allSatisfy { $0.allSatisfy { abs($0) <= 0.5 } })
    // (x − 0.7)² + x has its minimum at 0.2.
    #expect(abs(descent.point[0] - 0.2) < 1e-6)
    #expect(descent.point[1] == 0.5 && descent.point[2] == 0.5)
  }

  @Test("Integers, categories and fixed parameters stay, infinite losses are walls")
  func kinds() throws {
    let start = [3.0, 1, 2, 1]
    let problem = Problem(
      queries: .points, initial: start, kinds: [.integer, .categorical, .real, .real],
      lower: [0, 0, 2, -10], upper: [9, 3, 2, 10])
    var descent = LocalDescent(problem, from: start)
    try Self.run(&descent, 4) { x in
      x[3] < -1 ? .infinity : (x[3] + 3) * (x[3] + 3) + x[0]
    }
    #expect(descent.point[..<3] == [3, 1, 2])
    #expect(descent.point[3] < 0)
    var lost = LocalDescent(problem, from: start)
    try Self.run(&lost, 4) { _ in .infinity }
    #expect(lost.isDone && lost.point == start)
  }

  @Test("Where cuts are fast it asks for them, and sends each point once")
  func cuts() throws {
    let start = [-1.2, 1, -0.5]
    var descent = LocalDescent(Self.problem(start, isFast: true), from: start)
    var query = Query()
    var asked = AskedPoints()
    var lastBase: [Double] = []
    while !descent.isDone {
      query.clear()
      descent.ask(&query)
      #expect(query.kind == .cuts && query.moveIndices.isEmpty && query.points.isEmpty)
      #expect(query.base.isEmpty || query.base != lastBase)
      if query.offsets.count == 1 { #expect(query.offsets == [0]) }
      try descent.tell(try asked.take(query, dimension: 3).map(Self.rosenbrock))
      lastBase = asked.base
    }
    #expect(descent.loss < 1e-8)
  }

  @Test(
    "A saved descent continues as one that was never saved", arguments: [0, 1, 2, 5, 12, 40],
    [false, true])
  func saving(questions: Int, isFast: Bool) throws {
    let start = [-1.2, 1, -0.5]
    var first = LocalDescent(Self.problem(start, isFast: isFast), from: start)
    var asked = AskedPoints()
    try Self.run(&first, 3, questions: questions, &asked, Self.rosenbrock)
    var writer = StateWriter(version: 1)
    first.save(&writer)
    var second = LocalDescent(Self.problem(start, isFast: isFast), from: [0, 0, 0])
    var reader = try StateReader(writer.bytes, version: 1)
    try second.load(&reader)
    try reader.finish()
    // The second one's host knows no base point.
    let a = try Self.run(&first, 3, &asked, Self.rosenbrock)
    let b = try Self.run(&second, 3, Self.rosenbrock)
    #expect(a == b)
    #expect(first.loss == second.loss)
  }

  @Test("A wrong number of losses is refused")
  func miscount() throws {
    var descent = LocalDescent(Self.problem([1, 2]), from: [1, 2])
    var query = Query()
    descent.ask(&query)
    #expect(throws: ComponentError.self) { try descent.tell([1, 2]) }
  }
}
