/// What a trained model does and costs where a target put it.
public struct Deployment: Codable, Sendable, Equatable {
  /// The fewest, mean and most cycles of a row.
  public struct Cycles: Codable, Sendable, Equatable {
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
  /// The files that the target made.
  public var artifacts: [RunRecord.Artifact] = []
}
