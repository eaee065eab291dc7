import QHostDrawing
internal import Glibc
internal import QHostComparing
internal import QHostRuntime

extension ReportWarning {
  /// All that must be said of a report.
  ///
  /// - Parameters:
  ///   - report: the report.
  ///   - notes: what was noted while its journals were put together.
  /// - Returns: the warnings, the gravest first.
  static func all(_ report: ComparisonReport, notes: [String]) -> [ReportWarning] {
    incomplete(report) + failures(report) + imported(report) + skipped(report) + uncompared(report)
      + fairness(report)
      + seeds(report)
      + instances(report) + starts(report) + load(report) + time(report) + sample(report)
      + notes.filter { !$0.contains("is cut off") }.map { ReportWarning(kind: .journals, text: $0) }
  }

  private static func incomplete(_ report: ComparisonReport) -> [ReportWarning] {
    var texts: [String] = []
    let extent = report.extent
    if extent.missing > 0 {
      let state =
        report.isRunning
        ? "the comparison is still running"
        : "it can be completed by 'qhost compare --resume', or with the journals of other shards"
      texts.append("\(extent.missing) of \(extent.cells) runs have not been made yet: \(state)")
    }
    for journal in report.provenance.journals where journal.isCut && !journal.isBeingWritten {
      texts.append(
        "the last line of '\(journal.path)' is cut off: whoever wrote it was ended, and that run "
          + "is missing")
    }
    return texts.map { ReportWarning(kind: .incomplete, text: $0) }
  }

  private static func failures(_ report: ComparisonReport) -> [ReportWarning] {
    var texts: [String] = []
    if report.extent.failed > 0 {
      texts.append(
        "\(report.extent.failed) of \(report.extent.cells) runs failed; they count as worse than any "
          + "result in tests and as missed targets, combinations with failed runs have no expected "
          + "running time, and means and medians are of the others")
    }
    let unmeasured = report.problems.flatMap(\.combinations).reduce(0) { $0 + $1.unmeasuredCount }
    if unmeasured > 0 {
      texts.append(
        "\(count(unmeasured, "run")) ended with a figure that is not a number; they count as worse than "
          + "any result in tests, and means and medians are of the others")
    }
    let constrained = report.problems.flatMap(\.combinations)
    let infeasible = constrained.reduce(0) { sum, row in
      sum + (row.feasibleCount.map { row.runCount - $0 } ?? 0)
    }
    if infeasible > 0 {
      texts.append(
        "\(count(infeasible, "run")) ended where not all constraints hold; they count as worse than "
          + "any feasible one in tests, by violation, and means and medians are of the others")
    }
    return texts.map { ReportWarning(kind: .failures, text: $0) }
  }

  /// What cannot be done, and what becomes of it in figures of all problems.
  private static func skipped(_ report: ComparisonReport) -> [ReportWarning] {
    let absent = report.overall?.entries.filter { !$0.absentFrom.isEmpty } ?? []
    guard !absent.isEmpty else { return [] }
    let names = absent.map { "\($0.name) (\(count($0.absentFrom.count, "problem")))" }
    let text =
      "not used on every problem: \(names.joined(separator: ", ")); where all problems are meant, the "
      + "targets of those count as not reached and the problems as not solved"
    return [ReportWarning(kind: .skipped, text: text)]
  }

  /// Problems whose runs do not have the figure that was asked for.
  private static func uncompared(_ report: ComparisonReport) -> [ReportWarning] {
    let problems = report.problems.filter { problem in
      problem.metric == nil && problem.combinations.contains { $0.runCount > 0 }
    }
    guard let metric = report.plan.metric, !problems.isEmpty else { return [] }
    let titles = problems.map(\.title).joined(separator: ", ")
    return [
      ReportWarning(
        kind: .skipped,
        text:
          "not compared: runs of \(titles) have no figure '\(metric)'; name another one with --metric"
      )
    ]
  }

