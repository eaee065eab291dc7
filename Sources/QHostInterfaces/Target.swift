/// Compiles a trained model for somewhere else and measures it there.
///
/// One thread at a time.
public protocol Target: AnyObject {
  /// Compiles a network; keeps what ``execute(inputs:rowCount:)`` needs.
  ///
  /// - Parameters:
  ///   - graph: the trained network.
  ///   - calibration: typical inputs, as the network sees them, for scaling and measuring.
  /// - Returns: files and a report.
  /// - Throws: severity `unsupported` for an operator that it cannot compile, any other one when compiling fails.
  func compile(_ graph: Graph, calibration: Calibration) throws(ComponentError) -> CompiledModel

  /// Runs what the last compile made.
  ///
  /// - Parameters:
  ///   - inputs: [B × F], row-major, as the network sees them.
  ///   - rowCount: B.
  /// - Returns: outputs [B × C], row-major, and what they cost.
  /// - Throws: severity `unsupported` where the code does not run here; any other one when it fails.
  func execute(inputs: [Float], rowCount: Int) throws(ComponentError) -> Execution
}

extension Target {
  /// Throws severity `unsupported`: the code does not run here.
  public func execute(inputs: [Float], rowCount: Int) throws(ComponentError) -> Execution {
    throw .unsupported("this target cannot run its code here")
  }
}

/// A target that can be published in a plugin.
public protocol TargetComponent: Target, Component {
  /// Makes a target with checked settings.
  ///
  /// - Parameter request: the values of its parameters, and the host.
  /// - Throws: kind `parameter` for settings that do not go together.
  init(request: ComponentRequest) throws(ComponentError)
}
