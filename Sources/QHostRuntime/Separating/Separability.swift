internal import QHostInterfaces
public import QHostStatistics

/// How far from a product the function of a trained model is: what `qhost entangle` prints of one file.
public struct Separability: Encodable, Sendable {
  /// The file.
  public var path: String
  /// Passes of the training split before the model was kept; `nil`: the file does not say, as that of a run's end.
  public var passes: Double?
  /// The entropy of the Schmidt spectrum, in nat.
  public var entropy: Double
  /// Its interval.
  public var entropyInterval: Interval
  /// 1 / Σ pₖ².
  public var participation: Double
  /// Its interval.
  public var participationInterval: Interval
  /// The least number of products that hold the part of the squares that was asked for.
  public var rank: Int
  /// Its interval.
  public var rankInterval: Interval
  /// The largest weights of the spectrum, at most 64.
  public var weights: [Double]
}

/// What all models of one `qhost entangle` have in common: schema `qhost.entangle/1`.
public struct SeparabilityRecord: Encodable, Sendable {
  /// The version of this record's form.
  public var schema = "qhost.entangle/1"
  /// The model's name.
  public var model: String
  /// The dataset's name.
  public var dataset: String
  /// The split whose rows gave the samples.
  public var split: String
  /// The inputs of A.
  public var first: [String]
  /// The inputs of B.
  public var second: [String]
  /// The output.
  public var output: String
  /// Samples of A, and of B.
  public var samples: Int
  /// Resamples of the bootstrap.
  public var resamples: Int
  /// The confidence of intervals.
  public var level: Double
  /// The part of the squares that the rank holds.
  public var rankPart: Double
  /// Whether the mean was taken off.
  public var removesMean: Bool
  /// The models, in the order of their passes.
  public var models: [Separability]

  /// The record as one JSON object.
  public func json() throws(RunError) -> String { try JSONText.of(self) }
}
