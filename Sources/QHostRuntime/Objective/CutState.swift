/// Where the cuts of an objective stand.
struct CutState {
  /// After this many moves, queries or so much work the activations that cuts keep are computed again,
  /// but never before the work of `passLimit` passes was done: computing them is one.
  ///
  /// That bounds the rounding errors of the moves, and makes a place where a run can be resumed to the
  /// same bits. It depends on counts alone, never on time.
  static let moveLimit = 4_096
  static let queryLimit = 4_096
  static let workLimit = 1e11
  static let passLimit = 8.0

  /// The base point; empty before the first query for cuts.
  var base: [Double] = []
  /// The noise that the sessions were opened with; `nil`: none.
  var noise: CutNoise?
  /// What the prior adds at the base point; `nil` where it is to be computed.
  var penalty: Double?
  /// Whether the evaluator's sessions stand at the base point.
  var isOpen = false
  /// Moves since the last place where the run could be resumed.
  var moves = 0
  /// Queries since then: an optimizer that no longer moves must be resumable too.
  var queries = 0
  /// The work since then, in multiply-adds of a dense product.
  var work = 0.0
  /// Passes since then.
  var passes = 0.0

  /// Whether the activations are due to be computed again.
  var isDue: Bool {
    passes >= Self.passLimit
      && (moves >= Self.moveLimit || queries >= Self.queryLimit
        || work >= Self.workLimit)
  }

  /// Moves that leave a value so many times smaller than it was end what is kept: activations in single precision
  /// have lost as many of their digits, and a move back would not bring them back.
  static let shrinkLimit = 64.0

  /// Whether what is kept would be too rough after a parameter goes from one value to another.
  static func isTooRough(from before: Double, to after: Double, scale: Double) -> Bool {
    abs(before) > shrinkLimit * max(abs(after), scale)
  }

  /// Drops all that was kept of the base point but the point itself.
  mutating func close() {
    penalty = nil
    isOpen = false
    moves = 0
    queries = 0
    work = 0
    passes = 0
  }
}
