/// A model around other models, which the user may have started from trained files: `--set model.inner.from=FILE`.
///
/// A model that is published in a plugin and conforms has the capability `qhost.draft.inner/2`. What the host
/// knows of its inner models is in its ``ComponentRequest``: ``ComponentRequest/initialParameters(of:)``,
/// ``ComponentRequest/calibration()``.
public protocol WrappingModel: Model {
  /// The parameters that it runs its inner model with; for models around one model whose parameters they generate.
  ///
  /// Whoever has them needs the wrapper no longer: the inner model has the same outputs with them, bit for bit.
  ///
  /// - Parameter parameters: of this model, [k].
  /// - Returns: those of the inner model, [n].
  /// - Throws: severity `unsupported` where the inner parameters are not generated.
  func innerParameters(at parameters: [Double]) throws(ComponentError) -> [Double]
}

extension WrappingModel {
  /// Throws severity `unsupported`: the inner parameters are not generated.
  public func innerParameters(at parameters: [Double]) throws(ComponentError) -> [Double] {
    throw .unsupported("this model does not generate the parameters of an inner one")
  }
}
