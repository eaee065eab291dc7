import ArgumentParser
import QHostInterfaces
import QHostComparing
import QHostRuntime

/// What is compared, and what all runs have in common.
struct AxisOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Optimizers. May be repeated.", valueName: "NAME[KEY=V,..],.."),
    completion: ComponentNames.completion(.optimizer))
  var optimizer: [String] = []

  @Option(
    help: ArgumentHelp(
      "Solvers, for the optimizers that take one. May be repeated.", valueName: "NAME[KEY=V,..],.."),
    completion: ComponentNames.completion(.solver))
  var solver: [String] = []

  @Option(
    name: .customLong("with"),
    help: ArgumentHelp(
      "Alternatives for what a component depends on, by its place (model.inner=mlp,logistic). May be repeated.",
      valueName: "PLACE=NAME[KEY=V,..],.."))
  var dependency: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Models (default: mlp). May be repeated.", valueName: "NAME[KEY=V,..],.."),
    completion: ComponentNames.completion(.model))
  var model: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Datasets (default: iris). May be repeated.", valueName: "NAME[KEY=V,..],.."),
    completion: ComponentNames.completion(.dataset))
  var dataset: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Targets to put each trained model on. May be repeated.", valueName: "NAME[KEY=V,..],.."),
    completion: ComponentNames.completion(.target))
  var target: [String] = []

  @Option(
    help: ArgumentHelp("How many seeds (30), or which (5-9 or 3,7). Default: 1.", valueName: "N"))
  var seeds: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Set a parameter of every component that has it. May be repeated.", valueName: "KEY=VALUE"))
  var settings: [String] = []

  @Option(
    help: ArgumentHelp(
      "The loss: \(Loss.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "NAME"),
    completion: .list(Loss.allCases.map(\.rawValue)))
  var loss: String?

  @Option(
    help: ArgumentHelp("How inputs are scaled: none, standardize, minmax.", valueName: "NAME"),
    completion: .list(["none", "standardize", "minmax"]))
  var scaling: String?

  @Option(
    help: ArgumentHelp(
      "How targets that are numbers are scaled: none, standardize (default: standardize in tables).",
      valueName: "NAME"),
    completion: .list(["none", "standardize"]))
  var targetScaling: String?

  @Option(
    help: ArgumentHelp(
      "Add a Gaussian prior to every loss: its width, in spreads of the parameters (default: none).",
      valueName: "WIDTH"))
  var prior: Double?

  @Option(
    help: ArgumentHelp(
      "How much objectives of a scenario weigh in the loss (default: all the same).",
      valueName: "NAME=X,..."))
  var weights: String?

  @Option(
    help: ArgumentHelp(
      "Make the loss of a scenario's objectives by alpha-fairness, with this alpha.",
      valueName: "ALPHA"))
  var fairness: Double?

  @Option(
    help: ArgumentHelp(
      "Rows of a minibatch for all optimizers; 0: all; preferred: what suits each optimizer (default: "
        + "\(BatchSize.standard), or all where there are fewer).",
      valueName: "N"),
    completion: .list([BatchSize.preferred]))
  var batchSize: String?

  @Option(
    help: ArgumentHelp(
      "Compare runs by this figure, such as a metric of the dataset: NAME, or 'SPLIT NAME' (default: "
        + "accuracy or loss).", valueName: "NAME"))
  var metric: String?

  /// Whether any of them is on the command line.
  var isGiven: Bool {
    [optimizer, solver, dependency, model, dataset, target, settings].contains { !$0.isEmpty }
      || seeds != nil
      || loss != nil || scaling != nil || targetScaling != nil || prior != nil || batchSize != nil
      || metric != nil
      || weights != nil || fairness != nil
  }

  /// The plan that they make.
  func plan(budget: Budget) throws(RunError) -> ComparisonPlan {
    guard !optimizer.isEmpty else {
      throw RunError(
        .usage, "there is nothing to compare; name optimizers with -o, or a plan file")
    }
    var plan = ComparisonPlan()
    for text in optimizer { try plan.add(text, to: \.optimizers) }
    for text in solver { try plan.add(text, to: \.solvers) }
    for words in dependency { try plan.add(dependency: words) }
    for text in model.isEmpty ? ["mlp"] : model { try plan.add(text, to: \.models) }
    for text in dataset.isEmpty ? ["iris"] : dataset { try plan.add(text, to: \.datasets) }
    for text in target { try plan.add(text, to: \.targets) }
    if let seeds { try plan.setSeeds(seeds) }
    plan.settings = try Settings(settings).values
    plan.loss = loss
    plan.scaling = scaling
    plan.targetScaling = targetScaling
    if let prior, !(prior > 0 && prior.isFinite) {
      throw RunError(.usage, "--prior cannot be \(prior): it must be a width above 0")
    }
    plan.prior = prior
    plan.scalarisation = try Scalarisation(weights: weights, fairness: fairness)
    plan.batchRows = BatchSize.standard
    if let batchSize { plan.batchRows = try BatchSize.rows(batchSize, name: "--batch-size") }
    plan.budget = budget
    plan.metric = metric
    return plan
  }
}
