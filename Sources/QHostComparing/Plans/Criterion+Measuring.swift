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
    _ results: [CellResult], _ selection: Selection
  ) throws(RunError) -> [CellResult] {
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
    _ own: [CellResult], _ others: [CellResult]
  ) throws(RunError) -> [Double] {
    let opposite = self.others ?? [:]
    let named = Set(selection.keys).union(opposite.keys)
    let places = Set((own + others).flatMap(\.labels.dependencies.keys)).sorted()
    let free = (["optimizer", "model", "dataset", "target"] + places).filter { axis in
      // What a component depends on goes with it: another component's has nothing in common with it.
      !named.contains {
        axis == $0 || (axis.hasPrefix($0 + ".") && selection[$0] != opposite[$0])
      }
    }
    func key(_ run: CellResult) -> [String] {
      ["\(run.seed)"] + free.map { run.labels[$0] ?? "" }
    }
    var partners: [[String]: CellResult] = [:]
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

  private func figure(of run: CellResult) throws(RunError) -> Double {
    let cost = run.run.cost
    switch metric {
    case "evaluations": return Double(cost.evaluations)
    case "passes": return run.trainingPasses
    case "seconds": return cost.seconds
    case "cpu seconds": return cost.cpuSeconds
    case "reached": return run.run.stopReason == .targetReached ? 1 : 0
    default:
      let words = metric.split(separator: " ", maxSplits: 1).map(String.init)
      if words.count == 2, let value = run.run.metrics[words[0]]?[words[1]] { return value }
      let deployed = run.run.deployment?.metrics ?? [:]
      if let value = deployed[metric] { return value }
      let names =
        run.run.metrics.flatMap { split, figures in figures.keys.map { "\(split) \($0)" } }
      throw error(
        "runs have no '\(metric)'"
          + Suggestion.sentence(
            for: metric,
            among: names.sorted() + deployed.keys.sorted() + [
              "evaluations", "passes", "seconds", "cpu seconds", "reached",
            ]))
    }
  }

  private func error(_ message: String) -> RunError { RunError(.usage, "\(place): \(message)") }

  private static func choice(_ axis: String, _ run: CellResult) -> ComponentChoice? {
    run.labels[axis].flatMap { try? GridExpression.choices($0).first }
  }
}

extension ComponentChoice {
  /// Whether it has another one's name, and all of its settings.
  fileprivate func isKind(of other: ComponentChoice) -> Bool {
    name == other.name && other.settings.allSatisfy { settings[$0.key] == $0.value }
  }
}
