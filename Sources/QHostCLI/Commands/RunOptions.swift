import ArgumentParser
import QHostRuntime

/// When a run stops.
struct BudgetOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Stop after N losses and gradients.", valueName: "N"))
  var maxEvals: Int?

  @Option(
    help: ArgumentHelp(
      "Stop after N forward passes of the training split, by modelled time (default: 10000).",
      valueName: "X"))
  var maxForwardEquivalents: Double?

  @Option(help: ArgumentHelp("Stop after N seconds.", valueName: "SECONDS"))
  var maxTime: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Stop at this training loss, of scaled targets where they are scaled.", valueName: "X"))
  var untilLoss: Double?

  @Option(
    help: ArgumentHelp(
      "Stop at this accuracy (0 to 1) on the validation split, or on the training split.",
      valueName: "X"))
  var untilAccuracy: Double?

  @Option(
    help: ArgumentHelp(
      "Stop at this value of a metric, such as rmse=0.1, on the validation split, or on the training split.",
      valueName: "NAME=VALUE"))
  var untilMetric: String?

  @Flag(help: "End with exit code 3 when an --until-... is not reached.")
  var require = false

  /// Whether any of them is on the command line.
  var isGiven: Bool {
    maxEvals != nil || maxForwardEquivalents != nil || maxTime != nil || untilLoss != nil
      || untilAccuracy != nil || untilMetric != nil
  }

  /// The budget; the standard one when nothing is limited.
  func budget() throws -> Budget {
    for (name, value) in [
      ("--max-evals", maxEvals.map(Double.init)),
      ("--max-forward-equivalents", maxForwardEquivalents), ("--max-time", maxTime),
    ] {
      if let value, !(value > 0 && value.isFinite) {
        throw RunError(
          .usage,
          "\(name) cannot be \(Numbers.short(value)): it must be above 0, and finite; leave it out for no limit"
        )
      }
    }
    if let untilLoss, !untilLoss.isFinite {
      throw RunError(.usage, "--until-loss cannot be \(untilLoss): it must be a finite number")
    }
    if let untilAccuracy, !(0...1).contains(untilAccuracy) {
      throw RunError(.usage, "--until-accuracy cannot be \(untilAccuracy): it must be 0 to 1")
    }
    var budget = Budget()
    budget.maxEvaluations = maxEvals
    budget.maxForwardEquivalents = maxForwardEquivalents
    budget.maxSeconds = maxTime
    budget.untilLoss = untilLoss
    budget.untilAccuracy = untilAccuracy
    budget.untilMetric = try untilMetric.map { (text) throws(RunError) in
      try MetricTarget(text, option: "--until-metric")
    }
    if budget.isUnlimited {
      budget.maxForwardEquivalents = Budget.standardForwardEquivalents
    }
    return budget
  }
}
