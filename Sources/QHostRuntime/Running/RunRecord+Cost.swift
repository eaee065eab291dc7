extension RunRecord {
  /// What a run cost.
  public struct Cost: Codable, Sendable, Equatable {
    /// Losses that were asked for.
    public var lossEvaluations: Int
    /// Gradients that were asked for.
    public var gradientEvaluations: Int
    /// Forward passes of the whole training split, by work; of one minibatch in journals of the first form.
    public var forwardEquivalents: Double
    /// Rows of a minibatch.
    public var batchRows: Int
    /// Points with an infinite loss.
    public var infeasiblePoints = 0
    /// Seconds of the run.
    public var seconds: Double
    /// Seconds of processor time.
    public var cpuSeconds: Double
    /// Seconds that the optimizer itself took.
    public var optimizerSeconds: Double
    /// Seconds of looking at whole splits, or at samples of them, that are not in ``seconds``.
    public var watchingSeconds = 0.0
    /// The most memory that was held.
    public var peakBytes = 0

    /// Losses and gradients together.
    public var evaluations: Int { lossEvaluations + gradientEvaluations }

    /// The same with all timings and memory 0.
    var withoutTimings: Self {
      var cost = self
      cost.seconds = 0
      cost.cpuSeconds = 0
      cost.optimizerSeconds = 0
      cost.watchingSeconds = 0
      cost.peakBytes = 0
      return cost
    }
  }
}

extension RunRecord.Cost {
  /// Reads one; records of the first form may lack what was added later.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    lossEvaluations = try container.decode(Int.self, forKey: .lossEvaluations)
    gradientEvaluations = try container.decode(Int.self, forKey: .gradientEvaluations)
    forwardEquivalents = try container.decode(Double.self, forKey: .forwardEquivalents)
    batchRows = try container.decode(Int.self, forKey: .batchRows)
    infeasiblePoints = try container.value(.infeasiblePoints, or: 0)
    seconds = try container.decode(Double.self, forKey: .seconds)
    cpuSeconds = try container.decode(Double.self, forKey: .cpuSeconds)
    optimizerSeconds = try container.decode(Double.self, forKey: .optimizerSeconds)
    watchingSeconds = try container.value(.watchingSeconds, or: 0)
    peakBytes = try container.value(.peakBytes, or: 0)
  }
}
