/// A component that has something to show after a run: an optimizer, model, dataset or solver.
///
/// A component that is published in a plugin and conforms has the capability
/// `qhost.draft.figures/1`; nothing else is to be done.
public protocol FigureProviding: AnyObject {
  /// The figures of this instance. Called once, when a run has ended, and never while it runs.
  ///
  /// - Parameter parameters: those [n] that the run ends with, for an optimizer and a model; `nil` for
  ///   a dataset and a solver.
  /// - Returns: data that the host draws; none is allowed. Thin what has more than 100,000 elements.
  /// - Throws: when there is nothing to show because something failed; the run's results are kept.
  func figures(parameters: [Double]?) throws(ComponentError) -> [Figure]
}
