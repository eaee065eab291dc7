import Foundation
import QHostComparing
import QHostRuntime
import QHostTesting
import Testing

@Suite("What an experiment expects")
struct CriterionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func experiment(_ text: String) throws -> Experiment {
    let path = folder.path + "/claim.yaml"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try Experiment(reading: path)
  }

  private func measure(_ criterion: String) throws -> Criterion.Measurement {
    let text = """
      claim: One is better.
      source: nobody
      optimizers: [a, b]
      models: [m]
      datasets: [d]
      expect:
        - {\(criterion)}
      """
    let results = try [
      result("a[x=1]", seed: 1, 0.9), result("a[x=1]", seed: 2, 0.7),
      result("a[x=1]", seed: 3, 0.8),
      result("a[x=2]", seed: 1, 0.1), result("b", seed: 3, 0.5), result("b", seed: 2, 0.6),
      result("b", seed: 1, 0.2),
    ]
    return try #require(try experiment(text).criteria.first).measure(results)
  }

  /// A cell as a journal has it.
  private func result(
    _ optimizer: String, seed: Int, _ accuracy: Double, target: String? = nil,
    with dependencies: [String: String] = [:]
  ) throws -> CellResult {
    let label = target.map { #""target":"\#($0)","# } ?? ""
    let deployment =
      target == nil
      ? ""
      : #""deployment":{"target":"t","split":"test","rows":50,"accuracy":\#(accuracy / 2),"#
        + #""agreement":0.75,"output_difference":0.5,"bytes":\#(1000 * seed),"#
        + #""cycles":{"min":1,"mean":\#(10 * seed),"max":99},"figures":{"code_bytes":3},"#
        + #""milliseconds":{},"artifacts":[]},"#
    let line = """
      {"record":"cell","cell":1,"optimizer":"\(optimizer)","model":"m","dataset":"d",\(label)"seed":\(seed),\
      "start_hash":"","training_passes":\(10 * seed),"improvements":{"evaluations":[],\
      "forward_equivalents":[],"seconds":[],"best_loss":[]},"run":{\(deployment)"stop_reason":"targetReached",\
      "loss":"mse","metrics":{"test":{"accuracy":\(accuracy)}},"model":{"parameter_count":3},\
      "cost":{"loss_evaluations":5,"gradient_evaluations":2,"forward_equivalents":1,"batch_rows":1,\
      "seconds":2.5,"cpu_seconds":1.5,"optimizer_seconds":1}}}
      """
    var result = try #require(JournalContents.result(of: Array(line.utf8)))
    result.labels.dependencies = dependencies
    return result
  }

  @Test("A mean that is the threshold but for the rounding of its sum is at the threshold")
  func rounding() throws {
    #expect((0.9 + 0.7 + 0.8) / 3 > 0.8)
    #expect(
      try measure("of: {optimizer: 'a[x=1]'}, metric: test accuracy, aggregate: mean, at_most: 0.8")
        .holds)
    #expect(
      try !measure(
        "of: {optimizer: 'a[x=1]'}, metric: test accuracy, aggregate: mean, at_most: 0.799999"
      ).holds)
  }

  @Test(
    "Figures of targets are measured like others, and targets are an axis",
    arguments: [
      ("metric: target accuracy, aggregate: max", 0.4),
      ("metric: target bytes, aggregate: mean", 1500),
      ("metric: target cycles, aggregate: min", 10),
      ("metric: target agreement, aggregate: max", 0.75),
      ("metric: target difference, aggregate: max", 0.5),
      ("metric: target code_bytes, aggregate: max", 3),
    ])
  func targets(words: String, expected: Double) throws {
    let text = """
      claim: It fits.
      source: nobody
      optimizers: [a]
      models: [m]
      datasets: [d]
      targets: ["t[x=1,2]"]
      expect:
        - {of: {optimizer: a, target: "t[x=1]"}, \(words), at_least: 0}
      """
    let results = try [
      result("a", seed: 1, 0.8, target: "t[x=1]"), result("a", seed: 2, 0.6, target: "t[x=1]"),
      result("a", seed: 1, 1, target: "t[x=2]"),
    ]
    let experiment = try experiment(text)
    #expect(experiment.plan.targets.map(\.label) == ["t[x=1]", "t[x=2]"])
    let measurement = try #require(experiment.criteria.first).measure(results)
    #expect(abs(measurement.value - expected) < 1e-12)
    #expect(measurement.count == 2)
  }

  @Test(
    "Places of dependencies are axes, which pairs have in common unless they are named",
    arguments: [
      ("of: {model.inner: x}, aggregate: max", 0.4, 4),
      ("of: {solver: 's[grid=1]'}, aggregate: min", 0.1, 4),
      ("of: {optimizer.solver: s}, aggregate: max", 0.8, 4),
      // Pairs by seed and inner model, though there is a solver on one side alone.
      ("of: {optimizer: a}, against: {optimizer: b}, aggregate: max", 0.1, 4),
      ("of: {model.inner: y}, against: {model.inner: x}, aggregate: mean", 0.4, 4),
      (
        "of: {optimizer: a, model.inner: y}, against: {optimizer: a, model.inner: x}, aggregate: mean",
        0.5, 2
      ),
    ] as [(String, Double, Int)])
  func dependencies(words: String, expected: Double, count: Int) throws {
    let text = """
      claim: One is better.
      source: nobody
      optimizers: [a, b]
      models: [m]
      datasets: [d]
      expect:
        - {metric: test accuracy, at_least: -1, \(words)}
      """
    var results: [CellResult] = []
    for seed in 1...2 {
      let own = ["optimizer.solver": "s[grid=1]"]
      for (inner, accuracy) in [("x", 0.1), ("y", 0.6)] {
        results.append(
          try result(
            "a", seed: seed, accuracy + 0.2 * Double(seed - 1),
            with: own.merging(["model.inner": inner]) { $1 }))
      }
      for (inner, accuracy) in [("x", 0.4), ("y", 0.7)] {
        results.append(try result("b", seed: seed, accuracy, with: ["model.inner": inner]))
      }
    }
    let criterion = try #require(try experiment(text).criteria.first)
    let measurement = try criterion.measure(results)
    #expect(abs(measurement.value - expected) < 1e-12)
    #expect(measurement.count == count)
  }

  static let figures: [(String, Double, Int)] = [
    ("of: {optimizer: 'a[x=1]'}, metric: test accuracy, aggregate: median", 0.8, 3),
    ("of: {optimizer: a}, metric: test accuracy, aggregate: min", 0.1, 4),
    ("of: {optimizer: b}, metric: test accuracy, aggregate: max", 0.6, 3),
    ("of: {optimizer: b}, metric: test accuracy, aggregate: range", 0.4, 3),
    ("of: {optimizer: 'a[x=1]'}, metric: test accuracy, aggregate: deviation", 0.1, 3),
    ("of: {optimizer: b}, metric: evaluations, aggregate: mean", 7, 3),
    ("of: {optimizer: b}, metric: passes, aggregate: mean", 20, 3),
    ("of: {optimizer: b}, metric: seconds, aggregate: mean", 2.5, 3),
    ("of: {optimizer: b}, metric: reached, aggregate: mean", 1, 3),
    // Pairs by seed: 0.9 - 0.2, 0.7 - 0.6, 0.8 - 0.5.
    (
      "of: {optimizer: 'a[x=1]'}, against: {optimizer: b}, metric: test accuracy, aggregate: median",
      0.3, 3
    ),
    (
      "of: {optimizer: 'a[x=1]'}, against: {optimizer: b}, metric: test accuracy, aggregate: median, "
        + "paired: false", 0.3, 3
    ),
    (
      "of: {optimizer: 'a[x=1]'}, against: {optimizer: b}, metric: test accuracy, aggregate: max, "
        + "paired: false", 0.3, 3
    ),
    (
      "of: {optimizer: 'a[x=1]'}, against: {optimizer: b}, metric: test accuracy, aggregate: max",
      0.7,
      3
    ),
    // What both sides name stands for two: each is compared with itself.
    (
      "of: {optimizer: a}, against: {optimizer: a}, metric: test accuracy, aggregate: mean", 0, 4
    ),
    (
      "of: {optimizer: b}, against: {optimizer: 'a[x=2]'}, metric: test accuracy, aggregate: mean",
      0.1,
      1
    ),
  ]

  @Test("is a figure over the runs that are named", arguments: figures)
  func values(words: String, expected: Double, count: Int) throws {
    let above = try measure("\(words), at_least: \(expected - 1e-9)")
    #expect(abs(above.value - expected) < 1e-9)
    #expect(above.count == count)
    #expect(above.holds)
    #expect(try !measure("\(words), below: \(expected - 1e-9)").holds)
    #expect(try measure("\(words), at_most: \(expected + 1e-9)").holds)
    #expect(try !measure("\(words), above: \(expected + 1e-9)").holds)
  }

  static let mistakes: [(String, String)] = [
    ("of: {optimizer: a}, metric: test accuracy, aggregate: median", "needs one of at_least"),
    (
      "of: {optimizer: a}, metric: test accuracy, aggregate: median, above: 1, below: 2",
      "needs one of at_least"
    ),
    ("metric: test accuracy, aggregate: median, above: 1", "needs 'of'"),
    (
      "of: {optimizer: c}, metric: test accuracy, aggregate: mean, above: 1",
      "no runs of optimizer c"
    ),
    ("of: {optimiser: a}, metric: seconds, aggregate: mean, above: 1", "did you mean 'optimizer'?"),
    ("of: {optimizer: a}, metric: test acuracy, aggregate: mean, above: 1", "'test accuracy'?"),
    ("of: {optimizer: a}, metric: seconds, aggregate: avarage, above: 1", "no aggregate 'avarage'"),
    ("of: {optimizer: a}, metric: seconds, aggregate: mean, above: much", "above cannot be 'much'"),
    ("of: {optimizer: 'a,b'}, metric: seconds, aggregate: mean, above: 1", "is not one optimizer"),
    (
      "of: {optimizer: b}, against: {optimizer: a}, metric: seconds, aggregate: mean, above: 1",
      "several runs go with one"
    ),
    (
      "of: {optimizer: b}, against: {optimizer: a}, metric: seconds, aggregate: mean, paired: no, "
        + "above: 1", "it must be true or false"
    ),
    (
      "of: {optimizer: 'a[x=2]'}, metric: seconds, aggregate: deviation, above: 1",
      "needs more runs than 1"
    ),
  ]

  @Test("that cannot be measured is refused with file and line", arguments: mistakes)
  func refusals(words: String, says: String) throws {
    let error = #expect(throws: RunError.self) { _ = try measure(words) }
    #expect(error?.kind == .usage)
    #expect(error?.message.contains("claim.yaml', line 7") == true, "\(error?.message ?? "")")
    #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
  }

  @Test("stands beside a claim and its source")
  func experiments() throws {
    let plan = "optimizers: a\nmodels: m\ndatasets: d\n"
    let expect = "expect: {of: {optimizer: a}, metric: seconds, aggregate: mean, above: 0}\n"
    let whole = try experiment(plan + expect + "claim: It works.\nsource: them\nfigure: '3'\n")
    #expect(whole.claim == "It works.")
    #expect(whole.source == "them")
    #expect(whole.figure == "3")
    #expect(whole.notes == nil)
    #expect(whole.plan.optimizers.map(\.name) == ["a"])
    for (text, says) in [
      (plan + expect + "source: them\n", "has no claim"),
      (plan + "claim: a\nsource: b\n", "expects nothing"),
      (plan + expect + "claim: a\nsource: b\nclaims: c\n", "did you mean 'claim'?"),
    ] {
      let error = #expect(throws: RunError.self) { _ = try experiment(text) }
      #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
    }
  }
}
