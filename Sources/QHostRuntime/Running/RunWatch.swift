internal import QHostInterfaces

/// Looks at what a run has learnt so far, on samples of whole splits, and keeps the time of it apart.
///
/// Losses of different minibatches cannot be compared, and no optimizer asks for accuracies: both, and metrics that a run is to reach, are computed at
/// the same passes of the training split for all, on what the optimizer recommends then.
final class RunWatch {
  /// What a look has found.
  struct Look {
    /// The rank on the training split's sample, the prior included; `nil`: not looked at.
    var standing: Standing?
    /// The objectives there, [M]; empty: there are none.
    var objectives: [Double] = []
    /// The accuracy on the watched split's sample; `nil` alike.
    var accuracy: Double?
    /// The figure of `--until-metric` on that sample; `nil` alike.
    var metric: Double?
  }

  /// Time of looks, in nanoseconds.
  private(set) var nanoseconds: UInt64 = 0
  /// Time of looks, in seconds of processor time.
  private(set) var processorSeconds = 0.0
  var schedule: WatchSchedule
  /// Rows of the training split that losses are taken on; `nil`: losses are those of the whole split.
  let monitoredRows: Int?

  private let isNeeded: Bool
  private let training: SplitSample
  private let watched: SplitSample
  private let wantsLoss: Bool
  private let wantsAccuracy: Bool
  private let target: MetricTarget?
  private let direction: MetricDescription.Direction
  private let assembly: RunAssembly

  /// Watches a run.
  init(_ assembly: RunAssembly) {
    self.assembly = assembly
    let parts = assembly.parts
    training = SplitSample(.train, parts.table, parts)
    let validation = assembly.data.table(.validation)
    watched = validation.map { SplitSample(.validation, $0, parts) } ?? training
    wantsLoss = assembly.objective.isNoisy
    wantsAccuracy = assembly.specification.budget.untilAccuracy != nil
    target = assembly.specification.budget.untilMetric
    direction = target.flatMap { assembly.figures[$0.name]?.direction } ?? .neutral
    let watches = wantsAccuracy || target != nil
    isNeeded = wantsLoss || watches
    monitoredRows = wantsLoss ? training.rowCount : nil
    let rows =
      (wantsLoss || (watches && validation == nil) ? training.rowCount : 0)
      + (watches && validation != nil ? watched.rowCount : 0)
    schedule = WatchSchedule(cost: Double(rows) / Double(parts.table.rowCount))
  }

  /// Whether a look is due.
  @inline(__always)
  func isDue(_ cost: Cost) -> Bool { isNeeded && cost.forwardEquivalents >= schedule.next }

  /// Looks at parameters [n].
  ///
  /// - Throws: what the model or the dataset throws.
  func look(at parameters: [Double]) throws(ComponentError) -> Look {
    try timed { () throws(ComponentError) in
      var look = Look()
      let selection = target.map { MetricSelection.named($0.name) } ?? .none
      if wantsLoss || watched === training {
        let figures = try training.figures(
          of: parameters, watched === training ? selection : .none)
        if wantsLoss { take(figures, parameters, into: &look) }
        look.accuracy = figures["accuracy"]
        look.metric = target.flatMap { isFeasible(figures) ? figures[$0.name] : nil }
      }
      if wantsAccuracy || target != nil, watched !== training {
        let figures = try watched.figures(of: parameters, selection)
        look.accuracy = figures["accuracy"]
        look.metric = target.flatMap { isFeasible(figures) ? figures[$0.name] : nil }
      }
      return look
    }
  }

  private func take(
    _ figures: [String: Double], _ parameters: [Double], into look: inout Look
  ) {
    look.standing = standing(figures, parameters)
    guard assembly.parts.loss == .score else { return }
    look.objectives = assembly.parts.dataset.datasetDescription.objectives.compactMap {
      figures[$0.name]
    }
  }

  private func standing(_ figures: [String: Double], _ parameters: [Double]) -> Standing {
    Standing(
      loss: (figures["loss"] ?? .infinity) + penalty(parameters),
      violation: figures["violation"] ?? 0)
  }

  private func isFeasible(_ figures: [String: Double]) -> Bool { (figures["violation"] ?? 0) == 0 }

  private func penalty(_ parameters: [Double]) -> Double {
    assembly.objective.penalty(at: parameters)
  }

  /// The accuracy on the sample of the validation split, or of the training split where there is none.
  func accuracy(of parameters: [Double]) throws(ComponentError) -> Double? {
    try timed { () throws(ComponentError) in try watched.figures(of: parameters)["accuracy"] }
  }

  /// The accuracy on the whole of that split.
  func wholeAccuracy(of parameters: [Double]) throws(ComponentError) -> Double? {
    try timed { () throws(ComponentError) in
      try assembly.evaluation(of: parameters, on: watchedSplit, measuring: .none)
        .metrics["accuracy"]
    }
  }

  /// Whether the figure of `--until-metric` on the whole of that split is reached.
  func wholeMetricIsReached(by parameters: [Double]) throws(ComponentError) -> Bool {
    guard let target else { return false }
    let metrics = try timed { () throws(ComponentError) in
      try assembly.evaluation(of: parameters, on: watchedSplit, measuring: .named(target.name))
        .metrics
    }
    return isFeasible(metrics) && isReached(metrics[target.name])
  }

  /// Whether a value of the figure of `--until-metric` reaches what was asked for.
  func isReached(_ metric: Double?) -> Bool {
    guard let target, let metric else { return false }
    return direction.isReached(target.value, by: metric)
  }

  private var watchedSplit: Split { watched === training ? .train : .validation }

  /// The rank on the whole training split, the prior included.
  func wholeStanding(of parameters: [Double]) throws(ComponentError) -> Standing {
    try timed { () throws(ComponentError) in
      let metrics = try assembly.evaluation(of: parameters, on: .train, measuring: .none).metrics
      return standing(metrics, parameters)
    }
  }

  /// Whether the whole split may have an accuracy of `target` where its sample has `accuracy`: within five
  /// standard errors of the sample, and one row.
  func canBe(_ accuracy: Double, onTheWhole target: Double) -> Bool {
    guard !watched.isWhole else { return accuracy >= target }
    let rows = Double(watched.rowCount)
    let deviation = (max(accuracy * (1 - accuracy), 1 / rows) / rows).squareRoot()
    return accuracy + 5 * deviation + 1 / rows >= target
  }

  /// Does something whose time is not the run's.
  func timed<Value, Failure: Error>(
    _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let started = Clock.nanoseconds()
    let processorStarted = Clock.processorSeconds()
    defer {
      nanoseconds += Clock.nanoseconds() - started
      processorSeconds += Clock.processorSeconds() - processorStarted
    }
    return try body()
  }
}

extension RunAssembly {
  /// How good parameters [n] are on a split that has rows.
  func evaluation(
    of parameters: [Double], on split: Split, measuring selection: MetricSelection = .all
  ) throws(ComponentError) -> Evaluation {
    guard let table = data.table(split) else {
      preconditionFailure("split \(split) has no rows")
    }
    return try Evaluation(
      of: parameters, on: split, table: table, parts: parts, measuring: selection)
  }
}

extension Objective {
  /// What the prior adds to the loss at a point [n]; 0 without one.
  func penalty(at point: [Double]) -> Double {
    guard let prior else { return 0 }
    return point.withUnsafeBufferPointer { prior.penalty(at: $0) }
  }
}
