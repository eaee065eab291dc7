import QHostRuntime

/// What a call asks of a run, read from JSON.
struct RunRequest: Decodable {
  var optimizer: String?
  var model: String?
  var settings: [String]?
  var loss: String?
  var scaling: String?
  var targetScaling: String?
  var seed: UInt64?
  var batchSize: Int?
  var prior: Double?
  var maxEvaluations: Int?
  var maxForwardEquivalents: Double?
  var maxSeconds: Double?
  var untilLoss: Double?
  var untilAccuracy: Double?
  var threads: Int?

  private static let keys = [
    "optimizer", "model", "settings", "loss", "scaling", "target_scaling", "seed", "batch_size",
    "prior", "max_evaluations", "max_forward_equivalents", "max_seconds", "until_loss",
    "until_accuracy", "threads",
  ]

  /// Reads a request.
  ///
  /// - Throws: kind `usage` for a text that is none.
  init(reading text: UnsafePointer<CChar>?) throws(RunError) {
    guard let text else { throw RunError(.usage, "there is no request; give JSON of its keys") }
    let read: RunRequest = try StrictJSON.value(
      of: String(cString: text), keys: Self.keys, "the request")
    self = read
  }

  /// The budget; 10,000 passes where nothing is limited.
  func budget() throws(RunError) -> Budget {
    for (name, value) in [
      ("max_evaluations", maxEvaluations.map(Double.init)),
      ("max_forward_equivalents", maxForwardEquivalents), ("max_seconds", maxSeconds),
    ] {
      if let value, !(value > 0 && value.isFinite) {
        throw RunError(
          .usage, "\(name) cannot be \(value): it must be above 0; leave it out for no limit")
      }
    }
    if let untilAccuracy, !(0...1).contains(untilAccuracy) {
      throw RunError(.usage, "until_accuracy cannot be \(untilAccuracy): it must be 0 to 1")
    }
    var budget = Budget()
    budget.maxEvaluations = maxEvaluations
    budget.maxForwardEquivalents = maxForwardEquivalents
    budget.maxSeconds = maxSeconds
    budget.untilLoss = untilLoss
    budget.untilAccuracy = untilAccuracy
    if budget.isUnlimited { budget.maxForwardEquivalents = Budget.standardForwardEquivalents }
    return budget
  }

  /// A run on something of the caller's.
  ///
  /// - Parameters:
  ///   - dataset: the component that it is, of the library's own.
  ///   - model: the model's name.
  ///   - places: of what is in memory: `dataset` and the like.
  ///   - number: of what is in memory.
  /// - Returns: the specification.
  /// - Throws: kind `usage`.
  func specification(
    on dataset: String, model: String, _ places: [String], number: Int
  ) throws(RunError) -> RunSpecification {
    guard let optimizer else {
      throw RunError(.usage, "the request names no optimizer; give \"optimizer\"")
    }
    var words = try Settings(settings ?? [])
    for place in places { words.set("\(place).number", to: "\(number)") }
    var specification = RunSpecification(
      optimizer: optimizer, model: model, dataset: dataset, settings: words,
      seed: seed ?? 1)
    specification.loss = loss
    specification.scaling = scaling
    specification.targetScaling = targetScaling
    specification.batchRows = batchSize
    specification.prior = prior
    specification.budget = try budget()
    return specification
  }
}
