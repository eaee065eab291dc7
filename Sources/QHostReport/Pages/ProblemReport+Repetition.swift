extension ProblemReport {
  /// Whether a pass is an evaluation in every run, as on scenarios: then both have the same columns and charts.
  var passesAreEvaluations: Bool {
    let rows = combinations.filter { $0.runCount > 0 }
    return !rows.isEmpty
      && rows.allSatisfy {
        $0.evaluations == $0.passes && $0.convergence.evaluations == $0.convergence.passes
      }
  }

  /// The measures of effort that tell something of their own.
  var ownEfforts: [Effort] {
    Effort.measures.filter { !($0 == .passes && passesAreEvaluations) }
  }

  /// Whether the compared figure is the best training loss itself.
  var metricIsBestLoss: Bool {
    let rows = combinations.filter { $0.runCount > 0 }
    return !rows.isEmpty && rows.allSatisfy { $0.metric != nil && $0.metric == $0.bestLoss }
  }

  /// What the axis of a measure is called on this problem.
  func title(of effort: Effort) -> String {
    effort == .evaluations && passesAreEvaluations ? "evaluations, each a pass" : effort.title
  }

  /// What a measure is called on this problem, in headings.
  func words(of effort: Effort) -> String {
    effort == .evaluations && passesAreEvaluations ? "evaluations = passes" : effort.words
  }
}

extension ComparisonReport {
  /// The measures that tell something of their own on one problem at least.
  var ownEfforts: [Effort] {
    let own = Set(problems.flatMap(\.ownEfforts))
    return Effort.measures.filter(own.contains)
  }
}

extension Effort {
  /// The measures that tables and charts are against.
  static let measures = shown
}
