import QHostComparing
import QHostRuntime
import Testing

@Suite("A plan of a comparison")
struct ComparisonPlanTests {
  private func labels(_ expression: String) throws -> [String] {
    var plan = ComparisonPlan()
    try plan.add(expression, to: \.optimizers)
    return plan.optimizers.map(\.label)
  }

  @Test("An axis is names, with alternatives for parameters in brackets")
  func axes() throws {
    #expect(try labels("a,b") == ["a", "b"])
    #expect(try labels("a[x=1,2],b") == ["a[x=1]", "a[x=2]", "b"])
    #expect(
      try labels("a[x=1,2,y=3,4]")
        == ["a[x=1,y=3]", "a[x=1,y=4]", "a[x=2,y=3]", "a[x=2,y=4]"])
    #expect(try labels("a[x=1][y=2]") == ["a[x=1,y=2]"])
    #expect(try labels("m[hidden=(12,8),16]") == ["m[hidden=(12,8)]", "m[hidden=16]"])
    #expect(try labels("a[y=1,x=2]") == labels("a[x=2,y=1]"))
  }

  @Test("A label means the choice that it is of", arguments: ["a", "a[x=1]", "a[x=(1,2),y=-3]"])
  func labelsAreRead(text: String) throws { #expect(try labels(text) == [text]) }

  @Test(
    "An axis that cannot be read is refused",
    arguments: [
      "", "a,", ",a", "a[x=1", "a]x", "a[x]", "a[x=1,x=2]", "[x=1]", "a[x=(1,2]", "a[=1", "a[x=1]b",
    ])
  func badAxes(text: String) {
    let error = #expect(throws: RunError.self) { _ = try labels(text) }
    #expect(error?.kind == .usage)
    #expect(error?.message.contains("'\(text)'") == true)
  }

  @Test(
    "Seeds are a number of them, or which",
    arguments: [
      ("3", [1, 2, 3]), ("5-7", [5, 6, 7]), ("9,2", [9, 2]), ("1,4-5", [1, 4, 5]), ("7-7", [7]),
    ] as [(String, [UInt64])])
  func seeds(text: String, expected: [UInt64]) throws {
    var plan = ComparisonPlan()
    try plan.setSeeds(text)
    #expect(plan.seeds == expected)
  }

  @Test(
    "Seeds that cannot be read are refused",
    arguments: ["", "0", "-3", "x", "5-3", "1,1", "1-", "1000000", "1,,2", "1-2-3"])
  func badSeeds(text: String) {
    var plan = ComparisonPlan()
    let error = #expect(throws: RunError.self) { try plan.setSeeds(text) }
    #expect(error?.kind == .usage)
  }

  @Test("Plans differ in words")
  func differences() throws {
    var one = ComparisonPlan()
    try one.add("a,b", to: \.optimizers)
    try one.setSeeds("3")
    var other = one
    #expect(one.difference(from: other, here: "here", there: "there") == nil)
    #expect(try one.hash() == other.hash())
    try other.setSeeds("4")
    other.budget.maxEvaluations = 7
    other.settings["model.x"] = "1"
    try other.add("c[y=2]", to: \.optimizers)
    let words = one.difference(from: other, here: "here", there: "there") ?? ""
    for part in [
      "optimizers are a,b here, a,b,c[y=2] there", "seeds are 1-3 here, 1-4 there",
      "max-evals is not set here, 7 there", "model.x is not set here, 1 there",
    ] {
      #expect(words.contains(part), "\(words)")
    }
    #expect(try one.hash() != other.hash())
  }

  @Test(
    "Targets are an axis like others, and plans without them are as they were before there were any"
  )
  func targets() throws {
    var plan = ComparisonPlan()
    try plan.add("a", to: \.optimizers)
    let before = plan
    #expect(try !plan.json().contains("target"))
    try plan.add("t[x=1,2]", to: \.targets)
    #expect(plan.targets.map(\.label) == ["t[x=1]", "t[x=2]"])
    #expect(try plan.json().contains(#""targets":[{"#))
    #expect(
      plan.difference(from: before, here: "here", there: "there")
        == "targets are t[x=1],t[x=2] here, none there")
    plan.targets = []
    #expect(plan == before)
  }

  private func plan(of problems: [(dataset: String, model: String)]) throws -> ComparisonPlan {
    var plan = ComparisonPlan()
    try plan.add("a", to: \.optimizers)
    plan.listedProblems = problems.map {
      PlannedProblem(dataset: ComponentChoice($0.dataset), model: ComponentChoice($0.model))
    }
    return plan
  }

  @Test("A plan of axes is written as before there were lists of problems, and keeps its hash")
  func axesAreAsBefore() throws {
    var plan = ComparisonPlan()
    try plan.add("a", to: \.optimizers)
    try plan.add("m", to: \.models)
    try plan.add("d,e", to: \.datasets)
    plan.budget.maxEvaluations = 7
    // As version 0.1 wrote it: without a batch size each optimizer has what it prefers.
    let written =
      #"{"budget":{"max_evaluations":7},"datasets":[{"name":"d","settings":{}},"#
      + #"{"name":"e","settings":{}}],"models":[{"name":"m","settings":{}}],"#
      + #""optimizers":[{"name":"a","settings":{}}],"seeds":[1],"settings":{},"solvers":[]}"#
    #expect(try plan.json() == written)
    #expect(plan.problems.map(\.labels.text) == ["m on d", "m on e"])
    #expect(plan.problems.allSatisfy { $0.batchRows == nil && $0.budget.maxEvaluations == 7 })
  }

  @Test("Listed problems are part of the plan and its hash, and what they differ in is said")
  func listedProblems() throws {
    let one = try plan(of: [("d", "m"), ("e", "n")])
    var other = one
    #expect(one.problems == one.listedProblems)
    other.listedProblems[1].budget.maxEvaluations = 9
    other.listedProblems[1].batchRows = 64
    #expect(try one.hash() != other.hash())
    #expect(
      one.difference(from: other, here: "here", there: "there")
        == "n on e: batch size is preferred here, 64 there; "
        + "n on e: max-evals is not set here, 9 there")
    let shorter = try plan(of: [("d", "m")])
    #expect(
      one.difference(from: shorter, here: "here", there: "there")
        == "problems are m on d, n on e here, m on d there")
    var axes = ComparisonPlan()
    try axes.add("a", to: \.optimizers)
    try axes.add("m", to: \.models)
    try axes.add("d", to: \.datasets)
    #expect(
      shorter.difference(from: axes, here: "here", there: "there")
        == "the plan is one of problems here, of axes there")
  }

  @Test("A problem stands in a plan once, and not beside models or datasets")
  func problemChecks() throws {
    try plan(of: [("d", "m"), ("d", "n")]).check()
    var both = try plan(of: [("d", "m")])
    try both.add("m", to: \.models)
    for (plan, says) in [
      (try plan(of: [("d", "m"), ("d", "m")]), "problem 'm on d' is in the plan twice"),
      (both, "the plan lists problems, and models or datasets too"),
    ] {
      let error = #expect(throws: RunError.self) { try plan.check() }
      #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
    }
  }

  @Test("A shard is k of N", arguments: ["", "0/2", "3/2", "1", "1/0", "a/b", "1/2/3", "-1/2"])
  func badShards(text: String) {
    #expect(throws: RunError.self) { _ = try Shard(text) }
  }
}
