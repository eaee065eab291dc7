import QHostDrawing

extension ReportWarning {
  /// Pairs that a sentence names; more are counted.
  private static let pairLimit = 3
  /// Problems that have a sentence of one kind of their own; more are counted.
  private static let problemLimit = 4

  /// What makes combinations of one problem hard to compare.
  static func fairness(_ report: ComparisonReport) -> [ReportWarning] {
    let problems = trainings(report)
    return limited(problems.compactMap(objectives)) + limited(problems.compactMap(batches))
      + limited(problems.compactMap(budget)) + limited(problems.compactMap(efforts))
  }

  /// The first of the warnings of one kind, and how many more there are.
  private static func limited(_ warnings: [ReportWarning]) -> [ReportWarning] {
    guard let first = warnings.first, warnings.count > problemLimit + 1 else { return warnings }
    let rest = warnings.count - problemLimit
    let text = "the same must be said of \(rest) more problems"
    return warnings.prefix(problemLimit) + [ReportWarning(kind: first.kind, text: text)]
  }

  private static func objectives(_ problem: ProblemReport) -> ReportWarning? {
    let rows = problem.combinations.filter { $0.runCount > 0 }
    guard Set(rows.map(\.conditions.priors)).count > 1 else { return nil }
    let texts = grouped(rows, \.conditions.priors) { widths in
      widths.map { $0 == 0 ? "no prior" : "a Gaussian prior of width \(NumberText.short($0))" }
        .joined(separator: " or ")
    }
    return ReportWarning(
      kind: .objectives,
      text: "on \(problem.title) optimizers minimise different losses: \(texts); their training "
        + "losses cannot be compared, nor what depends on them")
  }

  private static func batches(_ problem: ProblemReport) -> ReportWarning? {
    let rows = problem.combinations.filter { $0.runCount > 0 }
    guard Set(rows.map(\.conditions.batchRows)).count > 1 else { return nil }
    let texts = grouped(rows, \.conditions.batchRows) { Self.rows($0) }
    return ReportWarning(
      kind: .batches,
      text:
        "on \(problem.title) minibatches differ: \(texts); a part of any difference may be theirs"
    )
  }

  private static func budget(_ problem: ProblemReport) -> ReportWarning? {
    let texts = problem.combinations.flatMap { row in
      row.excess.map { excess in
        "\(row.name) up to \(amount(excess.most, excess.effort)) of \(amount(excess.limit, excess.effort))"
          + " (\(excess.runCount) of \(count(row.runCount, "run")))"
      }
    }
    guard !texts.isEmpty else { return nil }
    return ReportWarning(
      kind: .budget,
      text: "on \(problem.title) runs have spent more than the budget, by more than a point: "
        + "\(texts.joined(separator: ", ")); what they found beyond it counts")
  }

  private static func efforts(_ problem: ProblemReport) -> ReportWarning? {
    guard let ranking = problem.effortRanking, !ranking.changes.isEmpty else { return nil }
    let changes = ranking.changes.prefix(pairLimit).map { change in
      "\(change.first) is before \(change.second) by \(list(change.before.map(\.words))), and behind "
        + "by \(list(change.behind.map(\.words)))"
    }
    let more = ranking.changes.count - changes.count
    let rest = more > 0 ? "; \(count(more, "more pair")) change places" : ""
    let spent = Effort.shown.compactMap { effort in
      ranking.orders[effort].spent.map { amount($0, effort) }
    }
    let figure =
      ranking.figure == .expectedTime
      ? "the expected running time" : "the median best training loss after \(list(spent)) each"
    return ReportWarning(
      kind: .efforts,
      text: "on \(problem.title) the order depends on what is counted, by \(figure): "
        + changes.joined(separator: "; ") + rest)
  }

  /// That losses are of a sample of rows.
  static func sample(_ report: ComparisonReport) -> [ReportWarning] {
    trainings(report).compactMap { problem in
      let counts = Set(problem.combinations.flatMap(\.conditions.monitoredRows)).sorted()
      guard !counts.isEmpty else { return nil }
      return ReportWarning(
        kind: .sample,
        text: "on \(problem.title) curves, scales and best losses are on a fixed sample of "
          + "\(rows(counts)) of the training split")
    }
  }
}

extension ReportWarning {
  /// The problems without their targets: those that differ in these alone have the same trainings.
  static func trainings(_ report: ComparisonReport) -> [ProblemReport] {
    var seen: Set<[String]> = []
    return report.problems.filter { seen.insert([$0.dataset, $0.model]).inserted }.map { problem in
      var problem = problem
      problem.target = nil
      return problem
    }
  }

  /// Combinations by what they have in common, in words.
  private static func grouped<Key: Hashable>(
    _ rows: [CombinationReport], _ key: KeyPath<CombinationReport, Key>,
    _ words: (Key) -> String
  ) -> String {
    var order: [Key] = []
    var names: [Key: [String]] = [:]
    for row in rows {
      if names[row[keyPath: key]] == nil { order.append(row[keyPath: key]) }
      names[row[keyPath: key], default: []].append(row.name)
    }
    return order.map { "\(words($0)) for \(list(names[$0] ?? []))" }.joined(separator: ", ")
  }

  private static func rows(_ counts: [Int]) -> String {
    "\(counts.map(String.init).joined(separator: " or ")) row\(counts == [1] ? "" : "s")"
  }

  private static func amount(_ value: Double, _ effort: Effort) -> String {
    switch effort {
    case .evaluations: "\(NumberText.count(value)) evaluations"
    case .passes: "\(NumberText.short(value)) passes"
    case .processorSeconds: "\(time(value)) of processor time"
    case .seconds: time(value)
    }
  }

  private static func time(_ seconds: Double) -> String {
    let (unit, perSecond) = NumberText.unit(ofSeconds: seconds)
    return "\(NumberText.short(seconds * perSecond, 3)) \(unit)"
  }

  /// Words with commas, and with "and" before the last.
  private static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return "\(words.dropLast().joined(separator: ", ")) and \(last)"
  }
}
