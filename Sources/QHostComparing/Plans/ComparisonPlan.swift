public import QHostRuntime

/// What is compared: axes whose product is the grid of runs, and when every run stops.
///
/// Optimizers are compared on every model with every dataset, or on the problems that the plan lists, each
/// with a model, a loss and a budget of its own.
public struct ComparisonPlan: Sendable, Codable, Equatable {
  /// The optimizers.
  public var optimizers: [ComponentChoice] = []
  /// The solvers, for optimizers that take one; none: each optimizer's own.
  public var solvers: [ComponentChoice] = []
  /// The models.
  public var models: [ComponentChoice] = []
  /// The datasets.
  public var datasets: [ComponentChoice] = []
  /// The problems that the plan lists, each with all that goes for it; none: every model on every dataset.
  public var listedProblems: [PlannedProblem] {
    get { listed ?? [] }
    set { listed = newValue.isEmpty ? nil : newValue }
  }
  /// Alternatives for what components depend on, by place, for example `model.inner`; they go with the components
  /// that depend on something there.
  public var dependencies: [String: [ComponentChoice]] {
    get { alternatives ?? [:] }
    set { alternatives = newValue.isEmpty ? nil : newValue }
  }
  /// The targets that every trained model is put on; none: models are not deployed.
  public var targets: [ComponentChoice] {
    get { deployed ?? [] }
    set { deployed = newValue.isEmpty ? nil : newValue }
  }
  /// The seeds: each is done with every combination of the others.
  public var seeds: [UInt64] = [1]
  /// What is set for every component that has such a parameter, by key, as with `qhost run --set`.
  public var settings: [String: String] = [:]
  /// The loss's name; `nil`: the one that goes with the dataset's task.
  public var loss: String?
  /// The scaling's name; `nil`: the dataset's own.
  public var scaling: String?
  /// How targets that are numbers are scaled; `nil`: standardised in tables.
  public var targetScaling: String?
  /// The width of the Gaussian prior, in the parameters' scales; `nil`: none.
  public var prior: Double?
  /// How one loss is made of scenarios' objectives; `nil`: all weigh the same.
  public var scalarisation: Scalarisation?
  /// Rows of a minibatch; `nil`: what each optimizer prefers; 0: all; see ``BatchSize``.
  public var batchRows: Int?
  /// When a run stops; its forward-equivalents are passes of the whole training split.
  public var budget = Budget()
  /// The figure that runs are compared by, `NAME` or `SPLIT NAME`; `nil`: accuracy or loss.
  public var metric: String?
  /// What it isolates.
  public var isolation: PlannedIsolation {
    get { isolated ?? PlannedIsolation() }
    set { isolated = newValue == PlannedIsolation() ? nil : newValue }
  }
  /// Absent unless something is isolated, so that plans without it are those of earlier versions.
  private var isolated: PlannedIsolation?
  /// Absent unless problems are listed, so that plans of axes are those of earlier versions.
  private var listed: [PlannedProblem]?
  /// Absent without any, so that plans without them are those of earlier versions.
  private var alternatives: [String: [ComponentChoice]]?
  /// Absent without targets, so that plans without them are those of earlier versions.
  private var deployed: [ComponentChoice]?

  private enum CodingKeys: String, CodingKey {
    case optimizers, solvers, models, datasets, seeds, settings, loss, scaling, prior, batchRows
    case targetScaling, scalarisation, budget, metric
    case alternatives = "dependencies"
    case deployed = "targets"
    case isolated = "isolation"
    case listed = "problems"
  }

  /// Makes a plan without axes.
  public init() {}

  /// Appends the components of an expression such as `tunneling[hbar_start=0.3,0.6],adam` to an axis.
  ///
  /// - Throws: kind `usage`.
  public mutating func add(
    _ expression: String, to axis: WritableKeyPath<ComparisonPlan, [ComponentChoice]>
  ) throws(RunError) {
    self[keyPath: axis] += try GridExpression.choices(expression)
  }

  /// Appends alternatives for a dependency, written as `model.inner=mlp[hidden=4],logistic`.
  ///
  /// - Throws: kind `usage`.
  public mutating func add(dependency words: String) throws(RunError) {
    let parts = words.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, Self.isPlaceOfDependency(parts[0]) else {
      throw RunError(
        .usage,
        "--with '\(words)' is not of the form PLACE=NAME,..., for example model.inner=mlp; a place "
          + "begins with optimizer., model. or dataset.")
    }
    dependencies[parts[0], default: []] += try GridExpression.choices(parts[1])
  }

  /// Whether a word may be the place of a dependency with alternatives.
  static func isPlaceOfDependency(_ word: String) -> Bool {
    ["optimizer.", "model.", "dataset."].contains { word.hasPrefix($0) }
  }

  /// Takes the seeds of a text such as `30` or `5-9`.
  ///
  /// - Throws: kind `usage`.
  public mutating func setSeeds(_ text: String) throws(RunError) {
    seeds = try SeedList.seeds(text)
  }

  /// The plan as one line of JSON; the same for the same plan.
  public func json() throws(RunError) -> String { try JSONText.of(self) }

  /// The SHA-256 of the plan: journals of the same plan can be resumed and merged.
  public func hash() throws(RunError) -> String {
    Array(try json().utf8).withUnsafeBytes { SHA256Digest.of($0) }
  }

  /// What optimizers are compared on, in the order of the grid.
  public var problems: [PlannedProblem] {
    guard listedProblems.isEmpty else { return listedProblems }
    return datasets.flatMap { dataset in
      models.map { model in
        var problem = PlannedProblem(
          dataset: dataset, model: model, loss: loss, scaling: scaling, prior: prior,
          batchRows: batchRows, budget: budget)
        problem.targetScaling = targetScaling
        problem.scalarisation = scalarisation
        return problem
      }
    }
  }

  /// The problems by what they are called.
  public var problemsByLabels: [ProblemLabels: PlannedProblem] {
    Dictionary(problems.map { ($0.labels, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Refuses axes without values, and values that stand on an axis twice.
  ///
  /// - Throws: kind `usage`.
  public func check() throws(RunError) {
    let isListed = !listedProblems.isEmpty
    guard !isListed || (models.isEmpty && datasets.isEmpty) else {
      throw RunError(.usage, "the plan lists problems, and models or datasets too; leave one out")
    }
    let alternatives = dependencies.sorted { $0.key < $1.key }.map { place, choices in
      (place, choices.map(\.label), true)
    }
    let axes =
      [
        ("optimizer", optimizers.map(\.label), true), ("solver", solvers.map(\.label), false),
        ("model", models.map(\.label), !isListed), ("dataset", datasets.map(\.label), !isListed),
        ("target", targets.map(\.label), false),
        ("problem", listedProblems.map(\.labels.text), false),
      ] + alternatives
    for (kind, labels, isNeeded) in axes {
      guard !labels.isEmpty || !isNeeded else {
        throw RunError(.usage, "the plan has no \(kind); name at least one")
      }
      if let label = Self.repeated(labels) {
        throw RunError(.usage, "\(kind) '\(label)' is in the plan twice; leave one out")
      }
    }
    guard !seeds.isEmpty else {
      throw RunError(.usage, "the plan has no seeds; name at least one")
    }
  }

  /// The first label that was there before; `nil` when all differ.
  static func repeated(_ labels: [String]) -> String? {
    var seen: Set<String> = []
    return labels.first { !seen.insert($0).inserted }
  }
}
