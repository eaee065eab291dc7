import QHostDrawing
public import QHostComparing
internal import QHostRuntime

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
  /// The combination that all others are compared with; `nil`: all pairs are compared.
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

  /// When runs stopped, in words.
  var budget: String {
    let budgets = plan.problems.map(\.budget)
    guard let first = budgets.first, budgets.allSatisfy({ $0 == first }) else {
      return "the budget of its problem"
    }
    return first.words { NumberText.short($0) }
  }

  /// When runs on a problem stopped, in words; `nil` when it is the same on all.
  func budget(of problem: ProblemReport) -> String? {
    let isCommon = plan.problems.allSatisfy { $0.budget == problem.budget }
    return isCommon ? nil : "budget: " + problem.budget.words { NumberText.short($0) }
  }
}

extension ProblemReport {
  /// What its runs had to reach, in words; `nil` without a target.
  var targetWords: String? { budget.targetWords { NumberText.short($0) } }
}
