import QHostReport
import QHostRuntime

/// The journals that a report is made of, and what their optimizers are compared with.
struct ReportSource {
  /// The journals' files.
  let paths: [String]
  /// The combination that others are compared with; `nil`: each with each.
  let baseline: String?

  /// Takes folders or files.
  init(journals: [String], baseline: String? = nil) {
    paths = journals.map { JournalContents.path(in: $0) }
    self.baseline = baseline
  }

  /// The report as the journals are now.
  ///
  /// - Throws: kind `data` for a journal that cannot be read, `usage` for journals that do not go together and a
  ///   baseline that is not in them.
  func report() throws(RunError) -> ComparisonReport {
    let report = ComparisonReport(try JournalMerge(paths), baseline: baseline)
    guard let baseline else { return report }
    var names: [String] = []
    for row in report.problems.flatMap(\.combinations) where !names.contains(row.name) {
      names.append(row.name)
    }
    guard names.contains(baseline) else {
      throw RunError(
        .usage,
        "'\(baseline)' is not in the comparison; give --baseline one of "
          + names.map { "'\($0)'" }.joined(separator: ", "))
    }
    return report
  }
}
