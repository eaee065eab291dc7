/// The indices of the host's random numbers; their steps are starts, or draws.
enum QNNStreams {
  /// Angles of a start.
  static let angles: UInt64 = 0
  /// The mapping's numbers of a start.
  static let gains: UInt64 = 1
  /// Which weights are means of two outcomes.
  static let pairs: UInt64 = 2
  /// Shots of a draw.
  static let shots: UInt64 = 3
  /// Errors of the first trajectory of a draw; the others follow.
  static let trajectories: UInt64 = 4
}
