public import QHostInterfaces

/// Local descents from the best point of a global search, in its pauses or at its end.
///
/// The search notes the points that it asks for; polish remembers the best one, says when it wants a
/// turn, and then asks in the search's place until it can go no further down.
public struct Polish: Sendable {
  private enum Turn: String {
    case none, between, after
  }

  private let problem: Problem
  private let turn: Turn
  private let start: Double
  private let interval: Double
  private var descent: LocalDescent?
  /// What the search asked last.
  private var asked = Query()
  private var polishedLoss = Double.infinity
  private var lastProgress = 0.0

  /// The best point that it has seen, [n].
  public private(set) var best: [Double]
  /// The loss there.
  public private(set) var bestLoss = Double.infinity

  /// Reads a configuration with ``parameters``.
  ///
  /// - Parameters:
  ///   - configuration: has the values of ``parameters``.
  ///   - problem: that of the search.
  /// - Throws: kind `parameter` when losses of different points cannot be compared, or not be asked for.
  public init(_ configuration: Configuration, _ problem: Problem) throws(ComponentError) {
    self.problem = problem
    turn = Turn(rawValue: configuration.choice("polish")) ?? .none
    start = configuration.real("polish_start")
    interval = configuration.real("polish_interval")
    best = problem.initial
    guard turn != .none else { return }
    guard !problem.hasMinibatches else {
      throw .parameter(
        "polish compares losses of different points, which minibatches do not allow; "
          + "set polish to none, or the batch size to 0")
    }
    guard problem.queries.contains(.points) || problem.answersFastCuts else {
      throw .parameter(
        "polish needs point queries, which this objective does not support; set polish to none")
    }
  }

  /// Whether it is wanted at all.
  public var isWanted: Bool { turn != .none }

  /// Whether it asks in the search's place.
  public var isActive: Bool { descent != nil }

  /// Notes the points [P × n] of the search's query, or its cuts.
  public mutating func note(_ query: Query) {
    guard isWanted else { return }
    asked.clear()
    asked.points.append(contentsOf: query.points)
    asked.cutIndices.append(contentsOf: query.cutIndices)
    asked.offsets.append(contentsOf: query.offsets)
    asked.offsetCount = query.offsetCount
  }

  /// Notes the losses of the last query.
  ///
  /// - Parameters:
  ///   - losses: one a point, or one an offset.
  ///   - base: the base point of the cuts, [n].
  public mutating func note(_ losses: [Double], base: [Double] = []) {
    guard isWanted else { return }
    let n = problem.dimension
    let isOfPoints = !losses.isEmpty && asked.points.count == losses.count * n
    guard isOfPoints || (asked.offsets.count == losses.count && base.count == n) else { return }
    var lowest = -1
    var value = bestLoss
    for (place, loss) in losses.enumerated() where loss < value { (lowest, value) = (place, loss) }
    guard lowest >= 0 else { return }
    if isOfPoints { return note(Array(asked.points[lowest * n..<(lowest + 1) * n]), value) }
    var point = base
    point[asked.cutIndices[lowest / asked.offsetCount]] += asked.offsets[lowest]
    note(point, value)
  }

  /// Notes a point [n] and its loss.
  public mutating func note(_ point: [Double], _ loss: Double) {
    guard isWanted, loss < bestLoss else { return }
    bestLoss = loss
    best = point
  }

  /// Brings the losses that it remembers up to date with those of an answer.
  public mutating func renew(_ answer: Answer) {
    answer.renew(&bestLoss)
    answer.renew(&polishedLoss)
    descent?.renew(answer)
  }

  /// Whether its turn begins: from then on it is active.
  public mutating func begins(progress: Double) -> Bool {
    guard isWanted, !isActive, bestLoss < polishedLoss else { return false }
    switch turn {
    case .none: return false
    case .between: guard progress - lastProgress >= interval else { return false }
    case .after: guard progress >= start else { return false }
    }
    descent = LocalDescent(problem, from: best)
    return true
  }

  /// Asks for the next points of the descent, or for cuts through them.
  public mutating func ask(_ query: inout Query) { descent?.ask(&query) }

  /// Takes their losses.
  ///
  /// - Parameters:
  ///   - losses: what was asked for.
  ///   - progress: the part of the budget that is spent.
  /// - Returns: whether the turn is over; ``best`` is then where the search continues from.
  /// - Throws: when the number of losses is another one.
  public mutating func tell(
    _ losses: [Double], progress: Double
  ) throws(ComponentError) -> Bool {
    guard var now = descent else { return true }
    try now.tell(losses)
    descent = now
    note(now.point, now.loss)
    guard now.isDone else { return false }
    polishedLoss = bestLoss
    lastProgress = progress
    descent = nil
    return true
  }
}

extension Polish {
  /// What users can set, for every search that polishes.
  public static let parameters: [ParameterDescriptor] = [
    .choice(
      "polish", default: "none",
      of: [
        .init("none", "No local descents."),
        .init("between", "Now and then, whenever there is a new best point."),
        .init("after", "From where the last part of the budget begins."),
      ], "When a local descent (L-BFGS with differences) continues from the best point."),
    .real(
      "polish_start", default: 0.8, in: 0...1,
      "The fraction of the budget that is spent when polish=after begins."),
    .real(
      "polish_interval", default: 0.05, in: 0...1,
      "The fraction of the budget between two descents of polish=between."),
  ]

  /// Adds the whole state to a search's.
  public func save(_ writer: inout StateWriter) {
    writer.write(best)
    writer.write([bestLoss, polishedLoss, lastProgress])
    writer.write(isActive)
    descent?.save(&writer)
  }

  /// Takes what a search's state holds.
  ///
  /// - Parameter reader: the state, read up to where ``save(_:)`` wrote.
  /// - Throws: when the state is damaged or of another problem.
  public mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    best = try reader.readReals(count: problem.dimension)
    let reals = try reader.readReals(count: 3)
    (bestLoss, polishedLoss, lastProgress) = (reals[0], reals[1], reals[2])
    descent = nil
    guard try reader.readBoolean() else { return }
    var saved = LocalDescent(problem, from: best)
    try saved.load(&reader)
    descent = saved
  }
}
