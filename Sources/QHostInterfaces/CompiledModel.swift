/// Inputs for scaling, measuring and tuning: the training split, which may be large.
public struct Calibration: Sendable {
  /// B, the number of rows.
  public var rowCount: Int
  /// [B × F], as the network sees them.
  public var inputs: [Float]
  /// [B × T]; empty: none.
  public var targets: [Float]

  /// T: 1 for a class, C for numbers, 0 for none.
  public var targetWidth: Int { rowCount == 0 ? 0 : targets.count / rowCount }

  /// Makes calibration data.
  public init(rowCount: Int, inputs: [Float], targets: [Float] = []) {
    self.rowCount = rowCount
    self.inputs = inputs
    self.targets = targets
  }
}

/// What a target made of a network.
public struct CompiledModel: Sendable {
  /// A file.
  public struct Artifact: Sendable {
    /// A plain file name.
    public var name: String
    /// What is in it.
    public var bytes: [UInt8]

    /// Makes an artifact.
    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// One figure of the report.
  public struct Figure: Sendable {
    /// For example `bytes`.
    public var name: String
    /// What was measured or counted, in the unit.
    public var value: Double
    /// For example `B` or `cycles`; empty for a plain number.
    public var unit: String

    /// Makes a figure.
    public init(name: String, value: Double, unit: String) {
      self.name = name
      self.value = value
      self.unit = unit
    }
  }

  /// What was compiled, each a file that the host writes.
  public var artifacts: [Artifact] = []
  /// What the target reports of it, in the order of its table.
  public var figures: [Figure] = []

  /// Makes an empty result.
  public init() {}
}

/// What running compiled code gave and cost.
public struct Execution: Sendable {
  /// [B × C].
  public var outputs: [Float]
  /// The fewest cycles that a row took; NaN when not measured.
  public var cyclesMinimum: Double = .nan
  /// The mean number of cycles.
  public var cyclesMean: Double = .nan
  /// The most cycles.
  public var cyclesMaximum: Double = .nan
  /// Milliseconds a row on the machine that the target stands for.
  public var millisecondsMean: Double = .nan

  /// Makes the result of an execution.
  public init(outputs: [Float]) { self.outputs = outputs }
}
