/// What a host asks of a process that it has started for a plugin.
enum IsolatedFunction: UInt32 {
  /// What a component is.
  case describe = 1
  /// Makes an optimizer.
  case makeOptimizer
  /// Makes a dataset.
  case makeDataset
  /// Ends the instance.
  case destroy
  /// Hands over figures.
  case figures
  /// The next query of the optimizer.
  case ask
  /// Takes an answer by itself, when no other function does.
  case tell
  /// The point that it recommends.
  case recommend
  /// Its state.
  case save
  /// Takes a state.
  case load
  /// Rows of the dataset.
  case read
  /// Lengths of series.
  case lengths
  /// Variants of rows.
  case variants
  /// Scores of a scenario.
  case score
  /// The gradient of a score.
  case gradient
  /// Metrics of a scenario.
  case metrics
  /// Named metrics of rows.
  case measure
  /// Opens cuts through a point.
  case openCuts
  /// Losses along an output.
  case cut
  /// Moves the base point of cuts.
  case moveCuts
  /// Closes cuts.
  case closeCuts

  /// Its name in the C interface.
  var name: String {
    switch self {
    case .describe: "its entry"
    case .makeOptimizer, .makeDataset: "create"
    case .variants: "read_variants"
    case .openCuts: "cut_open"
    case .moveCuts: "cut_move"
    case .closeCuts: "cut_close"
    default: "\(self)"
    }
  }
}

/// How a process has answered.
enum IsolatedStatus: Int32 {
  case done = 0
  /// The component has thrown an error, which is the message.
  case failed
  /// An answer that came with the request was refused: the error is that of `tell`.
  case refusedAnswer
}

/// Flags of a request.
enum IsolatedFlag {
  /// An answer for the optimizer stands before the message: it is told first.
  static let tells: UInt32 = 1
}
