public import QHostRuntime

/// A finished cell, as it stands in a journal.
public struct CellResult: Sendable, Equatable {
  /// The number of the cell, from 1.
  public var cell: Int
  /// What it is called.
  public var labels: CellLabels
  /// The seed.
  public var seed: UInt64
  /// The SHA-256 of the starting point, the same for all optimizers of a model, dataset and seed.
  public var startHash: String
  /// Passes of the whole training split, by work.
  public var trainingPasses: Double
  /// How the best loss came about.
  public var improvements: Improvements
  /// The run.
  public var run: RunRecord
  /// Whether others have made the run, and it was read from their file: no journal has such a result.
  public var isImported = false

  /// The result with all timings 0: the same for the same cell on any machine, unless its budget is of
  /// time.
  package var withoutTimings: CellResult {
    var result = self
    result.improvements.seconds = result.improvements.seconds.map { _ in 0 }
    result.run = run.withoutTimings
    return result
  }
}

extension CellResult: Codable {
  private enum CodingKeys: String, CodingKey {
    case record, cell, seed, startHash, trainingPasses, improvements, run
  }

  /// Reads a cell; its labels stand beside the rest.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    cell = try container.decode(Int.self, forKey: .cell)
    labels = try CellLabels(from: decoder)
    seed = try container.decode(UInt64.self, forKey: .seed)
    startHash = try container.decode(String.self, forKey: .startHash)
    trainingPasses = try container.decode(Double.self, forKey: .trainingPasses)
    improvements = try container.decode(Improvements.self, forKey: .improvements)
    run = try container.decode(RunRecord.self, forKey: .run)
  }

  /// Writes the cell; its labels stand beside the rest.
  public func encode(to encoder: any Encoder) throws {
    try labels.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("cell", forKey: .record)
    try container.encode(cell, forKey: .cell)
    try container.encode(seed, forKey: .seed)
    try container.encode(startHash, forKey: .startHash)
    try container.encode(trainingPasses, forKey: .trainingPasses)
    try container.encode(improvements, forKey: .improvements)
    try container.encode(run, forKey: .run)
  }
}
