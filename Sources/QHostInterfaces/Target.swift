/// Compiles a trained model for somewhere else and measures it there.
///
/// One thread at a time.
public protocol Target: AnyObject {
  /// Compiles a network; keeps what ``execute(inputs:rowCount:)`` needs.
  func compile(_ graph: Graph, calibration: Calibration) throws(ComponentError) -> CompiledModel

  /// Runs what the last compile made on inputs [B × F].
  func execute(inputs: [Float], rowCount: Int) throws(ComponentError) -> Execution
}

extension Target {
  /// It cannot run it here.
  public func execute(inputs: [Float], rowCount: Int) throws(ComponentError) -> Execution {
    throw .unsupported("this target cannot run its code here")
  }
}

/// A target that can be published in a plugin.
public protocol TargetComponent: Target, Component {
  /// Makes an instance.
  init(request: ComponentRequest) throws(ComponentError)
}