  /// Whether the test of pairs can find anything at all.
  ///
  /// With n pairs the least probability of Wilcoxon's test of two sides is 2 · 2⁻ⁿ, and Holm's correction
  /// multiplies the least of m by m.
  private static func seeds(_ report: ComparisonReport) -> [ReportWarning] {
    let seedCount = report.problems.map(\.seedCount).min() ?? 0
    let pairCount = report.problems.map(\.pairs.count).max() ?? 0
    guard pairCount > 0 else { return [] }
    let needed = Int(log2(2 * Double(pairCount) / PairReport.level).rounded(.up))
    if seedCount < needed {
      let text =
        "underpowered: with \(count(seedCount, "seed")) and \(count(pairCount, "pair")) no difference "
        + "can be shown at a level of \(PairReport.level), whatever the runs find; it needs at least "
        + "\(needed) seeds"
      return [ReportWarning(kind: .seeds, text: text)]
    }
    guard seedCount < 10 else { return [] }
    let text =
      "underpowered: with \(seedCount) seeds only large differences can be shown; 'no difference "
      + "is shown' does not mean that there is none"
    return [ReportWarning(kind: .seeds, text: text)]
  }

  /// What others have made, and what of it is not known.
  private static func imported(_ report: ComparisonReport) -> [ReportWarning] {
    report.provenance.imports.map { source in
      let names = source.names.map { "'\($0)'" }.joined(separator: ", ")
      let absent =
        source.absentProblems == 0
        ? ""
        : "; left out, as not in this comparison: \(count(source.absentProblems, "problem"))"
      let suite =
        source.isOfSuite
        ? "; functions of the suite are the same to the formula, with other instances and bounds here"
        : ""
      return ReportWarning(
        kind: .imported,
        text:
          "\(names): \(count(source.runs, "run")) by others, from '\(source.path)' (\(source.form.rawValue)); they started, "
          + "stopped and counted evaluations in their own way, an evaluation is taken for one pass, and what they took in "
          + "seconds is not known, and counts as too much where problems are put together\(suite)\(absent)"
      )
    }
  }

  private static func starts(_ report: ComparisonReport) -> [ReportWarning] {
    report.problems.filter { !$0.unpairedSeeds.isEmpty }.map { problem in
      ReportWarning(
        kind: .starts,
        text: "on \(problem.title) the optimizers did not start at the same point with "
          + "\(count(problem.unpairedSeeds.count, "seed")); they are paired by seed all the same")
    }
  }

  private static func load(_ report: ComparisonReport) -> [ReportWarning] {
    report.provenance.journals.compactMap { journal in
      let begun =
        [journal.machine] + journal.sessions.filter { $0.record == .resumed }.map(\.machine)
      let ended = journal.sessions.filter { $0.record == .ended }.map(\.machine)
      // In the end the comparison's own processes are part of the load.
      let busy = begun.filter { relative($0) > 1 } + ended.filter { relative($0) > 1.5 }
      guard let busiest = busy.max(by: { relative($0) < relative($1) }) else { return nil }
      return ReportWarning(
        kind: .load,
        text:
          "the machine '\(busiest.host)' was busy (load \(NumberText.short(busiest.loadAverage, 3)) "
          + "on \(busiest.processors) processors): seconds mean little, counts are not affected")
    }
  }

  private static func relative(_ machine: Machine) -> Double {
    machine.loadAverage / Double(max(machine.processors, 1))
  }

  private static func time(_ report: ComparisonReport) -> [ReportWarning] {
    var texts: [String] = []
    if let limit = report.problems.compactMap(\.budget.maxSeconds).max() {
      texts.append(
        "runs were stopped after \(NumberText.short(limit)) s: what they found depends on the "
          + "machine and on what else it did, and does not repeat exactly")
    }
    let machines = report.provenance.journals.flatMap { [$0.machine] + $0.sessions.map(\.machine) }
    let kinds = Set(machines.map { "\($0.host), \($0.processor)" })
    if kinds.count > 1 {
      texts.append(
        "runs were made on \(kinds.count) machines: their seconds cannot be compared")
    }
    return texts.map { ReportWarning(kind: .time, text: $0) }
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
