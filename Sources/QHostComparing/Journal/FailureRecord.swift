internal import QHostRuntime

/// A cell that has failed, as it stands in a journal.
public struct FailureRecord: Sendable, Equatable {
  /// The number of the cell.
  public var cell: Int
  /// What it is called.
  public var labels: CellLabels
  /// The seed.
  public var seed: UInt64
  /// What failed: `usage`, `plugin`, `data` or `worker`.
  public var kind: String
  /// One sentence.
  public var message: String
}

extension FailureRecord: Codable {
  private enum CodingKeys: String, CodingKey { case record, cell, seed, kind, message }

  /// Reads a failure; its labels stand beside the rest.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    cell = try container.decode(Int.self, forKey: .cell)
    labels = try CellLabels(from: decoder)
    seed = try container.decode(UInt64.self, forKey: .seed)
    kind = try container.decode(String.self, forKey: .kind)
    message = try container.decode(String.self, forKey: .message)
  }

  /// Writes the failure; its labels stand beside the rest.
  public func encode(to encoder: any Encoder) throws {
    try labels.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("failure", forKey: .record)
    try container.encode(cell, forKey: .cell)
    try container.encode(seed, forKey: .seed)
    try container.encode(kind, forKey: .kind)
    try container.encode(message, forKey: .message)
  }
}
