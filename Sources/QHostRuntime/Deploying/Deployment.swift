/// What a trained model does and costs where a target put it.
public struct Deployment: Encodable, Sendable {
  /// The fewest, mean and most cycles of a row.
  public struct Cycles: Encodable, Sendable {
    /// The fewest.
    public var min: Double
    /// The mean.
    public var mean: Double
    /// The most.
    public var max: Double
  }

  /// The target's name.
  public var target: String
  /// The split whose rows were run there.
  public var split: String
  /// Rows that were run; 0 when the target cannot run its code here.
  public var rows: Int
  /// The part of them whose class is right there; `nil` without classes.
  public var accuracy: Double?
  /// The part of them whose class is that of the host's own model; `nil` without classes.
  public var agreement: Double?
  /// The root of the mean squared difference from the host's outputs; `nil` when nothing was run.
  public var outputDifference: Double?
  /// The size that the target reports, else that of all its files.
  public var bytes: Int
  /// What a row took; `nil` when not measured.
  public var cycles: Cycles?
  /// Milliseconds a row by machine.
  public var milliseconds: [String: Double] = [:]
  /// What the target reports, by name.
  public var figures: [String: Double] = [:]
  /// The files.
  public var artifacts: [RunRecord.Artifact] = []

  enum CodingKeys: String, CodingKey {
    case target, split, rows, accuracy, agreement, outputDifference, bytes, cycles, milliseconds
    case figures, artifacts
  }

  /// Encodes every key, those without a value as null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(target, forKey: .target)
    try container.encode(split, forKey: .split)
    try container.encode(rows, forKey: .rows)
    try container.encode(accuracy, forKey: .accuracy)
    try container.encode(agreement, forKey: .agreement)
    try container.encode(outputDifference, forKey: .outputDifference)
    try container.encode(bytes, forKey: .bytes)
    try container.encode(cycles, forKey: .cycles)
    try container.encode(milliseconds, forKey: .milliseconds)
    try container.encode(figures, forKey: .figures)
    try container.encode(artifacts, forKey: .artifacts)
  }
}
