import Foundation
import Testing

@Suite("qhost run")
struct RunCommandTests {
  @Test("The catalogue has the optimizers that the issue names")
  func theCatalogueHasTheOptimizers() {
    #expect(Set(Catalogue.optimizers).isSuperset(of: ["adam", "sgd", "ga", "sa", "random"]))
  }

  @Test(
    "Every optimizer can be used here",
    .enabled(
      if: Catalogue.absentOptimizers.isEmpty,
      "NLopt is not installed (libnlopt0): \(Catalogue.absentOptimizers)"))
  func allOptimizers() {
    let all = (Catalogue.optimizers + Catalogue.describedOptimizers).sorted()
    #expect(all == Catalogue.components["optimizer"])
  }

  @Test("Every optimizer trains mlp on iris", arguments: Catalogue.trainingOptimizers)
  func everyOptimizerTrainsOnIris(optimizer: String) throws {
    let record = try Record(
      try Program().run(
        "run", "--optimizer", optimizer, "--json", "--quiet", "--max-forward-equivalents", "500"))
    #expect(try record.metric("train", "accuracy") > 0.6)
    #expect(try record.metric("train", "loss") < 1.0)
  }

  @Test(
    "Every optimizer improves mlp on digits, but those that need a loss for each of 1,210 parameters first",
    arguments: Catalogue.trainingOptimizers.filter { !Catalogue.stepwiseOptimizers.contains($0) })
  func everyOptimizerImprovesOnDigits(optimizer: String) throws {
    let record = try Record(
      try Program().run(
        "run", "--optimizer", optimizer, "--dataset", "digits", "--json", "--quiet",
        "--max-forward-equivalents", "300"))
    // Without training the loss is ln 10 or more.
    #expect(try record.metric("train", "loss") < 2.31)
    #expect(try record.metric("train", "accuracy") > 0.11)
  }

  @Test(
    "Optimizers without a gradient minimise a function",
    arguments: Catalogue.trainingOptimizers + Catalogue.quadraticOptimizers)
  func optimizersMinimiseAFunction(optimizer: String) throws {
    let result = try Program().run(
      "run", "--optimizer", optimizer, "--model", "direct", "--dataset", "functions", "--json",
      "--quiet", "--max-evals", "5000")
    guard !Catalogue.gradientOptimizers.contains(optimizer) else {
      expectRefusal(result, code: 2, "'\(optimizer)' needs a gradient", "sa")
      return
    }
    let record = try Record(result)
    // A random point of this sphere has a mean loss of about 110.
    #expect(try record.metric("train", "loss") < 30)
    #expect(try record.cost("loss_evaluations") <= 5000)
  }

  @Test(
    "Loss values and gradients together never exceed --max-evals",
    arguments: Catalogue.trainingOptimizers + Catalogue.quadraticOptimizers)
  func evaluationsStayWithinTheBudget(optimizer: String) throws {
    let program = try Program()
    for limit in [1, 77, 1000] {
      let record = try Record(
        try program.run(
          "run", "--optimizer", optimizer, "--max-evals", "\(limit)", "--json", "--quiet"))
      let spent = try record.cost("loss_evaluations") + record.cost("gradient_evaluations")
      #expect(spent <= Double(limit))
      let reason = record.object["stop_reason"] as? String
      let early = Catalogue.quadraticOptimizers.contains(optimizer) ? "stalled" : "toleranceReached"
      #expect(reason == "budgetSpent" || (spent < Double(limit) && reason == early))
    }
  }

  @Test("--max-time ends a run soon after its time")
  func timeEndsARun() throws {
    let record = try Record(
      try Program().run("run", "--optimizer", "sa", "--max-time", "0.3", "--json", "--quiet"))
    let seconds = try record.cost("seconds")
    #expect(seconds >= 0.3)
    #expect(seconds < 3)
  }

  @Test("A run on minibatches counts its rows", arguments: ["adam", "sa"])
  func minibatchesAreCounted(optimizer: String) throws {
    let record = try Record(
      try Program().run(
        "run", "--optimizer", optimizer, "--batch-size", "20", "--json", "--quiet",
        "--max-forward-equivalents", "300"))
    #expect(try record.cost("batch_rows") == 20)
  }

  @Test("--quiet leaves standard error empty, and text goes to standard output")
  func quietIsQuiet() throws {
    let result = try Program().run("run", "--optimizer", "adam", "--quiet")
    #expect(result.error.isEmpty)
    #expect(result.output.contains("adam trained mlp (131 parameters) on iris, seed 1"))
    #expect(result.output.contains("accuracy"))
  }
}
