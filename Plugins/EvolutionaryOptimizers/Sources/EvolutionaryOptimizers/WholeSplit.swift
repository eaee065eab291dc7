import QHostInterfaces

/// The rows for methods that compare losses of different queries: all of them.
///
/// Losses of different minibatches do not tell which of two points is better.
struct WholeSplit {
  /// What every query asks for.
  let batch: Query.Batch

  init(_ problem: Problem, _ host: any HostServices, name: String) {
    batch = problem.hasMinibatches ? .full : .same
    guard problem.hasMinibatches else { return }
    host.log(
      .info,
      "\(name) compares losses of different queries and takes all \(problem.rowCount) rows instead "
        + "of minibatches of \(problem.batchRows)")
  }
}
