public import QHostInterfaces

/// How good a trained model is on one split.
///
/// Of a model whose outputs are random draws, figures are means over ``Draws/reportCount`` draws.
public struct Evaluation: Sendable, Equatable {
  /// Figures by name: `loss`; `accuracy` for classes; `rmse` and `r2` for numbers; the metrics of the dataset and the
  /// model.
  public var metrics: [String: Double] = [:]
  /// The standard errors of figures that have one, by their names.
  public var errors: [String: Double] = [:]

  /// Runs a model over a whole split.
  ///
  /// - Parameters:
  ///   - parameters: [n].
  ///   - split: which rows `table` holds.
  ///   - table: the rows, scaled.
  ///   - parts: model, dataset and loss.
  ///   - selection: what is measured beside loss and accuracy.
  /// - Throws: what the model or the dataset throws.
  public init(
    of parameters: [Double], on split: Split, table: SampleTable, parts: Objective.Parts,
    measuring selection: MetricSelection = .all
  ) throws(ComponentError) {
    let evaluator = try SplitEvaluator(
      split, rows: Array(0..<table.rowCount), of: table, parts, isLive: true, isOnce: true)
    guard Objective.isStochastic(parts) else {
      let figures = try evaluator.figures(at: parameters, draws: .report(0), selection)
      metrics = figures.mapValues(\.value)
      errors = figures.compactMapValues(\.standardError)
      return
    }
    var draws: [SplitEvaluator.Figures] = []
    for draw in 0..<Draws.reportCount {
      draws.append(try evaluator.figures(at: parameters, draws: .report(draw), selection))
    }
    // What one of the draws does not have, for lack of outputs, has no mean.
    for name in draws[0].keys {
      let values = draws.compactMap { $0[name] }
      if values.count == draws.count { takeMean(of: values, name) }
    }
  }

  /// Takes the mean of draws as a figure, and its standard error.
  ///
  /// Draws differ by chance; what each says of its own error is taken to be common to all, as that of a split's
  /// rows is: the two are added as independent, so that the error is never told too small.
  private mutating func takeMean(of draws: [MetricValue], _ name: String) {
    let count = Double(draws.count)
    let mean = draws.reduce(0) { $0 + $1.value } / count
    metrics[name] = mean
    guard mean.isFinite else { return }
    let squares = draws.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) }
    let spread = squares / (count * (count - 1))
    let own = draws.compactMap(\.standardError)
    let common = own.isEmpty ? 0 : own.reduce(0, +) / Double(own.count)
    errors[name] = own.isEmpty ? spread.squareRoot() : (spread + common * common).squareRoot()
  }
}
