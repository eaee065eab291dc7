import QHostRuntime

extension RunCommand {
  /// What a run asks for that is online.
  ///
  /// - Throws: kind `usage`, for what only other runs have.
  func onlineSpecification() throws(RunError) -> RunSpecification {
    let other: [(String, Bool)] = [
      ("--target", target != nil), ("--weights", weights != nil), ("--fairness", fairness != nil),
      ("--max-evals", budget.maxEvals != nil),
      ("--max-forward-equivalents", budget.maxForwardEquivalents != nil),
      ("--max-time", budget.maxTime != nil), ("--until-loss", budget.untilLoss != nil),
      ("--until-accuracy", budget.untilAccuracy != nil),
      ("--until-metric", budget.untilMetric != nil), ("--require", budget.require),
      ("--first", first.first != nil), ("--starts", starts != nil),
    ]
    if let option = other.first(where: { $0.1 }) {
      throw RunError(
        .usage,
        "\(option.0) does not go with --online, whose budget is one of each row; leave it out")
    }
    if let batchSize, batchSize < 0 {
      throw RunError(.usage, "--batch-size cannot be \(batchSize): it must be at least 0")
    }
    var words = try Settings(settings)
    if let solver { words.set("optimizer.solver", to: solver) }
    var specification = RunSpecification(
      optimizer: optimizer ?? "tunneling", model: model ?? "mlp",
      dataset: online.input == nil ? dataset ?? "drifting" : "csv", settings: words, seed: seed ?? 1
    )
    specification.start = from
    specification.loss = loss
    specification.scaling = scaling
    specification.targetScaling = targetScaling
    specification.prior = prior
    specification.batchRows = batchSize
    return specification
  }
}
