internal import CQHost
public import QHostInterfaces

extension ForeignModel {
  /// The only model that it is made around; `nil`: there is none, or several.
  public var innerModel: ForeignModel? {
    innerModels.count == 1 ? innerModels.first?.value as? ForeignModel : nil
  }

  /// The parameters [n] that it runs its only inner model with.
  ///
  /// - Parameter parameters: its own, [k].
  /// - Returns: those of ``innerModel``, finite.
  /// - Throws: severity `unsupported` for a model that generates none; what it throws itself.
  public func innerParameters(at parameters: [Double]) throws(ComponentError) -> [Double] {
    guard !isBorrowed, !innerModels.isEmpty else {
      throw .unsupported("\(culprit) is not made around another model")
    }
    guard let innerModel else {
      throw .unsupported("\(culprit) is made around \(innerModels.count) models, not one")
    }
    let table = component.capabilities[.inner]?.assumingMemoryBound(to: qhost_inner.self).pointee
    guard let generate = table?.inner_parameters else {
      throw .unsupported(
        "\(culprit) does not hand out parameters that it generates for its inner model")
    }
    precondition(
      parameters.count == modelDescription.parameterCount,
      "\(parameters.count) parameters are not the model's \(modelDescription.parameterCount)")
    let error = ErrorBuffer()
    var inner = [Double](repeating: .nan, count: innerModel.modelDescription.parameterCount)
    let status = guarded(label, "inner_parameters") {
      generate(instance, parameters, &inner, error.pointer)
    }
    try error.check(status, culprit: culprit, function: "inner_parameters")
    guard inner.allSatisfy(\.isFinite) else {
      throw ComponentError(
        "\(culprit) generates parameters that are not finite; report it to its author")
    }
    return inner
  }
}
