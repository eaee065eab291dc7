extension RunRecord {
  /// One of several runs that differ in their seed, the best of which is kept.
  public struct SeededRun: Codable, Sendable, Equatable {
    /// Its seed.
    public var seed: UInt64
    /// What it is compared by, the lower the better; `nil`: not finite.
    public var loss: Double?
    /// How far from holding its constraints are, 0 where all hold; `nil`: there are none.
    public var violation: Double?
    /// The split that both are of: never the test split, which chooses nothing.
    public var split: String
    /// What it cost.
    public var cost: Cost

    /// Whether it is to be preferred to another one, by Deb's rules: the smaller violation first, of two without any the lower loss.
    ///
    /// - Parameter other: the run of another seed.
    /// - Returns: whether it is; of two that are alike neither is. A loss that is not finite is higher than any.
    public func isBetter(than other: SeededRun) -> Bool { standing < other.standing }

    private var standing: Standing {
      Standing(loss: loss ?? .infinity, violation: violation ?? 0)
    }
  }

  /// The record as one of several starts.
  ///
  /// Its figures are those of the validation split, or of the training split where there is none.
  public var asSeededRun: SeededRun {
    let split = metrics["validation"]?["loss"] == nil ? "train" : "validation"
    let loss = metrics[split]?["loss"].flatMap { $0.isFinite ? $0 : nil }
    return SeededRun(
      seed: seed, loss: loss, violation: metrics[split]?["violation"], split: split, cost: cost)
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
