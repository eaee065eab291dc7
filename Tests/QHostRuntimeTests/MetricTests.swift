import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import QHostTesting
import Testing

@Suite("Metrics of datasets and models")
struct MetricTests {
  private func run(
    _ optimizer: String = "walker", set words: [String] = [], model: String = "linear",
    evaluations: Int = 300, until target: MetricTarget? = nil
  ) throws -> TestRun {
    var budget = Budget()
    budget.maxEvaluations = evaluations
    budget.untilMetric = target
    var run = try TestRun(optimizer, set: words, budget: budget)
    run.specification.dataset = "measured"
    run.specification.model = model
    return run
  }

  private func evaluation(
    _ run: TestRun, at point: [Double]? = nil, measuring selection: MetricSelection = .all
  ) throws -> Evaluation {
    let assembly = try run.assembly()
    return try Evaluation(
      of: point ?? assembly.problem.initial, on: .train, table: assembly.parts.table,
      parts: assembly.parts, measuring: selection)
  }

  private func record(_ run: TestRun) throws -> RunRecord {
    let assembly = try run.assembly()
    let outcome = try TrainingRun(assembly, folder: nil).run()
    return try RunRecord(outcome, of: assembly, artifacts: [])
  }

  @Test("are measured on all rows in their order, whatever blocks they are in")
  func values() throws {
    let run = try run(set: ["dataset.rows=2500"], model: "measured-linear")
    let point = [0.3, -0.2, 0.5, 0.1, 0.05, -0.4]
    let evaluation = try evaluation(run, at: point)
    let plane = PlaneDataset(rows: 2_500)
    var margins: [Double] = []
    var level = 0.0
    for row in 0..<2_500 {
      let (x, y) = PlaneDataset.features(row)
      let first = point[0] * Double(x) + point[1] * Double(y) + point[4]
      let second = point[2] * Double(x) + point[3] * Double(y) + point[5]
      margins.append(plane.isSecond(row, .train) ? second - first : first - second)
      level += first / 2_500
    }
    let mean = margins.reduce(0, +) / 2_500
    let variance = margins.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2_499
    #expect(abs(try #require(evaluation.metrics["margin"]) - mean) < 1e-6)
    let error = try #require(evaluation.errors["margin"])
    #expect(abs(error - (variance / 2_500).squareRoot()) < 1e-8)
    #expect(abs(try #require(evaluation.metrics["level"]) - level) < 1e-6)
    #expect(evaluation.errors.keys.sorted() == ["margin"])
    let norm = point.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(evaluation.metrics["norm"] == norm)
  }

  @Test("of a model see the inputs of the rows")
  func inputs() throws {
    let metrics = try evaluation(run(model: "measured-linear")).metrics
    let mean = (0..<40).reduce(0) { $0 + Double(PlaneDataset.features($1).0) } / 40
    #expect(abs(try #require(metrics["input"]) - mean) < 1e-6)
  }

  @Test("are the same on any number of threads")
  func threads() throws {
    var run = try run(set: ["dataset.rows=2500"], model: "measured-linear")
    let alone = try record(run).withoutTimings
    run.threads = 2
    #expect(try record(run).withoutTimings == alone)
  }

