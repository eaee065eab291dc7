public import QHostInterfaces

/// What `--json` prints of a run: schema `qhost.run/1`.
public struct RunRecord: Encodable, Sendable {
  /// A component of the run.
  public struct Component: Encodable, Sendable {
    /// Its name.
    public var name: String
    /// The plugin that it is in.
    public var plugin: String
    /// The plugin's version.
    public var version: String
    /// The values of its parameters.
    public var parameters: [String: ParameterValue]
    /// Its number of trainable parameters (models).
    public var parameterCount: Int?
  }

  /// The data of the run.
  public struct Data: Encodable, Sendable {
    /// Its name.
    public var name: String
    /// The plugin that it is in.
    public var plugin: String
    /// The plugin's version.
    public var version: String
    /// The values of its parameters.
    public var parameters: [String: ParameterValue]
    /// Rows of each split that has some.
    public var rows: [String: Int]
    /// The SHA-256 of its rows.
    public var sha256: String
  }

  /// What the run cost.
  public struct Spending: Encodable, Sendable {
    /// Losses that were asked for.
    public var lossEvaluations: Int
    /// Gradients that were asked for.
    public var gradientEvaluations: Int
    /// Forward passes of the whole training split, by work.
    public var forwardEquivalents: Double
    /// Rows of a minibatch.
    public var batchRows: Int
    /// Points with an infinite loss.
    public var infeasiblePoints: Int
    /// Seconds of the run.
    public var seconds: Double
    /// Seconds of processor time.
    public var cpuSeconds: Double
    /// Seconds that the optimizer itself took.
    public var optimizerSeconds: Double
    /// Seconds of looking at whole splits, or at samples of them, that are not in ``seconds``.
    public var watchingSeconds: Double
    /// The most memory that was held.
    public var peakBytes: Int
  }

  /// A file of the run.
  public struct Artifact: Encodable, Sendable {
    /// Its name.
    public var name: String
    /// Where it is.
    public var path: String
    /// Its size.
    public var bytes: Int
  }

  /// The version of this record's form.
  public var schema = "qhost.run/1"
  /// Why the run stopped.
  public var stopReason: StopReason
  /// The seed.
  public var seed: UInt64
  /// The loss that was minimised.
  public var loss: String
  /// The width of the Gaussian prior that was a part of it, in the parameters' scales, if any.
  public var prior: Double?
  /// Rows of the training split that the loss was watched on, with minibatches; else it is known on all of
  /// them.
  public var monitoredRows: Int?
  /// Proposed parameters.
  public var optimizer: Component
  /// Solved the Schrödinger equation for the optimizer, if it needed one.
  public var solver: Component?
  /// Was trained.
  public var model: Component
  /// Was trained on.
  public var dataset: Data
  /// The file of the model that it started from, if any.
  public var start: String?
  /// What it was compiled for, if asked.
  public var target: Component?
  /// How good it is on each split that has rows.
  public var metrics: [String: [String: Double]]
  /// What it cost.
  public var cost: Spending
  /// The files.
  public var artifacts: [Artifact]
  /// What it did on the target.
  public var deployment: Deployment?

  enum CodingKeys: String, CodingKey {
    case schema, stopReason, seed, loss, prior, monitoredRows, optimizer, solver, model, dataset,
      start, target, metrics
    case cost, artifacts, deployment
  }

  /// Encodes every key, those without a value as null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(stopReason, forKey: .stopReason)
    try container.encode(seed, forKey: .seed)
    try container.encode(loss, forKey: .loss)
    try container.encode(prior, forKey: .prior)
    try container.encode(monitoredRows, forKey: .monitoredRows)
    try container.encode(optimizer, forKey: .optimizer)
    try container.encode(solver, forKey: .solver)
    try container.encode(model, forKey: .model)
    try container.encode(dataset, forKey: .dataset)
    try container.encode(start, forKey: .start)
    try container.encode(target, forKey: .target)
    try container.encode(metrics, forKey: .metrics)
    try container.encode(cost, forKey: .cost)
    try container.encode(artifacts, forKey: .artifacts)
    try container.encode(deployment, forKey: .deployment)
  }
}

extension ParameterValue: Encodable {
  /// Encodes the value as a number, a truth value, a text or a list.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .integer(let value): try container.encode(value)
    case .real(let value): try container.encode(value)
    case .boolean(let value): try container.encode(value)
    case .choice(let name, _): try container.encode(name)
    case .text(let text): try container.encode(text)
    case .integers(let values): try container.encode(values)
    case .reals(let values): try container.encode(values)
    }
  }
}
