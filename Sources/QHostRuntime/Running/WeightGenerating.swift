public import QHostBridging
public import QHostInterfaces

/// A model that may generate the parameters of one that it is made around.
public protocol WeightGenerating {
  /// What it is.
  var modelDescription: ModelDescription { get }

  /// The only model that it is made around; `nil`: there is none, or several.
  func generated() throws(ComponentError) -> (any WeightGenerating)?

  /// The parameters [n] that it runs that model with.
  ///
  /// - Parameter parameters: its own, [k].
  /// - Returns: finite numbers.
  /// - Throws: severity `unsupported` for a model that generates none; what it throws itself.
  func innerParameters(at parameters: [Double]) throws(ComponentError) -> [Double]
}

extension ForeignModel: WeightGenerating {
  /// The model of its one dependency of kind model.
  public func generated() throws(ComponentError) -> (any WeightGenerating)? { innerModel }
}
