public import QHostRuntime

extension Budget {
  /// What runs have to reach, in words; `nil` without a target.
  ///
  /// - Parameter number: how a number is written.
  /// - Returns: for example `a training loss of 0.01`.
  public func targetWords(_ number: (Double) -> String) -> String? {
    let parts = [
      untilLoss.map { "a training loss of \(number($0))" },
      untilAccuracy.map { "an accuracy of \(number($0 * 100)) %" },
      untilMetric.map { "\($0.name) of \(number($0.value))" },
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: " or ")
  }

  /// When runs end, in words.
  ///
  /// - Parameter number: how a number is written.
  /// - Returns: for example `20000 evaluations, or a training loss of 0.01`.
  public func words(_ number: (Double) -> String) -> String {
    let parts = [
      maxEvaluations.map { "\($0) evaluations" },
      maxForwardEquivalents.map { "\(number($0)) passes of the training split" },
      maxSeconds.map { "\(number($0)) s" }, targetWords(number),
    ].compactMap(\.self)
    return parts.isEmpty ? "no limit" : parts.joined(separator: ", or ")
  }
}
