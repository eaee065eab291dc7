internal import QHostRuntime

extension ReportWarning {
  /// What seeds vary, where there are no rows: a function is the same for all of them.
  static func instances(_ report: ComparisonReport) -> [ReportWarning] {
    let functions = trainings(report).filter {
      $0.isScenario || InstanceFamily.title(of: $0, report.plan) != nil
    }
    let families = report.overall?.families ?? []
    var texts: [String] = []
    if !functions.isEmpty {
      let seeds = count(functions.map(\.seedCount).max() ?? 0, "seed")
      let place =
        functions.count == 1
        ? "on \(functions[0].title)" : "on \(functions.count) problems that are functions"
      texts.append(
        "\(place) seeds vary the start and the optimizer's random numbers, not the function: \(seeds) of "
          + "one instance say nothing of other instances")
    }
    texts += families.map { family in
      "\(family.title) is there with \(count(family.problems.count, "instance")), each a problem of its "
        + "own: what is said of all problems is said of these instances; pairs of instances are those "
        + "that tell of others"
    }
    return texts.map { ReportWarning(kind: .instances, text: $0) }
  }
}
