internal import QHostComparing
internal import QHostReport
internal import QHostRuntime

/// What of a comparison somebody wants to see.
struct ViewChoice: Sendable, Hashable {
  /// The combinations that are left out, by the names that the report has for them.
  var hidden: Set<String> = []
  /// The combination that others are compared with.
  var baseline: String?
  /// The figure that runs are compared by.
  var metric: String?

  /// Reads it from the names and values of an address.
  init(_ query: [(name: String, value: String)]) {
    for (name, value) in query where !value.isEmpty {
      switch name {
      case "hide": hidden.insert(value)
      case "baseline": baseline = value
      case "metric": metric = value
      default: break
      }
    }
  }

  /// The report of a journal, of what is chosen.
  ///
  /// - Throws: kind `usage` for a baseline or figure that there is none of.
  func report(_ contents: JournalContents) throws(RunError) -> ComparisonReport {
    let union = try JournalUnion(contents)
    let roster = Roster(union.header.combinations)
    let chosen = union.keeping { !hidden.contains(roster.name(of: $0)) }
    return try ComparisonReport(
      chosen, baseline: baseline.flatMap { hidden.contains($0) ? nil : $0 }, metric: metric)
  }
}
