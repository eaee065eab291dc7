import ArgumentParser
import QHostComparing
import QHostInterfaces
import QHostRuntime

/// A model that is trained before the run's own, which then starts near it.
struct FirstOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Train this model before, on the same rows with the same seed, and start from it.",
      valueName: "NAME[KEY=V,..]"),
    completion: ComponentNames.completion(.model))
  var first: String?

  @Option(
    help: ArgumentHelp(
      "What trains it (default: the run's optimizer, at its defaults).",
      valueName: "NAME[KEY=V,..]"),
    completion: ComponentNames.completion(.optimizer))
  var firstOptimizer: String?

  @Option(
    help: ArgumentHelp("Losses and gradients for it; needed with --first.", valueName: "N"))
  var firstEvals: Int?

  @Option(
    help: ArgumentHelp(
      "A Gaussian prior for it: its width, in spreads of the parameters (default: none).",
      valueName: "WIDTH"))
  var firstPrior: Double?

  @Option(
    help: ArgumentHelp(
      "Rows of its minibatches; 0: all (default: those of the run).", valueName: "N"))
  var firstBatchSize: Int?

  /// The run that comes before another; `nil`: none.
  ///
  /// It has the dataset, seed, scaling and loss of the run, and its batches unless they are given; components are its own.
  ///
  /// - Parameter run: the run's own.
  /// - Returns: what it is.
  /// - Throws: kind `usage`.
  func specification(before run: RunSpecification) throws(RunError) -> RunSpecification? {
    guard let first else {
      let given: [(String, Bool)] = [
        ("--first-optimizer", firstOptimizer != nil), ("--first-evals", firstEvals != nil),
        ("--first-prior", firstPrior != nil), ("--first-batch-size", firstBatchSize != nil),
      ]
      if let option = given.first(where: { $0.1 }) {
        throw RunError(
          .usage, "\(option.0) says how the model of --first is trained; name it with --first")
      }
      return nil
    }
    guard run.start == nil else {
      throw RunError(.usage, "--first and --from are two starts of one run; leave one out")
    }
    guard let firstEvals, firstEvals > 0 else {
      throw RunError(
        .usage, "--first \(first) needs a budget of its own: give --first-evals of at least 1")
    }
    if let firstBatchSize, firstBatchSize < 0 {
      throw RunError(
        .usage, "--first-batch-size cannot be \(firstBatchSize): it must be at least 0")
    }
    let model = try Self.one(first, "--first")
    var settings = run.settings.under("dataset")
    for (key, value) in model.settings { settings.set("model." + key, to: value) }
    var specification = run
    if let firstOptimizer {
      let optimizer = try Self.one(firstOptimizer, "--first-optimizer")
      specification.optimizer = optimizer.name
      for (key, value) in optimizer.settings { settings.set("optimizer." + key, to: value) }
    }
    specification.model = model.name
    specification.settings = settings
    specification.prior = firstPrior
    if let firstBatchSize { specification.batchRows = firstBatchSize }
    specification.target = nil
    specification.budget = Budget()
    specification.budget.maxEvaluations = firstEvals
    return specification
  }

  /// The one component of an expression.
  private static func one(_ text: String, _ option: String) throws(RunError) -> ComponentChoice {
    var plan = ComparisonPlan()
    try plan.add(text, to: \.models)
    guard plan.models.count == 1, let choice = plan.models.first else {
      throw RunError(
        .usage,
        "\(option) '\(text)' means \(plan.models.count) components; name one, with one value for each parameter"
      )
    }
    return choice
  }
}
