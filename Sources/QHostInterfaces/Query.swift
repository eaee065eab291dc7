/// What an optimizer wants to know.
///
/// One query is used over and over: the host clears it before each ask, which keeps the arrays'
/// memory, and the optimizer fills in what it needs. n is the dimension of the problem.
public struct Query: Sendable {
  /// The kinds of query.
  public enum Kind: UInt32, Sendable {
    /// Losses at ``Query/points``. The C constant is `QHOST_QUERY_POINTS`.
    case points = 1
    /// Loss and gradient at the one point in ``Query/points``. `QHOST_QUERY_GRADIENT`.
    case gradient
    /// Losses along coordinates through the base point. `QHOST_QUERY_CUTS`.
    case cuts
    /// No further query, for ``Query/reason``. `QHOST_QUERY_DONE`.
    case done
  }

  /// The rows that a query is answered on.
  public enum Batch: UInt32, Sendable {
    /// Those of the query before; the first batch at the first query.
    case same = 0
    /// The next minibatch of the host's schedule.
    case next
    /// The whole training split.
    case full
  }

  /// The random numbers that a stochastic objective uses.
  public enum Draws: UInt32, Sendable {
    /// New ones for each candidate.
    case new = 0
    /// The same for all candidates of all queries that say so: common random numbers.
    case common
  }

  /// Why an optimizer is done.
  public enum DoneReason: UInt32, Sendable {
    /// Within its own tolerance.
    case converged = 1
    /// No way forward.
    case stalled
    /// Its own schedule has ended.
    case schedule
  }

  /// What is asked.
  public var kind: Kind = .points
  /// On which rows.
  public var batch: Batch = .same
  /// With which random numbers, where the objective is stochastic.
  public var draws: Draws = .new
  /// The width of the noise in the sums of units with two outputs, whose mean the losses of cuts then are; 0: none.
  public var noise = 0.0
  /// Why it is done.
  public var reason: DoneReason = .converged
  /// Points [P × n], row-major.
  public var points: [Double] = []
  /// The new base point of cuts, [n]; empty: the base stays.
  public var base: [Double] = []
  /// The coordinates of the moves that are made first, in order.
  public var moveIndices: [Int] = []
  /// How far each of them moves.
  public var moveDeltas: [Double] = []
  /// The coordinates to cut along, [m].
  public var cutIndices: [Int] = []
  /// The offsets [m × K], row-major.
  public var offsets: [Double] = []
  /// K, the number of offsets of each cut.
  public var offsetCount: Int = 0

  /// Makes an empty query.
  public init() {}

  /// Empties it and keeps its memory.
  public mutating func clear() {
    kind = .points
    batch = .same
    draws = .new
    noise = 0
    reason = .converged
    points.removeAll(keepingCapacity: true)
    base.removeAll(keepingCapacity: true)
    moveIndices.removeAll(keepingCapacity: true)
    moveDeltas.removeAll(keepingCapacity: true)
    cutIndices.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    offsetCount = 0
  }

  /// Says that there is no further query.
  public mutating func finish(_ reason: DoneReason) {
    kind = .done
    self.reason = reason
  }
}
