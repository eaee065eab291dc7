/// What is kept of a run, and read back as it was written: schema `qhost.run/2`.
///
/// `qhost run --json` prints it, journals have it, reports are made of it.
public struct RunRecord: Codable, Sendable, Equatable {
  /// The version of a record's form.
  public static let currentSchema = "qhost.run/2"
  /// The form before it, which is read.
  static let firstSchema = "qhost.run/1"

  /// A file of the run.
  public struct Artifact: Codable, Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Where it is.
    public var path: String
    /// Its size.
    public var bytes: Int
  }

  /// A number by its name.
  public struct Coordinate: Codable, Sendable, Equatable {
    /// What a scenario calls it.
    public var name: String
    /// Its value.
    public var value: Double
  }

  /// The version of this record's form.
  public private(set) var schema = Self.currentSchema
  /// Why the run stopped.
  public var stopReason: StopReason
  /// The seed.
  public var seed: UInt64
  /// The loss that was minimised.
  public var loss: String
  /// The width of the Gaussian prior that was a part of it, in the parameters' scales; `nil`: none.
  public var prior: Double?
  /// Rows of the training split that the loss was watched on, with minibatches; `nil`: it is known on all of
  /// them.
  public var monitoredRows: Int?
  /// Proposed parameters.
  public var optimizer: Component
  /// Was trained.
  public var model: Component
  /// Was trained on.
  public var dataset: Component
  /// The file of the model that it started from, if any.
  public var start: String?
  /// What it was compiled for, if asked.
  public var target: Component?
  /// How good it is on each split that has rows.
  public var metrics: [String: [String: Double]]
  /// The point that was found, of a scenario that is searched directly.
  public var point: [Coordinate]?
  /// The standard errors of figures that have one, alike; `nil`: none has.
  public var errors: [String: [String: Double]]?
  /// Whether all constraints hold on every split that has rows; `nil`: there are none.
  public var isFeasible: Bool?
  /// How one loss was made of several objectives; `nil`: all weighed the same, or there are none.
  public var scalarisation: Scalarisation?
  /// The points that no other one dominates; `nil`: there is one objective.
  public var front: Front?
  /// What the metrics of the dataset and the model are, by name; `nil` without any.
  public var metricDescriptions: [String: MetricFacts]?
  /// What it cost.
  public var cost: Cost
  /// The files that the run wrote.
  public var artifacts: [Artifact]
  /// What it did on the target.
  public var deployment: Deployment?
  /// All starts it is the best of, itself among them; `nil`: there was one.
  public var starts: [SeededRun]?

  enum CodingKeys: String, CodingKey {
    case schema, stopReason, seed, loss, prior, monitoredRows, optimizer, model, dataset, start
    case target, metrics, point, errors, metricDescriptions, scalarisation, front, cost, artifacts
    case deployment, starts
    case isFeasible = "feasible"
  }

  /// The record with all timings and memory 0: the same for the same run on any machine, unless its budget is
  /// of time.
  package var withoutTimings: RunRecord {
    var record = self
    record.cost = cost.withoutTimings
    record.starts = starts?.map { start in
      var start = start
      start.cost = start.cost.withoutTimings
      return start
    }
    return record
  }
}
