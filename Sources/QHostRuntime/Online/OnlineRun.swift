internal import Logging
internal import QHostInterfaces

/// Predicts the rows of a stream, each once, and learns from them afterwards (prequential evaluation).
public final class OnlineRun {
  /// Blocks from one place to the next that a run can continue from.
  static let blocksBetweenCleanPlaces = 16

  let assembly: OnlineAssembly
  let folder: String?
  let parts: OnlineParts
  let settings: OnlineSettings
  var learners: [OnlineLearner]
  /// Rows whose labels have not come yet.
  var pending: PendingRows
  var simple: SimplePredictors
  /// Rows that came, and what became of them.
  var counts = OnlineCounts()
  var predictions: PredictionLog?
  /// The last known value of each feature, [F].
  var lastKnown: [Float]
  /// The last clean place.
  var snapshot: OnlineCheckpoint?
  var nextSnapshot: UInt64 = 0
  var lastWrite: UInt64 = 0
  var canSave = true
  // Kept here: to ask a dataset for its description copies all of it.
  let isClassification: Bool
  let inputCount: Int
  let targetWidth: Int
  let outputNames: [String]
  private var blockNumber = 0
  var hasWarnedOfGaps = false
  let started: UInt64
  private let observer: ((Int, Double?) -> Void)?
  private var lastUpdate: UInt64 = 0

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - assembly: its parts.
  ///   - folder: where checkpoint, model and predictions go; `nil`: none are written.
  ///   - observer: is told now and then how many rows have come, and the error in the sliding window.
  /// - Throws: what the model throws.
  public init(
    _ assembly: OnlineAssembly, folder: String?, observer: ((Int, Double?) -> Void)? = nil
  ) throws(RunError) {
    self.assembly = assembly
    self.folder = folder
    self.observer = observer
    let parts = assembly.parts
    self.parts = parts
    settings = assembly.settings
    let kinds: [OnlineSettings.Learning] =
      [settings.learning]
      + (settings.hasBaselines
        ? [.once, .retrained].filter { $0 != assembly.settings.learning } : [])
    learners = try translating { () throws(ComponentError) in
      var made: [OnlineLearner] = []
      for kind in kinds { made.append(try OnlineLearner(parts, kind)) }
      return made
    }
    let description = parts.dataset.datasetDescription
    isClassification = parts.isClassification
    inputCount = description.input.count
    targetWidth = description.targetWidth
    outputNames = description.outputNames
    simple = SimplePredictors(
      classCount: parts.isClassification ? description.output.count : nil)
    pending = PendingRows(
      inputCount: description.input.count, targetWidth: description.targetWidth,
      learnerCount: learners.count)
    lastKnown = Array(repeating: 0, count: description.input.count)
    for (feature, shift) in parts.preprocessing.shift.enumerated() where feature < lastKnown.count {
      lastKnown[feature] = Float(shift)
    }
    started = Clock.nanoseconds()
  }

  /// Runs to the end of the stream, or until the user interrupts.
  ///
  /// - Returns: the record.
  /// - Throws: what a component throws, and kind `data` for rows that cannot be used; the last clean place is written then.
  public func run() throws(RunError) -> OnlineRecord {
    do throws(RunError) {
      if settings.writesPredictions, let folder, predictions == nil {
        predictions = try PredictionLog(folder, keeping: 0)
      }
      let isComplete = try runToTheEnd()
      if !isComplete { try writeSnapshot() }
      try predictions?.flush()
      return try record(isComplete: isComplete)
    } catch let error {
      try? predictions?.flush()
      try? writeSnapshot()
      guard canSave, snapshot != nil, folder != nil else { throw error }
      throw RunError(
        error.kind,
        "\(error.message) (a checkpoint of row \(snapshot?.state.counts.rows ?? 0) is kept: --resume '\(folder ?? "")')"
      )
    }
  }

  private var isCancelled: Bool { assembly.common.cancellation.isRequested }

