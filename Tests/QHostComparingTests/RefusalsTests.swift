import QHostComparing
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("Combinations that cannot work")
struct RefusalsTests {
  private typealias Refusal = Refusals.Refusal

  /// Two models on two datasets with two optimizers: combinations 0 to 7.
  private func grid(
    _ optimizers: String = "walker,sweeper", listed: Bool = false
  ) throws -> Grid {
    var plan = ComparisonPlan()
    try plan.add(optimizers, to: \.optimizers)
    try plan.add("linear[cuts=true,false]", to: \.models)
    try plan.add("plane,noisy", to: \.datasets)
    if listed {
      plan.listedProblems = plan.problems
      (plan.models, plan.datasets) = ([], [])
    }
    return try Grid(plan, catalogue: try InProcessPlugin.catalogue())
  }

  private func error(
    _ refusals: [Int: Refusal], _ grid: Grid, isStrict: Bool = false
  ) -> String? {
    Refusals(refusals, of: grid).error(isStrict: isStrict, origins: PlanOrigins())?.message
  }

  @Test("of one optimizer are told one by one, and no error unless nothing may be left out")
  func single() throws {
    let refusals = [2: Refusal("it needs a gradient; use another")]
    #expect(
      Refusals(refusals, of: try grid()).notes == [
        "skipped walker, linear[cuts=false] on plane: it needs a gradient; use another"
      ])
    #expect(try error(refusals, grid()) == nil)
    #expect(
      try error(refusals, grid(), isStrict: true)
        == "walker, linear[cuts=false] on plane cannot be done: it needs a gradient; use another")
  }

  @Test("of a model and a dataset that do not fit are told once, with what to do")
  func misfits() throws {
    let reason = Refusal("model 'linear' cannot; use another")
    let refusals = [2: reason, 3: reason, 6: reason, 7: reason]
    #expect(
      Refusals(refusals, of: try grid()).notes == [
        "skipped linear[cuts=false] on plane, noisy, with every optimizer: model 'linear' cannot; use "
          + "another; to give each dataset a model of its own, list them under 'problems' in a plan "
          + "file"
      ])
    #expect(try error(refusals, grid()) == nil)
    let all = Dictionary(uniqueKeysWithValues: (0..<8).map { ($0, reason) })
    #expect(
      try error(all, grid())
        == "linear[cuts=true] on plane cannot be done: model 'linear' cannot; use another")
  }

  @Test("with any optimizer are an error where the plan lists the problem")
  func listed() throws {
    let grid = try grid(listed: true)
    let refusals = [4: Refusal("A"), 5: Refusal("B")]
    #expect(
      error(refusals, grid)
        == "linear[cuts=true] on noisy: it works with no optimizer: walker: A; sweeper: B")
    #expect(error([4: Refusal("A")], grid) == nil)
  }

  @Test("for a budget that is too small for all are an error that names the least")
  func budgets() throws {
    let refusals = [
      0: Refusal("at least 3 passes", leastPasses: 3),
      1: Refusal("at least 1 pass", leastPasses: 1),
    ]
    var grid = try grid()
    #expect(
      error(refusals, grid)
        == "linear[cuts=true] on plane: the budget is too small for the first question of any "
        + "optimizer; the least is 1.0, which 'sweeper' needs; give at least that much")
    #expect(error([0: Refusal("at least 3 passes", leastPasses: 3)], grid) == nil)
    grid = try self.grid(listed: true)
    #expect(error(refusals, grid)?.contains("the least is 1.0") == true)
  }
}
