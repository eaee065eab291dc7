extension RunRecord {
  /// One of several runs that differ in their seed, the best of which is kept.
  public struct SeededRun: Codable, Sendable, Equatable {
    /// Its seed.
    public var seed: UInt64
    /// What it is compared by, the lower the better; `nil`: not finite.
    public var loss: Double?
    /// The split that the loss is of: never the test split, which chooses nothing.
    public var split: String
    /// What it cost.
    public var cost: Cost
  }

  /// The record as one of several starts.
  ///
  /// Its loss is that of the validation split, or of the training split where there is none.
  public var asSeededRun: SeededRun {
    let split = metrics["validation"]?["loss"] == nil ? "train" : "validation"
    let loss = metrics[split]?["loss"].flatMap { $0.isFinite ? $0 : nil }
    return SeededRun(seed: seed, loss: loss, split: split, cost: cost)
  }

  /// Whether the record is to be preferred to that of another seed.
  ///
  /// It is where all its constraints hold and the other's do not, or else where its loss is lower. A loss that is not
  /// finite is higher than any.
  ///
  /// - Parameter other: the record of another seed.
  /// - Returns: whether it is; of two that are alike neither is.
  public func isBetterStart(than other: RunRecord) -> Bool {
    let (isFeasible, otherIsFeasible) = (self.isFeasible ?? true, other.isFeasible ?? true)
    guard isFeasible == otherIsFeasible else { return isFeasible }
    return asSeededRun.loss ?? .infinity < other.asSeededRun.loss ?? .infinity
  }

  /// Copies the trained model to another folder, and names the copy first among the run's files.
  ///
  /// - Parameters:
  ///   - folder: the run's.
  ///   - destination: the other folder, which is there.
  /// - Throws: kind `data` when a file cannot be read or written.
  public mutating func copyModel(
    from folder: String, to destination: String
  ) throws(RunError) {
    let bytes = try FileAccess.read(folder + "/" + TrainingRun.modelName)
    let path = destination + "/" + TrainingRun.modelName
    try FileAccess.write(bytes, to: path)
    artifacts.insert(
      Artifact(name: TrainingRun.modelName, path: path, bytes: bytes.count), at: 0)
  }
}