  private func runToTheEnd() throws(RunError) -> Bool {
    if counts.rows == 0 { try warmUp() }
    try keepPlace()
    var block = OnlineBlock()
    while !isCancelled {
      block.clear()
      try assembly.stream.read(settings.blockRows, into: &block)
      // What was read of a block before an interrupt is read again.
      if isCancelled { return false }
      guard block.rowCount > 0 else { break }
      try take(&block)
      blockNumber += 1
      if blockNumber % Self.blocksBetweenCleanPlaces == 0 { try keepPlace() }
      update()
    }
    guard !isCancelled else { return false }
    // Labels that are on their way when the stream ends come after it: nothing is left to predict with what they teach.
    try translating { () throws(ComponentError) in
      while pending.count > 0 { try settle() }
    }
    return true
  }

  private func update() {
    guard let observer else { return }
    let now = Clock.nanoseconds()
    guard now - lastUpdate > 200_000_000 else { return }
    lastUpdate = now
    observer(counts.rows, learners[0].scores.windowError)
  }

  /// Learns from the first rows, which are not predicted.
  private func warmUp() throws(RunError) {
    var block = assembly.warmup
    let scaled = fillAndScale(&block)
    try translating { () throws(ComponentError) in
      var learnable = 0
      for row in 0..<block.rowCount where isLearnable(block, row) {
        learnable += 1
        simple.learn(Double(block.targets[row * targetWidth]))
        let (inputs, targets) = slices(scaled, row)
        for learner in learners { learner.remember(inputs, targets) }
      }
      for learner in learners { try learner.learn(rows: learnable) }
    }
    counts.rows = block.rowCount
  }

  /// Predicts a block, takes the labels that come with it, and learns.
  private func take(_ block: inout OnlineBlock) throws(RunError) {
    let scaled = fillAndScale(&block)
    let first = counts.rows
    try translating { () throws(ComponentError) in
      var nanoseconds: [UInt64] = []
      var all: [[Double]] = []
      for learner in learners {
        let begun = Clock.nanoseconds()
        all.append(try learner.predict(scaled.inputs, count: block.rowCount, first: first))
        nanoseconds.append(Clock.nanoseconds() - begun)
      }
      let begun = Clock.nanoseconds()
      var learnable = 0
      for row in 0..<block.rowCount {
        if let predictions { predictions.append(row: first + row, label(all[0][row])) }
        let (inputs, targets) = slices(scaled, row)
        pending.append(
          PendingRow(
            row: first + row,
            label: Double(block.targets[row * targetWidth]),
            noChange: simple.noChange, majority: simple.majority,
            isLearnable: isLearnable(block, row)), inputs, targets, all, row)
        if pending.count > settings.labelDelay, try settle() { learnable += 1 }
      }
      counts.rows += block.rowCount
      counts.predicted += block.rowCount
      let scoring = Clock.nanoseconds() - begun
      for (index, learner) in learners.enumerated() {
        let begun = Clock.nanoseconds()
        try learner.learn(rows: learnable)
        learner.note(
          nanoseconds: nanoseconds[index] + scoring + Clock.nanoseconds() - begun,
          rows: block.rowCount)
      }
    }
  }

  /// Takes the label of the oldest row that waits for one.
  ///
  /// - Returns: whether it is learned from.
  @discardableResult
  private func settle() throws(ComponentError) -> Bool {
    let row = pending.first
    defer { pending.removeFirst() }
    guard !row.label.isNaN else {
      counts.withoutLabel += 1
      return false
    }
    for (index, learner) in learners.enumerated() {
      try learner.score(
        row: row.row,
        PrequentialScores.Errors(
          own: error(pending.prediction(index), row.label),
          noChange: error(row.noChange, row.label),
          majority: error(row.majority, row.label)))
    }
    simple.learn(row.label)
    guard row.isLearnable else { return false }
    for learner in learners { learner.remember(pending.inputs, pending.targets) }
    return true
  }
}
