internal import QHostInterfaces

/// A model that predicts rows and learns from them, with its scores.
final class OnlineLearner {
  let learning: OnlineSettings.Learning
  private let parts: OnlineParts
  private let settings: OnlineSettings
  private let session: OptimizerSession
  private let predictor: BlockPredictor
  private var memory: RowMemory
  private var detector: (any DriftDetector)?
  private(set) var scores: PrequentialScores
  private(set) var tracker: DriftTracker
  private(set) var curve: CurveSampler
  private(set) var times = TimeHistogram()
  /// Rows at which its detector said that there was a drift.
  private(set) var detections: [Int] = []
  /// Rows that were learned from, and how much of the budget of retraining they have saved up.
  private(set) var learnedRows = 0
  private var savedRows = 0

  init(_ parts: OnlineParts, _ learning: OnlineSettings.Learning) throws(ComponentError) {
    self.parts = parts
    self.learning = learning
    settings = parts.settings
    session = try OptimizerSession(parts)
    let description = parts.dataset.datasetDescription
    predictor = try BlockPredictor(
      parts.model, dataset: description, capacity: settings.blockRows)
    memory = RowMemory(
      settings.memory, capacity: settings.memoryRows, inputCount: description.input.count,
      targetWidth: description.targetWidth, seed: parts.common.seed)
    detector = learning == .continual ? settings.detector.detector(scale: parts.errorScale) : nil
    scores = PrequentialScores(windowRows: settings.windowRows, fading: settings.fading)
    tracker = DriftTracker(parts.drifts, isRelative: !parts.isClassification)
    curve = CurveSampler(stride: max(1, settings.windowRows / 20))
  }

  /// Where it stands, [n].
  var point: [Double] { session.point }
  /// What learning has cost.
  var cost: Cost { session.objective.cost }
  /// Forward passes of one row that it came to.
  var passes: Double { cost.forwardEquivalents * Double(session.table.rowCount) }
  /// What its optimizer has been through.
  var counts: OptimizerSession.Counts { session.counts }

  /// Predicts rows.
  ///
  /// - Parameters:
  ///   - rows: scaled inputs [B × F].
  ///   - count: B.
  ///   - first: the number of the first.
  /// - Returns: the class, or the number in the unit of the labels, of each.
  /// - Throws: what the model throws.
  func predict(_ rows: [Float], count: Int, first: Int) throws(ComponentError) -> [Double] {
    var predictions: [Double] = []
    predictions.reserveCapacity(count)
    try predictor.predict(
      rows, count: count, first: first, parameters: session.point, into: &predictions)
    guard !parts.isClassification else { return predictions }
    return predictions.map { parts.preprocessing.restored($0, output: 0) }
  }

  /// Takes the errors of a row whose label has become known, and looks for a drift.
  func score(row: Int, _ errors: PrequentialScores.Errors) throws(ComponentError) {
    tracker.add(row: row, error: errors.own, windowError: scores.windowError)
    scores.add(errors)
    curve.add(
      row: row + 1, window: scores.windowError ?? 0, faded: scores.fadedError ?? 0)
    guard let rows = detector?.add(errors.own) else { return }
    detections.append(row)
    memory.forget(allBut: max(rows, settings.blockRows))
    try session.widen()
  }

  /// Takes a row with its label, to learn from.
  func remember(_ inputs: ArraySlice<Float>, _ targets: ArraySlice<Float>) {
    memory.offer(inputs, targets)
    learnedRows += 1
  }

  /// Learns, with the budget of so many rows.
  func learn(rows: Int) throws(ComponentError) {
    guard rows > 0 else { return }
    session.noteRows(rows)
    switch learning {
    case .continual:
      try session.learn(from: memory, rows: rows)
      session.scheduleRow += rows
    case .once:
      let done = min(rows, settings.learningRows - (learnedRows - rows))
      guard done > 0 else { return }
      let part = min(1, Double(learnedRows) / Double(settings.learningRows))
      try session.learn(from: memory, rows: done) { _ in part }
    case .retrained:
      savedRows += rows
      // The first rows are all that there is to begin with.
      guard savedRows >= settings.learningRows || learnedRows == rows else { return }
      try session.startOver()
      try session.learn(from: memory, rows: savedRows) { $0 }
      savedRows = 0
    }
  }

  /// Takes the time that predicting rows and learning from them took.
  func note(nanoseconds: UInt64, rows: Int) {
    guard rows > 0 else { return }
    times.add(nanosecondsPerRow: Double(nanoseconds) / Double(rows), rows: rows)
  }
}

extension OnlineLearner {
  /// Makes a place that a checkpoint can continue from.
  func clean() { session.clean() }

  /// Adds its state to a checkpoint.
  ///
  /// - Throws: severity `unsupported` when the optimizer cannot be saved.
  func save(_ writer: inout StateWriter) throws(ComponentError) {
    writer.write([learnedRows, savedRows])
    writer.write(detections)
    memory.save(&writer)
    detector?.save(&writer)
    scores.save(&writer)
    tracker.save(&writer)
    curve.save(&writer)
    times.save(&writer)
    try session.save(&writer)
  }

  /// Reads back what ``save(_:)`` wrote.
  ///
  /// - Throws: for a state that is damaged or of another run.
  func load(_ reader: inout StateReader) throws(ComponentError) {
    let numbers = try reader.readIntegers(count: 2)
    (learnedRows, savedRows) = (numbers[0], numbers[1])
    detections = try reader.readIntegers()
    try memory.load(&reader)
    try detector?.load(&reader)
    try scores.load(&reader)
    try tracker.load(&reader)
    try curve.load(&reader)
    try times.load(&reader)
    try session.load(&reader)
  }
}