  @Test("are in the record of each split, with their errors and once with what they are")
  func recorded() throws {
    let record = try record(run(model: "measured-linear"))
    for split in ["train", "test"] {
      #expect(
        Set(try #require(record.metrics[split]).keys) == [
          "loss", "accuracy", "margin", "worst", "level", "norm", "input",
        ])
      #expect(try #require(record.errors?[split]?["margin"]) > 0)
    }
    #expect(
      record.metricDescriptions == [
        "margin": MetricFacts(.higher, unit: "V", component: "dataset"),
        "worst": MetricFacts(.lower, unit: "V", component: "dataset"),
        "level": MetricFacts(.neutral, component: "dataset"),
        "norm": MetricFacts(.lower, component: "model"),
        "input": MetricFacts(.neutral, component: "model"),
      ])
    let text = try record.json()
    #expect(JSONText.value(RunRecord.self, of: text.utf8) == record)
  }

  @Test("are absent from the record of a run without any")
  func absent() throws {
    var run = try run()
    run.specification.dataset = "plane"
    let record = try record(run)
    #expect(record.metricDescriptions == nil)
    #expect(!(try record.json()).contains("metric_descriptions"))
  }

  @Test("of a scenario's own table continue, without unit and direction")
  func scenario() throws {
    var run = try run(model: "identity")
    run.specification.dataset = "bowl"
    let record = try record(run)
    #expect(record.metrics["train"]?["first"] != nil)
    #expect(
      record.metricDescriptions == ["first": MetricFacts(.neutral, component: "dataset")])
  }

  @Test("of random outputs are means over draws, whose errors add to the metric's own")
  func draws() throws {
    func evaluation(_ noise: Double) throws -> Evaluation {
      try self.evaluation(run(set: ["model.noise=\(noise)"], model: "drawing"))
    }
    let own = try #require(try evaluation(0).errors["margin"])
    #expect(try evaluation(0).errors["worst"] == nil)
    let quiet = try evaluation(1e-4)
    #expect(abs(try #require(quiet.errors["margin"]) - own) < 1e-3 * own)
    let (worst, spread) = (try #require(quiet.errors["worst"]), 1e-4)
    #expect(worst > 0 && worst < spread)
    let loud = try evaluation(3)
    // Noise of 3 √2 on each of 40 margins: its part in a draw's own error, and over 16 draws.
    let perDraw = (own * own + 18 / 40).squareRoot()
    let expected = (perDraw * perDraw + 18 / 40 / 16).squareRoot()
    let error = try #require(loud.errors["margin"])
    #expect(error > 0.8 * expected && error < 1.25 * expected)
  }

  @Test("may be infinite")
  func infinite() throws {
    let record = try record(run(set: ["dataset.fault=infinite"]))
    #expect(record.metrics["test"]?["worst"] == .infinity)
    #expect(JSONText.value(RunRecord.self, of: try record.json().utf8) == record)
  }

  @Test("are not measured while a run continues, unless it is to reach one")
  func watching() throws {
    func messages(
      validation rows: Int = 0, _ change: (inout Budget) -> Void
    ) throws -> [String] {
      var run = try run(
        set: ["dataset.rows=5000", "dataset.validation=\(rows)"], evaluations: 400)
      run.specification.budget.untilAccuracy = 2
      change(&run.specification.budget)
      let heard = Heard()
      let common = InProcessPlugin.common(seed: 9) { heard.append($0) }
      let assembly = try RunAssembly(
        run.specification, catalogue: run.catalogue, common: common)
      _ = try TrainingRun(assembly, folder: nil).run()
      return heard.messages.filter { $0.contains("measured") }
    }
    #expect(try messages { _ in } == [])
    let measured = try messages { $0.untilMetric = MetricTarget("margin", 1e9) }
    #expect(measured.count > 2)
    #expect(measured.last == "dataset: measured 5000 train rows", "the end counts on all rows")
    #expect(measured.dropLast().allSatisfy { $0 == "dataset: measured 625 train rows" })
    let validated = try messages(validation: 30) { $0.untilMetric = MetricTarget("margin", 1e9) }
    #expect(validated.count > 2)
    #expect(validated.allSatisfy { $0 == "dataset: measured 30 validation rows" })
  }

  @Test("end a run when one reaches a value on the whole split", arguments: ["margin", "worst"])
  func reached(name: String) throws {
    let start = try evaluation(run(set: ["dataset.rows=3000"]))
    let direction = name == "margin" ? 1.0 : -1
    let target = try #require(start.metrics[name]) + direction * 0.05
    let run = try run(
      "sweeper", set: ["dataset.rows=3000"], evaluations: 60_000, until: MetricTarget(name, target))
    let outcome = try run.outcome()
    #expect(outcome.reason == .targetReached)
    #expect(outcome.cost.evaluations < 60_000)
    let value = try #require(try evaluation(run, at: outcome.parameters).metrics[name])
    #expect(direction * value >= direction * target)
    var missing = run
    missing.specification.budget.untilMetric = MetricTarget(name, direction * 1e9)
    missing.specification.budget.maxEvaluations = 300
    #expect(try missing.outcome().reason == .budgetSpent)
  }

  @Test("that are reached in the end count too")
  func inTheEnd() throws {
    let norm = try run(model: "measured-linear", evaluations: 3, until: MetricTarget("norm", 100))
    #expect(try norm.outcome().reason == .targetReached)
    var other = norm
    other.specification.budget.untilMetric = MetricTarget("norm", 1e-9)
    #expect(try other.outcome().reason == .budgetSpent)
  }

  @Test("are reached by the same run after an interruption: the checkpoint keeps the target")
  func resumed() throws {
    let run = try run(
      "sweeper", set: ["dataset.rows=3000"], evaluations: 60_000, until: MetricTarget("margin", 0.6)
    )
    let unbroken = OutcomeBits(try run.outcome())
    #expect(unbroken.reason == .targetReached)
    let folder = try TemporaryFolder()
    #expect(try run.part(in: folder.path, isResumed: false, until: 2).reason == .cancelled)
    #expect(
      try TrainingRun.specification(in: folder.path).budget.untilMetric
        == MetricTarget("margin", 0.6))
    #expect(OutcomeBits(try run.part(in: folder.path, isResumed: true)) == unbroken)
  }

  @Test(
    "that cannot be reached are refused before the run",
    arguments: [
      (
        "margn",
        "model 'linear' and dataset 'measured' have no metric 'margn'; did you mean 'margin'?"
      ),
      ("level", "metric 'level' of the dataset is neutral"),
      ("loss", "use --until-loss 1.0"), ("accuracy", "use --until-accuracy 1.0"),
      ("rmse", "have no metric 'rmse'; choose one of margin, worst"),
    ])
  func refused(name: String, words: String) throws {
    let run = try run(until: MetricTarget(name, 1))
    let error = try #require(throws: RunError.self) { try run.assembly() }
    #expect(error.kind == .usage)
    #expect(error.message.contains(words), "\(error.message)")
  }

  @Test("that model and dataset both have are refused by name")
  func shared() throws {
    let run = try run(set: ["model.name=margin"], model: "measured-linear")
    let error = try #require(throws: RunError.self) { try run.assembly() }
    #expect(error.kind == .usage)
    #expect(
      error.message.contains(
        "metric 'margin' is of dataset 'measured' and of model 'measured-linear'"),
      "\(error.message)")
  }

  @Test(
    "with a faulty description are refused with the component's name, before the run",
    arguments: [
      ("accuracy", "metric 'accuracy': the host has a figure of that name; rename it"),
      ("name", "metric 'A metric': its name must have lower-case letters"),
      ("twice", "metric 'worst' is listed twice; rename one"),
      ("unit", "metric 'margin': its unit must be one line that is not empty"),
    ])
  func descriptions(fault: String, words: String) throws {
    let run = try run(set: ["dataset.fault=\(fault)"])
    let error = try #require(throws: RunError.self) { try run.assembly() }
    #expect(error.message.contains("dataset 'measured'"), "\(error.message)")
    #expect(error.message.contains(words), "\(error.message)")
  }

  @Test(
    "with a faulty value are refused with the name of the metric and the split",
    arguments: [
      ("nan", "measured its metric 'worst' on train rows as NaN"),
      ("negative", "with the standard error -1.0, which must be finite and not below 0"),
      ("few", "it has 3 metrics and measured 2 values; give one for each"),
    ])
  func faults(fault: String, words: String) throws {
    let run = try run(set: ["dataset.fault=\(fault)"])
    let error = try #require(throws: ComponentError.self) { try evaluation(run) }
    #expect(error.message.contains("dataset 'measured'"), "\(error.message)")
    #expect(error.message.contains(words), "\(error.message)")
    // Nobody measures it on the way.
    #expect(try run.outcome().reason == .budgetSpent)
    #expect(try evaluation(run, measuring: .none).metrics.keys.sorted() == ["accuracy", "loss"])
  }

  @Test(
    "of targets are written as NAME=VALUE",
    arguments: ["margin", "=1", "margin=", "margin=much", "margin=nan", "margin=inf", "a=1=2"])
  func targets(text: String) throws {
    let error = try #require(throws: RunError.self) {
      try MetricTarget(text, option: "--until-metric")
    }
    #expect(error.message.hasPrefix("--until-metric cannot be '\(text)': write NAME=VALUE"))
    #expect(try MetricTarget("margin=-1e-3", option: "") == MetricTarget("margin", -1e-3))
  }
}

/// What a run's components said.
private final class Heard: @unchecked Sendable {
  private(set) var messages: [String] = []
  func append(_ message: String) { messages.append(message) }
}
