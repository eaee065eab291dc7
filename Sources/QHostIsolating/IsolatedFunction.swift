/// What a host asks of a process that it has started for a plugin.
enum IsolatedFunction: UInt32 {
  /// What a component is.
  case describe = 1
  /// Makes an optimizer.
  case makeOptimizer
  /// Makes a dataset.
  case makeDataset
  /// Makes a model.
  case makeModel
  /// Ends the instance.
  case destroy
  /// Hands over figures.
  case figures
  /// The next query of the optimizer.
  case ask
  /// Takes an answer by itself, when no other function does.
  case tell
  /// Ends the loop of an optimizer that owns one.
  case end
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
  /// A model's starting point.
  case initialise
  /// What a cut costs.
  case cutCost
  /// The work of a cut.
  case cutWork
  /// Opens a session.
  case openSession
  /// Closes it.
  case closeSession
  /// Gives a session its rows.
  case bind
  /// Says which rows they are.
  case bindRows
  /// Says how long their series are.
  case bindSeries
  /// Outputs.
  case forward
  /// Outputs that are random draws.
  case forwardDraws
  /// A gradient.
  case backward
  /// Outputs along a parameter, of those rows that change.
  case cutChanges
  /// Outputs after a move, of those rows that change.
  case moveChanges
  /// A model's network.
  case graph
  /// The parameters that come nearest to a network.
  case approximate
  /// A model in the forms of other programs.
  case documents
  /// What a model is that another one is made around.
  case describeInner
  /// The parameters that a model generates for the one that it is made around.
  case innerParameters
  /// Makes a target.
  case makeTarget
  /// Compiles a network.
  case compile
  /// Runs what was compiled.
  case execute

  /// Its name in the C interface.
  var name: String {
    switch self {
    case .describe: "its entry"
    case .makeOptimizer, .makeDataset, .makeModel, .makeTarget: "create"
    case .variants: "read_variants"
    case .openCuts: "cut_open"
    case .moveCuts: "cut_move"
    case .closeCuts: "cut_close"
    case .cutCost: "cut_cost"
    case .cutWork: "cut_work"
    case .openSession: "open"
    case .closeSession: "close"
    case .bindRows: "bind_rows"
    case .bindSeries: "bind_series"
    case .forwardDraws: "forward_draws"
    case .cutChanges: "cut_changes"
    case .moveChanges: "move_changes"
    case .describeInner: "describe"
    case .innerParameters: "inner_parameters"
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
