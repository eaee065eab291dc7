/// A named number of a dataset or a model on a split, beside loss and accuracy: what it is.
public struct MetricDescription: Sendable, Equatable {
  /// Which of its values are better.
  public enum Direction: String, Sendable, Codable, CaseIterable {
    /// None: it is recorded, and nothing is ranked by it.
    case neutral
    /// Less is better.
    case lower
    /// More is better.
    case higher

    /// Whether a value is as good as another one, or better; never of a neutral metric.
    ///
    /// - Parameters:
    ///   - target: the value to reach.
    ///   - value: the value that may have reached it.
    /// - Returns: whether `value` is at least as good as `target`; `false` of NaN, and always of a neutral metric.
    public func isReached(_ target: Double, by value: Double) -> Bool {
      switch self {
      case .neutral: false
      case .lower: value <= target
      case .higher: value >= target
      }
    }
  }

  /// Its name, `[a-z][a-z0-9_-]*`, once in a run; none of ``hostNames``.
  public var name: String
  /// Its unit, for example `ms`; `nil`: none.
  public var unit: String?
  /// Which of its values are better.
  public var direction: Direction
  /// What it is, in one line.
  public var documentation: String

  /// Makes a description.
  public init(
    _ name: String, unit: String? = nil, _ direction: Direction, _ documentation: String
  ) {
    self.name = name
    self.unit = unit
    self.direction = direction
    self.documentation = documentation
  }
}

/// The value of a metric on rows.
public struct MetricValue: Sendable, Equatable {
  /// A number or an infinity, never NaN.
  public var value: Double
  /// Its standard error, finite and not below 0, in its unit; `nil`: it has none.
  public var standardError: Double?

  /// Makes a value.
  public init(_ value: Double, standardError: Double? = nil) {
    self.value = value
    self.standardError = standardError
  }
}

/// What metrics are measured on: rows of a split, with the outputs for them.
///
/// B = rows, F = numbers in one input, C = numbers in one output.
public struct MetricSample {
  /// Which rows they are rows of.
  public var split: Split
  /// The parameters [n] of the outputs; `nil` for a dataset.
  public var parameters: [Double]?
  /// The numbers [B] of the rows in their split, rising: all of them, or a sample.
  public var rows: [Int]
  /// The keys [B] of the rows, below 2³²: `index` of the host's random numbers.
  public var keys: [UInt64]
  /// The number of the draw that the outputs are of: `step` of the host's random numbers.
  public var draw: UInt64
  /// Inputs [F × B] as the model sees them, valid during the call; empty for a dataset.
  public var inputs: UnsafeBufferPointer<Float>
  /// Outputs [C × B], valid during the call.
  public var outputs: UnsafeBufferPointer<Double>

  /// Makes a sample.
  public init(
    split: Split, parameters: [Double]?, rows: [Int], keys: [UInt64], draw: UInt64,
    inputs: UnsafeBufferPointer<Float>, outputs: UnsafeBufferPointer<Double>
  ) {
    self.split = split
    self.parameters = parameters
    self.rows = rows
    self.keys = keys
    self.draw = draw
    self.inputs = inputs
    self.outputs = outputs
  }
}
