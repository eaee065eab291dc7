internal import QHostRuntime

/// The first line of a journal: what is compared, with what, and where.
public struct JournalHeader: Sendable, Codable, Equatable {
  /// The version of a journal's form.
  public static let currentSchema = "qhost.journal/3"
  /// The versions that are read: in the first, plans listed no problems; up to the second, labels and records
  /// knew of no dependency but the optimizer's solver.
  static let readSchemas = ["qhost.journal/1", "qhost.journal/2", currentSchema]

  /// A dataset of the comparison.
  public struct Data: Sendable, Codable, Equatable {
    /// Its label.
    public var dataset: String
    /// The SHA-256 of its rows.
    public var sha256: String
    /// Rows of each split that has some.
    public var rows: [String: Int]
  }

  /// A combination that cannot work, and why.
  public struct Skipped: Sendable, Codable, Equatable {
    /// What it is called.
    public var labels: CellLabels
    /// One sentence.
    public var reason: String
  }

  var record = "header"
  /// The version of the journal's form.
  public var schema = Self.currentSchema
  /// What is compared.
  public var plan: ComparisonPlan
  /// The SHA-256 of the plan.
  public var planHash: String
  /// The part of it that the journal is of.
  public var shard: Shard
  /// Cells of the whole plan, those that are skipped among them.
  public var cells: Int
  /// What every cell is called but for its seed: cell c is combination (c − 1) mod their number.
  public var combinations: [CellLabels]
  /// Combinations that cannot work.
  public var skipped: [Skipped]
  /// The version of the host.
  public var hostVersion: String
  /// The plugins.
  public var plugins: [PluginFile]
  /// The datasets.
  public var datasets: [Data]
  /// The SHA-256 of the files that inner models start from, by path; `nil`: none do.
  public var starts: [String: String]?
  /// The machine.
  public var machine: Machine
  /// The command line.
  public var arguments: [String]
  /// When it began, by ISO 8601.
  public var started: String
}

extension JournalHeader {
  /// Refuses to continue with, or to merge, a journal of something else.
  ///
  /// - Parameters:
  ///   - other: the header of what is to be added.
  ///   - path: this journal's file.
  ///   - here: what to call this journal's plan.
  ///   - there: what to call the other's.
  ///   - remedy: the end of the sentence.
  /// - Throws: kind `usage`, with the differences.
  func check(
    _ other: JournalHeader, path: String, here: String, there: String, remedy: String
  ) throws(RunError) {
    if let difference = plan.difference(from: other.plan, here: here, there: there) {
      throw RunError(.usage, "'\(path)' is of another plan: \(difference); \(remedy)")
    }
    guard hostVersion == other.hostVersion else {
      throw RunError(
        .usage,
        "'\(path)' was written by qhost \(hostVersion), not \(other.hostVersion); \(remedy)")
    }
    for (file, sha256) in (starts ?? [:]).sorted(by: { $0.key < $1.key }) {
      guard let others = other.starts?[file], others != sha256 else { continue }
      throw RunError(
        .usage,
        "'\(file)', which an inner model starts from, was another file in '\(path)'; \(remedy)")
    }
    for data in datasets {
      let others = other.datasets.first { $0.dataset == data.dataset }
      guard others == nil || others?.sha256 == data.sha256 else {
        throw RunError(
          .usage,
          "dataset '\(data.dataset)' has other rows in '\(path)' than \(there); \(remedy)")
      }
    }
  }

  /// The plugins whose files are not those of another journal, by name.
  func changedPlugins(from other: JournalHeader) -> [String] {
    plugins.filter { plugin in
      other.plugins.contains {
        $0.name == plugin.name && $0.vendor == plugin.vendor && $0.sha256 != plugin.sha256
      }
    }.map(\.name)
  }
}
