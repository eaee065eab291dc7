public import QHostRuntime

/// A comparison, analysed: schema `qhost.report/1`.
///
/// Every page, table and chart of a report is made from this value alone, so that they cannot disagree.
public struct ComparisonReport: Sendable, Encodable {
  /// How much of the plan there is.
  public struct Extent: Sendable, Encodable {
    /// Cells of the plan that can be done.
    public var cells: Int
    /// Cells that have a result.
    public var finished: Int
    /// Cells that have failed.
    public var failed: Int
    /// Cells that have not been done yet.
    public var missing: Int
  }

  /// The version of its form.
  public var schema = "qhost.report/1"
  /// The plan.
  public var plan: ComparisonPlan
  /// The combination that all others are compared with, by its name; `nil`: each is compared with each.
  public var baseline: String?
  /// How much of it there is.
  public var extent: Extent
  /// What a reader must know before the figures.
  public var warnings: [ReportWarning]
  /// The problems, in the plan's order.
  public var problems: [ProblemReport]
  /// All problems together; `nil` of a single one.
  public var overall: OverallReport?
  /// The cells that have failed.
  public var failures: [FailureRecord]
  /// The combinations that cannot work.
  public var skipped: [JournalHeader.Skipped]
  /// Where the figures are from.
  public var provenance: Provenance
}

extension ComparisonReport {
  /// Whether a process is still writing a journal.
  public var isRunning: Bool { provenance.journals.contains { $0.isBeingWritten } }

  /// What the runs had to reach, in words; `nil` without a target.
  var target: String? {
    let parts = [
      plan.budget.untilLoss.map { "a training loss of \(NumberText.short($0))" },
      plan.budget.untilAccuracy.map { "an accuracy of \(NumberText.percent($0)) %" },
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: " or ")
  }

  /// When runs stopped, in words.
  var budget: String {
    let budget = plan.budget
    let parts = [
      budget.maxEvaluations.map { "\($0) evaluations" },
      budget.maxForwardEquivalents.map { "\(NumberText.short($0)) passes of the training split" },
      budget.maxSeconds.map { "\(NumberText.short($0)) s" }, target,
    ].compactMap(\.self)
    return parts.isEmpty ? "no limit" : parts.joined(separator: ", or ")
  }
}
