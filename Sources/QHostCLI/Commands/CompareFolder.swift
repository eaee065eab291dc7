import QHostComparing
import QHostRuntime

/// The folder of a comparison's journal.
struct CompareFolder {
  let path: String
  private let isNamed: Bool

  /// The folder that the user named, or one in the user's state folder that goes with the plan.
  ///
  /// - Parameters:
  ///   - named: what the user named.
  ///   - resumes: whether its journal is gone on with.
  ///   - plan: the plan; `nil`: that of the journal.
  ///   - shard: the part that is done; `nil`: all.
  /// - Throws: kind `usage` when a named folder has a journal that is not to be resumed, or neither journal
  ///   nor plan.
  init(
    _ named: String?, resumes: Bool, plan: ComparisonPlan?, shard: Shard?
  ) throws(RunError) {
    isNamed = named != nil
    if let named {
      path = FileAccess.absolute(named)
    } else if let plan {
      path =
        UserFolder.state(Environment.variables) + "/comparisons/" + (try Self.name(of: plan))
        + (shard.map { "-\($0.index)of\($0.count)" } ?? "")
    } else {
      throw RunError(
        .usage, "--resume needs the folder to continue with (--output DIR), or the same plan again")
    }
    if resumes, !hasJournal, plan == nil {
      throw RunError(
        .usage, "'\(path)' holds no \(JournalContents.fileName); name a plan to begin one")
    }
    if isNamed, !resumes, hasJournal {
      throw RunError(
        .usage,
        "'\(path)' already holds \(JournalContents.fileName); continue with --resume, or name another "
          + "folder")
    }
  }

  /// The folder of an experiment; a journal of an earlier run in it is moved aside or gone on with.
  init(reproduction path: String) {
    self.path = FileAccess.absolute(path)
    isNamed = false
  }

  /// Whether there is a journal.
  var hasJournal: Bool { FileAccess.exists(journalPath) }

  /// The journal's file.
  var journalPath: String { path + "/" + JournalContents.fileName }

  /// The journal that is there.
  func contents() throws(RunError) -> JournalContents { try JournalContents(reading: journalPath) }

  /// Makes the folder; a journal of an earlier comparison in an own folder is moved aside.
  func prepare() throws(RunError) {
    try FileAccess.makeFolder(path)
    guard !isNamed, FileAccess.exists(journalPath) else { return }
    try JournalContents.checkUnused(journalPath)
    try Self.moveAside(journalPath)
  }

  /// Moves the journal of earlier runs aside, where there is one.
  static func moveAside(_ journal: String) throws(RunError) {
    guard FileAccess.exists(journal) else { return }
    let stem = journal.dropLast(".jsonl".count)
    var number = 1
    while FileAccess.exists("\(stem).previous-\(number).jsonl") { number += 1 }
    let aside = "\(stem).previous-\(number).jsonl"
    try FileAccess.move(journal, to: aside)
    Terminal.line("note: the journal of an earlier comparison was moved to '\(aside)'")
  }

  private static func name(of plan: ComparisonPlan) throws(RunError) -> String {
    let problems = plan.problems
    let axes = [
      problems.map(\.dataset.name), problems.map(\.model.name), plan.optimizers.map(\.name),
    ]
    let names = axes.map { names in
      names.enumerated().filter { !names[..<$0.offset].contains($0.element) }
        .map(\.element).joined(separator: "+")
    }
    return "\(names.joined(separator: "-").prefix(80))-\(try plan.hash().prefix(8))"
  }
}
