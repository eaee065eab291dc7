internal import QHostRuntime

/// A journal that was read, without its runs: where they were made, and whether it is whole.
public struct JournalSource: Sendable, Encodable, Equatable {
  /// The name that the user gives it beside others; `nil`: none.
  public var name: String?
  /// The file.
  public var path: String
  /// The SHA-256 of its plan.
  public var planHash: String
  /// The part of the plan that it is of.
  public var shard: Shard
  /// The command line that began it.
  public var arguments: [String]
  /// When it began, by ISO 8601.
  public var started: String
  /// The machine at that time.
  public var machine: Machine
  /// What happened since.
  public var sessions: [JournalSession]
  /// Whether its last line is cut off.
  public var isCut: Bool
  /// Whether a process is writing it now.
  public var isBeingWritten: Bool

  /// What is known of a journal.
  init(_ contents: JournalContents) {
    path = contents.path
    planHash = contents.header.planHash
    shard = contents.header.shard
    arguments = contents.header.arguments
    started = contents.header.started
    machine = contents.header.machine
    sessions = contents.sessions
    isCut = contents.isCut
    // A process that has noted its end may still hold the file: it may be this one.
    isBeingWritten =
      contents.sessions.last?.record != .ended && JournalContents.isInUse(contents.path)
  }
}
