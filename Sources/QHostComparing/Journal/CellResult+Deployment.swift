internal import QHostRuntime

extension CellResult {
  /// What a model did on its target: what is read of the record's `deployment`.
  public struct Deployment: Sendable, Decodable, Equatable {
    /// The fewest, mean and most cycles of a row.
    public struct Cycles: Sendable, Decodable, Equatable {
      /// The fewest.
      public var min: Double
      /// The mean.
      public var mean: Double
      /// The most.
      public var max: Double
    }

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
    /// What the target reports, by name.
    public var figures: [String: Double]

    /// The figures by the name that criteria know, for example `target bytes`.
    var metrics: [String: Double] {
      var metrics = Dictionary(uniqueKeysWithValues: figures.map { ("target \($0)", $1) })
      metrics["target accuracy"] = accuracy
      metrics["target agreement"] = agreement
      metrics["target difference"] = outputDifference
      metrics["target bytes"] = Double(bytes)
      metrics["target cycles"] = cycles?.mean
      return metrics
    }
  }
}
