internal import QHostRuntime

/// A line of a journal after its header, read in one go: lines are long.
enum JournalLine: Decodable {
  /// A cell with its result.
  case cell(CellResult)
  /// A cell that failed.
  case failure(FailureRecord)
  /// Something about the process that writes.
  case session(JournalSession)
  /// What a later version may add.
  case unknown

  private enum CodingKeys: String, CodingKey { case record }

  /// Reads a line by what it says it is.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(String.self, forKey: .record) {
    case "cell": self = .cell(try CellResult(from: decoder))
    case "failure": self = .failure(try FailureRecord(from: decoder))
    case "resumed", "ended": self = .session(try JournalSession(from: decoder))
    default: self = .unknown
    }
  }
}
