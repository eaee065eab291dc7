internal import QHostInterfaces
public import QHostRuntime

/// The figure of a run that comparisons are made by.
public struct ComparedFigure: Sendable, Encodable, Equatable {
  /// The split that it is of, for example `test`.
  public var split: String
  /// Its name on that split, for example `accuracy`.
  public var metric: String
  /// Its value.
  public var value: Double
  /// What it is.
  public var facts: MetricFacts
  /// How far from feasible the run ended on that split; 0: all constraints hold; `nil`: there are none.
  public var violation: Double?

  /// Whether no constraint is violated.
  public var isFeasible: Bool { (violation ?? 0) == 0 }

  /// What it is called, for example `test accuracy`.
  public var name: String { "\(split) \(metric)" }
  /// Its name with its unit.
  public var title: String { facts.unit.map { "\(name) (\($0))" } ?? name }
  /// Whether it is a part of a whole, told in per cent.
  public var isPart: Bool { metric == "accuracy" && facts.component == nil }
}

extension RunRecord {
  private static let splits = ["test", "validation", "train"]

  /// The figure that runs are compared by.
  ///
  /// - Parameter choice: `NAME`, of the first of test, validation and training split that has it, or `SPLIT NAME`;
  ///   `nil`: an accuracy if there is one, else the loss, alike.
  /// - Returns: the figure; `nil` when the run has none of that name.
  public func comparedFigure(by choice: String? = nil) -> ComparedFigure? {
    let words = choice?.split(separator: " ", maxSplits: 1).map(String.init) ?? []
    let isOfSplit = words.count == 2 && Self.splits.contains(words[0])
    let names = isOfSplit ? [words[1]] : choice.map { [$0] } ?? ["accuracy", "loss"]
    for split in isOfSplit ? [words[0]] : Self.splits {
      for name in names {
        guard let value = metrics[split]?[name] else { continue }
        return ComparedFigure(
          split: split, metric: name, value: value, facts: facts(of: name),
          violation: metrics[split]?["violation"])
      }
    }
    return nil
  }

  /// What a figure of the run is; a name that nobody describes is neutral.
  public func facts(of name: String) -> MetricFacts {
    metricDescriptions?[name] ?? MetricFacts.ofHost[name]
      ?? MetricFacts(.neutral, component: "dataset")
  }
}

/// The figure that a comparison was asked to be made by.
public enum FigureChoice {
  /// Refuses a figure that no run has, or that has no direction.
  ///
  /// - Parameters:
  ///   - choice: what was asked for, `NAME` or `SPLIT NAME`.
  ///   - figures: what the figures of each combination or run are, by both.
  /// - Throws: kind `usage`, with the figures that there are.
  public static func check(
    _ choice: String, among figures: some Sequence<[String: MetricFacts]>
  ) throws(RunError) {
    var known: [String: MetricFacts] = [:]
    for figures in figures { known.merge(figures) { one, _ in one } }
    guard !known.isEmpty else { return }
    let ranked = known.filter {
      $0.value.direction != .neutral && $0.key.contains(" ") == choice.contains(" ")
    }.keys.sorted()
    guard let facts = known[choice] else {
      throw RunError(
        .usage,
        "--metric: no run has the figure '\(choice)'"
          + Suggestion.sentence(for: choice, among: ranked))
    }
    guard facts.direction != .neutral else {
      throw RunError(
        .usage,
        "--metric: '\(choice)' is neutral: neither less nor more of it is better, so that nothing can be "
          + "ranked by it; choose one of \(ranked.joined(separator: ", "))")
    }
  }

  /// What the figures of a run that has ended are, by `NAME` and by `SPLIT NAME`.
  public static func figures(of run: RunRecord) -> [String: MetricFacts] {
    var facts: [String: MetricFacts] = [:]
    for (split, figures) in run.metrics {
      for name in figures.keys {
        facts[name] = run.facts(of: name)
        facts["\(split) \(name)"] = facts[name]
      }
    }
    return facts
  }
}

extension CombinationCheck {
  /// What the figures of its runs will be, alike.
  var figuresOfSplits: [String: MetricFacts] {
    var facts = figures
    for split in rows.keys {
      for (name, fact) in figures { facts["\(split) \(name)"] = fact }
    }
    return facts
  }
}
