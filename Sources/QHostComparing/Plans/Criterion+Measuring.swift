public import QHostRuntime

extension Criterion {
  /// What was found.
  public struct Measurement: Sendable, Encodable {
    /// What was measured, in words.
    public var subject: String
    /// What it must be, in words.
    public var condition: String
    /// The figure.
    public var value: Double
    /// Runs, or pairs of runs, that it is of.
    public var count: Int
    /// Whether it is what it must be.
    public var holds: Bool
  }

  /// Measures the runs of a comparison.
  ///
  /// - Throws: kind `usage`, with file and line, when there are no such runs or figures.
  public func measure(_ results: [CellResult]) throws(RunError) -> Measurement {
    try measure(results.map(MeasuredRun.init))
  }

  /// Measures online runs.
  ///
  /// - Throws: kind `usage`, with file and line, when there are no such runs or figures.
  public func measure(_ results: [OnlineResult]) throws(RunError) -> Measurement {
    try measure(results.map(MeasuredRun.init))
  }

  private func measure(_ results: [MeasuredRun]) throws(RunError) -> Measurement {
    let own = try chosen(results, selection)
    var values: [Double]
    var offset = 0.0
    if let others {
      let rest = try chosen(results, others)
      if isPaired {
        values = try differences(own, rest)
      } else {
        values = try own.map { (run) throws(RunError) in try figure(of: run) }
        let opposite = try rest.map { (run) throws(RunError) in try figure(of: run) }
        offset = try aggregated(opposite)
      }
    } else {
      values = try own.map { (run) throws(RunError) in try figure(of: run) }
    }
    let value = try aggregated(values) - offset
    return Measurement(
      subject: subject, condition: condition, value: value, count: values.count,
      holds: comparison.holds(value, threshold))
  }

  private func aggregated(_ values: [Double]) throws(RunError) -> Double {
    guard let value = aggregate(values) else {
      throw error("'\(aggregate.rawValue)' needs more runs than \(values.count); add seeds")
    }
    return value
  }

  private func chosen(
    _ results: [MeasuredRun], _ selection: Selection
  ) throws(RunError) -> [MeasuredRun] {
    let chosen = results.filter { run in
      selection.allSatisfy { axis, wanted in Self.choice(axis, run)?.isKind(of: wanted) ?? false }
    }
    guard !chosen.isEmpty else {
      let words = selection.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.label)" }
      throw error("there are no runs of \(words.joined(separator: ", ")); correct the names")
    }
    return chosen
  }

  /// The differences between runs that have all in common but what the two selections name.
  private func differences(
    _ own: [MeasuredRun], _ others: [MeasuredRun]
  ) throws(RunError) -> [Double] {
    let opposite = self.others ?? [:]
    let named = Set(selection.keys).union(opposite.keys)
    let free = Set((own + others).flatMap(\.labels.keys)).sorted().filter { axis in
      // What a component depends on goes with it: another component's has nothing in common with it. A choice that
      // both sides name may stand for several: these are compared each with itself.
      !named.contains {
        (axis == $0 || axis.hasPrefix($0 + ".")) && selection[$0] != opposite[$0]
      }
    }
    func key(_ run: MeasuredRun) -> [String] {
      ["\(run.seed)"] + free.map { run.labels[$0] ?? "" }
    }
    var partners: [[String]: MeasuredRun] = [:]
    for run in others {
      guard partners.updateValue(run, forKey: key(run)) == nil else {
        throw error("several runs go with one of the others; name more axes under 'against'")
      }
    }
    var differences: [Double] = []
    for run in own {
      guard let other = partners[key(run)] else { continue }
      differences.append(try figure(of: run) - figure(of: other))
    }
    return differences
  }

  private func figure(of run: MeasuredRun) throws(RunError) -> Double {
    if let value = run.figures[metric] { return value }
    throw error(
      "runs have no '\(metric)'"
        + Suggestion.sentence(for: metric, among: run.figures.keys.sorted()))
  }

  private func error(_ message: String) -> RunError { RunError(.usage, "\(place): \(message)") }

  private static func choice(_ axis: String, _ run: MeasuredRun) -> ComponentChoice? {
    run.labels[axis].flatMap { try? GridExpression.choices($0).first }
  }
}

extension ComponentChoice {
  /// Whether it has another one's name, and all of its settings.
  fileprivate func isKind(of other: ComponentChoice) -> Bool {
    name == other.name && other.settings.allSatisfy { settings[$0.key] == $0.value }
  }
}

/// A run as criteria see it.
private struct MeasuredRun {
  var seed: UInt64
  /// What it is called, by axis.
  var labels: [String: String]
  /// What was measured, by name.
  var figures: [String: Double]

  init(_ result: CellResult) {
    seed = result.seed
    labels = result.labels.dependencies
    for axis in ["optimizer", "model", "dataset", "target"] { labels[axis] = result.labels[axis] }
    let cost = result.run.cost
    figures = [
      "evaluations": Double(cost.evaluations), "passes": result.trainingPasses,
      "seconds": cost.seconds, "cpu seconds": cost.cpuSeconds,
      "reached": result.run.stopReason == .targetReached ? 1 : 0,
    ]
    figures.merge(result.run.deployment?.metrics ?? [:]) { own, _ in own }
    for (split, values) in result.run.metrics {
      for (name, value) in values { figures["\(split) \(name)"] = value }
    }
  }

  init(_ result: OnlineResult) {
    (seed, figures) = (result.seed, result.figures)
    labels = result.labels.dependencies
    for axis in ["optimizer", "model", "dataset"] { labels[axis] = result.labels[axis] }
    labels["learning"] = result.learning
  }
}
