internal import QHostInterfaces

/// What an objective says of a point beside its loss.
struct ScoreShape: Equatable {
  /// Whether it says how far from feasible the point is.
  var hasViolations = false
  /// M, where it has objectives in place of a loss; else 0.
  var objectiveCount = 0

  /// Losses only.
  static let losses = ScoreShape()

  /// That of a scenario, or of losses of samples.
  init(_ dataset: any Dataset, _ loss: Loss) {
    guard loss == .score else { return }
    hasViolations = dataset.datasetDescription.hasViolations
    objectiveCount = dataset.datasetDescription.objectives.count
  }

  private init() {}

  /// Numbers of one point.
  var width: Int { 1 + (hasViolations ? 1 : 0) + objectiveCount }
}

/// Where the scores of points go: sums over rows first, then means.
struct ScoreBuffer {
  /// [P].
  let losses: UnsafeMutableBufferPointer<Double>
  /// [P]; empty: there are none.
  let violations: UnsafeMutableBufferPointer<Double>
  /// [P × M]; empty: there are none.
  let objectives: UnsafeMutableBufferPointer<Double>
  /// M, the number of objectives.
  let objectiveCount: Int

  /// Losses only.
  init(_ losses: UnsafeMutableBufferPointer<Double>) {
    self.init(
      losses: losses, violations: UnsafeMutableBufferPointer(start: nil, count: 0),
      objectives: UnsafeMutableBufferPointer(start: nil, count: 0), objectiveCount: 0)
  }

  /// Cuts memory for `count` points into its parts, [count × width].
  init(_ memory: UnsafeMutableBufferPointer<Double>, count: Int, _ shape: ScoreShape) {
    let violated = shape.hasViolations ? count : 0
    self.init(
      losses: UnsafeMutableBufferPointer(rebasing: memory[..<count]),
      violations: UnsafeMutableBufferPointer(rebasing: memory[count..<count + violated]),
      objectives: UnsafeMutableBufferPointer(
        rebasing: memory[count + violated..<count * shape.width]),
      objectiveCount: shape.objectiveCount)
  }

  fileprivate init(
    losses: UnsafeMutableBufferPointer<Double>, violations: UnsafeMutableBufferPointer<Double>,
    objectives: UnsafeMutableBufferPointer<Double>, objectiveCount: Int
  ) {
    self.losses = losses
    self.violations = violations
    self.objectives = objectives
    self.objectiveCount = objectiveCount
  }

  /// P, the number of candidates.
  var count: Int { losses.count }

  /// The part of some of the points.
  subscript(places: Range<Int>) -> ScoreBuffer {
    ScoreBuffer(
      losses: UnsafeMutableBufferPointer(rebasing: losses[places]),
      violations: violations.isEmpty
        ? violations : UnsafeMutableBufferPointer(rebasing: violations[places]),
      objectives: objectives.isEmpty
        ? objectives
        : UnsafeMutableBufferPointer(
          rebasing: objectives[
            places.lowerBound * objectiveCount..<places.upperBound * objectiveCount]),
      objectiveCount: objectiveCount)
  }

  /// Sets all to 0.
  func clear() {
    losses.update(repeating: 0)
    violations.update(repeating: 0)
    objectives.update(repeating: 0)
  }

  /// Adds the scores of as many points.
  func add(_ other: ScoreBuffer) {
    for i in losses.indices { losses[i] += other.losses[i] }
    for i in violations.indices { violations[i] += other.violations[i] }
    for i in objectives.indices { objectives[i] += other.objectives[i] }
  }
}

extension Answer {
  /// Makes room for the scores of `count` points.
  mutating func resize(to count: Int, _ shape: ScoreShape) {
    losses.resize(to: count)
    violations.resize(to: shape.hasViolations ? count : 0)
    objectives.resize(to: count * shape.objectiveCount)
  }

  /// Calls `body` with where its scores go.
  @inline(__always)
  mutating func withScores<R>(
    _ shape: ScoreShape, _ body: (ScoreBuffer) throws(ComponentError) -> R
  ) throws(ComponentError) -> R {
    try losses.withUnsafeMutableBufferPointer { (losses) throws(ComponentError) in
      guard shape != .losses else { return try body(ScoreBuffer(losses)) }
      return try violations.withUnsafeMutableBufferPointer { (violations) throws(ComponentError) in
        try objectives.withUnsafeMutableBufferPointer { (objectives) throws(ComponentError) in
          try body(
            ScoreBuffer(
              losses: losses, violations: violations, objectives: objectives,
              objectiveCount: shape.objectiveCount))
        }
      }
    }
  }
}
