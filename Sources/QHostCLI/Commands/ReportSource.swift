import QHostReport
import QHostComparing
import QHostRuntime

/// The journals that a report is made of, and what their optimizers are compared with.
struct ReportSource {
  /// The journals, each with or without a name.
  let journals: [NamedJournal]
  /// The combination that others are compared with; `nil`: each with each.
  let baseline: String?
  /// The figure that runs are compared by; `nil`: that of the plan, or accuracy or loss.
  let metric: String?

  /// Others' results that stand beside them.
  let imports: [ImportSource]

  /// The journals' files.
  var paths: [String] { journals.map(\.path) }

  /// Takes folders or files, each with or without a name: `NAME=FOLDER`.
  init(
    journals: [String], baseline: String? = nil, metric: String? = nil, imports: [String] = []
  ) {
    self.imports = imports.map { ImportSource($0) }
    self.journals = journals.map { NamedJournal($0) }
    self.baseline = baseline
    self.metric = metric
  }

  /// The report as the journals are now.
  ///
  /// - Throws: kind `data` for a journal that cannot be read, `usage` for journals that do not go together and a
  ///   baseline or a figure that is not in them.
  func report() throws(RunError) -> ComparisonReport {
    var union = try JournalUnion(journals)
    try union.add(imported: imports)
    return try ComparisonReport(union, baseline: baseline, metric: metric)
  }
}
