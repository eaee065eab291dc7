import QHostInterfaces
import QHostNumerics
import QHostTesting
import Testing

@Suite("Polish")
struct PolishTests {
  private static let descriptor = ComponentDescriptor(
    name: "search", summary: "A search.", parameters: Polish.parameters)

  private static func polish(
    _ turn: String, _ changes: [String: ParameterValue] = [:], problem: Problem
  ) throws -> Polish {
    let all = changes.merging(["polish": .choice(turn, index: 0)]) { $1 }
    return try Polish(configuration(for: descriptor, all), problem)
  }

  private static let problem = Problem(queries: .points, initial: [1, 2])

  private func expect(_ polish: inout Polish, toBegin expected: Bool, at progress: Double) {
    let begins = polish.begins(progress: progress)
    #expect(begins == expected, "at \(progress)")
  }

  @Test("Nothing is noted and no turn begins when none is wanted")
  func none() throws {
    var polish = try Self.polish("none", problem: Self.problem)
    polish.note([1, 2], 3)
    expect(&polish, toBegin: false, at: 1)
    #expect(polish.bestLoss == .infinity)
  }

  @Test("The turn after the search begins where it is told to, from the best point, once")
  func after() throws {
    var polish = try Self.polish("after", ["polish_start": .real(0.5)], problem: Self.problem)
    var query = Query()
    query.points = [1, 2, 3, 3, 5, 6]
    polish.note(query)
    polish.note([7, 4, 9])
    #expect(polish.best == [3, 3])
    expect(&polish, toBegin: false, at: 0.4)
    expect(&polish, toBegin: true, at: 0.5)
    var isOver = false
    while !isOver {
      query.clear()
      polish.ask(&query)
      let losses = stride(from: 0, to: query.points.count, by: 2).map {
        LocalDescentTests.sphere(Array(query.points[$0..<$0 + 2]))
      }
      isOver = try polish.tell(losses, progress: 0.6)
    }
    #expect(polish.bestLoss < 1e-12)
    expect(&polish, toBegin: false, at: 0.9)
  }

  @Test("Of cuts the lowest point is noted, wherever its offset leads")
  func cuts() throws {
    var polish = try Self.polish("after", problem: Self.problem)
    var query = Query()
    query.kind = .cuts
    query.cutIndices = [1, 0]
    query.offsetCount = 2
    query.offsets = [0, 1, -2, 3]
    polish.note(query)
    polish.note([4, 5, 1, 2], base: [10, 20])
    #expect(polish.best == [8, 20] && polish.bestLoss == 1)
    polish.note([4, 0, 1, 2], base: [10, 20])
    #expect(polish.best == [10, 21] && polish.bestLoss == 0)
  }

  @Test("Turns between come at intervals, and only for a new best point")
  func between() throws {
    var polish = try Self.polish(
      "between", ["polish_interval": .real(0.1)], problem: Self.problem)
    polish.note([1, 2], 5)
    expect(&polish, toBegin: false, at: 0.05)
    expect(&polish, toBegin: true, at: 0.1)
    var query = Query()
    var isOver = false
    while !isOver {
      query.clear()
      polish.ask(&query)
      isOver = try polish.tell(
        Array(repeating: 5, count: query.points.count / 2), progress: 0.2)
    }
    expect(&polish, toBegin: false, at: 0.5)
    polish.note([0, 0], 4)
    expect(&polish, toBegin: false, at: 0.25)
    expect(&polish, toBegin: true, at: 0.5)
  }

  @Test("Minibatches and problems without points are refused")
  func refusals() throws {
    let batches = Problem(queries: .points, initial: [0], rowCount: 10, batchRows: 2)
    #expect(throws: ComponentError.self) { try Self.polish("after", problem: batches) }
    let cuts = Problem(queries: .cuts, initial: [0])
    #expect(throws: ComponentError.self) { try Self.polish("between", problem: cuts) }
    _ = try Self.polish("none", problem: batches)
    _ = try Self.polish(
      "between", problem: Problem(queries: .cuts, initial: [0], hasFastCuts: true))
  }
}
