internal import QHostRuntime

/// A line of a journal about the process that writes it: when it continued, or when it ended.
public struct JournalSession: Sendable, Codable, Equatable {
  /// What happened.
  public enum Kind: String, Sendable, Codable {
    /// A process continued with the journal.
    case resumed
    /// A process did its last cell.
    case ended
  }

  /// What happened.
  public var record: Kind
  /// The machine at that time.
  public var machine: Machine
  /// The command line of a process that continued.
  public var arguments: [String]?
  /// When, by ISO 8601.
  public var time: String
}
