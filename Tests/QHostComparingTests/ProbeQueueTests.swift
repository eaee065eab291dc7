import QHostComparing
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("The cells that are tried for an estimate")
struct ProbeQueueTests {
  private func queue(seeds: String, jobs: Int = 1, combinations: Int = 4) throws -> ProbeQueue {
    var plan = ComparisonPlan()
    try plan.add("walker,sweeper", to: \.optimizers)
    try plan.add("linear[cuts=true,false]", to: \.models)
    try plan.add("plane", to: \.datasets)
    try plan.setSeeds(seeds)
    plan.budget.maxSeconds = 0.3
    let grid = try Grid(plan, catalogue: try InProcessPlugin.catalogue())
    return ProbeQueue(
      grid, combinations: Array(0..<combinations), seconds: 1, jobs: jobs, now: 100)
  }

  @Test("are of every combination, each again at once by the same worker with another seed")
  func order() throws {
    var queue = try queue(seeds: "5-9")
    var asked: [(Int, UInt64)] = []
    var last: Int?
    var now = 100.0
    while let request = queue.next(after: last, now: now) {
      asked.append((request.combination, request.specification.seed))
      // A share is 0.25 s: two trials of 0.15 s are enough.
      now += 0.15
      queue.note(
        CellCost.Trial(seconds: 0.15, runSeconds: 0.1, fraction: 1), of: request.combination)
      last = request.combination
    }
    #expect(asked.count == 8)
    #expect(asked[0].0 == asked[1].0)
    #expect(asked[0].1 == 5 && asked[1].1 == 6)
    #expect(Set(asked.map(\.0)) == [0, 1, 2, 3])
  }

  @Test("end when the time is up, and go no longer than the plan lets a run go")
  func limits() throws {
    var queue = try queue(seeds: "1", jobs: 4)
    let first = queue.next(after: nil, now: 100)
    let request = try #require(first)
    #expect(request.specification.budget.maxSeconds == 0.3)
    let late = queue.next(after: nil, now: 101)
    #expect(late == nil)
  }

  @Test("are not tried again when they fail")
  func failures() throws {
    var queue = try queue(seeds: "1", combinations: 1)
    let first = queue.next(after: nil, now: 100)
    let request = try #require(first)
    let second = queue.next(after: request.combination, now: 100.1)
    #expect(second == nil)
  }
}
