public import QHostBridging
public import QHostInterfaces

/// Has components work in processes of their own.
///
/// What is made there is an ordinary component to everything else: same numbers, same errors. What fails there
/// fails as an error that is thrown.
public protocol ComponentIsolating: AnyObject, Sendable {
  /// Whether a component works in a process of its own.
  func isolates(_ listing: PluginCatalogue.Listing) -> Bool

  /// What a component says of itself, without its library in this process.
  ///
  /// - Throws: kind `plugin` when its library cannot be loaded there.
  func component(_ listing: PluginCatalogue.Listing) throws(RunError) -> ForeignComponent

  /// Makes an optimizer, with what it depends on.
  ///
  /// - Parameters:
  ///   - plan: what it is.
  ///   - common: what all components of the run have in common.
  ///   - problem: what it is made for.
  /// - Returns: one that is asked and told.
  /// - Throws: what it throws, and how its process failed.
  func optimizer(
    _ plan: ComponentPlan, _ common: RunServices.Common, _ problem: Problem
  ) throws(ComponentError) -> any Optimizer

  /// Makes a dataset.
  ///
  /// - Parameters:
  ///   - plan: what it is.
  ///   - common: what all components of the run have in common.
  /// - Returns: the dataset.
  /// - Throws: what it throws, and how its process failed.
  func dataset(
    _ plan: ComponentPlan, _ common: RunServices.Common
  ) throws(ComponentError) -> any DistantDataset

  /// Makes a model, with those that it is made around.
  ///
  /// - Parameters:
  ///   - plan: what it is.
  ///   - common: what all components of the run have in common.
  ///   - surroundings: what it is made for.
  /// - Returns: the model.
  /// - Throws: what it throws, and how its process failed.
  func model(
    _ plan: ComponentPlan, _ common: RunServices.Common, _ surroundings: ModelSurroundings
  ) throws(ComponentError) -> any Model

  /// Makes a target.
  ///
  /// - Parameters:
  ///   - plan: what it is.
  ///   - common: what all components of the run have in common.
  ///   - configuration: the values of its parameters, in the plan's place.
  /// - Returns: the target.
  /// - Throws: what it throws, and how its process failed.
  func target(
    _ plan: ComponentPlan, _ common: RunServices.Common, _ configuration: Configuration
  ) throws(ComponentError) -> any Target

  /// Whether a process has failed, so that a run ends that could continue with another plugin or a corrected one.
  var hasFailed: Bool { get }
}

/// An instance of another process.
public protocol DistantInstance: AnyObject {
  /// Asks it, and what it depends on, for figures; see ``FigureSource``.
  ///
  /// - Parameter parameters: those that the run ends with.
  /// - Returns: what each hands over, in the order of the run's figures.
  func handOverAllFigures(parameters: [Double]) -> [FigureHandover]
}

/// A dataset of another process.
public protocol DistantDataset: Dataset, DistantInstance {
  /// Whether it has drawn random numbers.
  var hasDrawn: Bool { get }
}
