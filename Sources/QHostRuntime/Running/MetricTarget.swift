internal import QHostInterfaces

/// The value of a figure at which runs stop, from the side that the figure's direction says.
public struct MetricTarget: Sendable, Codable, Equatable {
  /// The figure's name, for example of a metric of the dataset.
  public var name: String
  /// The value.
  public var value: Double

  /// Makes a target.
  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }

  /// Reads `NAME=VALUE`.
  ///
  /// - Parameters:
  ///   - text: the words.
  ///   - option: what users know it by, for messages.
  /// - Throws: kind `usage`.
  public init(_ text: String, option: String) throws(RunError) {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty, let value = Double(parts[1]), value.isFinite else {
      throw RunError(
        .usage,
        "\(option) cannot be '\(text)': write NAME=VALUE with a finite number, such as rmse=0.1")
    }
    self.init(parts[0], value)
  }

  /// The target as it is written.
  public var text: String { "\(name)=\(value)" }
}

extension MetricFacts {
  /// What the figure of a target is.
  ///
  /// - Parameters:
  ///   - target: the target.
  ///   - known: the figures of the run.
  ///   - culprits: whose they are, in words.
  /// - Returns: its facts.
  /// - Throws: kind `usage` for a figure that there is not, is watched by another option or has no direction.
  static func ofTarget(
    _ target: MetricTarget, among known: [String: MetricFacts], _ culprits: String
  ) throws(RunError) -> MetricFacts {
    let own = ["loss": "--until-loss", "accuracy": "--until-accuracy"]
    if let option = own[target.name] {
      throw RunError(
        .usage, "--until-metric does not take '\(target.name)'; use \(option) \(target.value)")
    }
    guard let facts = known[target.name] else {
      let names = known.filter { own[$0.key] == nil && $0.value.direction != .neutral }.keys
      let remedy =
        names.isEmpty
        ? "; use \(own.keys.sorted().filter { known[$0] != nil }.compactMap { own[$0] }.joined(separator: " or "))"
        : Suggestion.sentence(for: target.name, among: names.sorted())
      throw RunError(.usage, "--until-metric: \(culprits) have no metric '\(target.name)'\(remedy)")
    }
    guard facts.direction != .neutral else {
      throw RunError(
        .usage,
        "--until-metric: metric '\(target.name)' of the \(facts.component ?? "run") is neutral: neither "
          + "less nor more of it is better, so that nothing can be reached; use another metric, or "
          + "--until-loss")
    }
    return facts
  }
}
