/// What is compared: axes whose product is the grid of runs, and when every run stops.
public struct ComparisonPlan: Sendable, Codable, Equatable {
  /// The optimizers.
  public var optimizers: [ComponentChoice] = []
  /// The solvers, for optimizers that take one; none: each optimizer's own.
  public var solvers: [ComponentChoice] = []
  /// The models.
  public var models: [ComponentChoice] = []
  /// The datasets.
  public var datasets: [ComponentChoice] = []
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
  /// Rows of a minibatch; `nil`: what each optimizer prefers; 0: all.
  public var batchRows: Int?
  /// When a run stops; its forward-equivalents are passes of the whole training split.
  public var budget = Budget()
  /// Absent without targets, so that plans without them are those of earlier versions.
  private var deployed: [ComponentChoice]?

  private enum CodingKeys: String, CodingKey {
    case optimizers, solvers, models, datasets, seeds, settings, loss, scaling, batchRows, budget
    case deployed = "targets"
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

  /// Refuses axes without values, and values that stand on an axis twice.
  ///
  /// - Throws: kind `usage`.
  public func check() throws(RunError) {
    let axes = [
      ("optimizer", optimizers, true), ("solver", solvers, false), ("model", models, true),
      ("dataset", datasets, true), ("target", targets, false),
    ]
    for (kind, choices, isNeeded) in axes {
      guard !choices.isEmpty || !isNeeded else {
        throw RunError(.usage, "the plan has no \(kind); name at least one")
      }
      for (place, choice) in choices.enumerated() where choices[..<place].contains(choice) {
        throw RunError(.usage, "\(kind) '\(choice.label)' is in the plan twice; leave one out")
      }
    }
    guard !seeds.isEmpty else {
      throw RunError(.usage, "the plan has no seeds; name at least one")
    }
  }
}
