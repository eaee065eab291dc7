internal import QHostBridging
public import QHostInterfaces

extension TrainedModel {
  /// What the model is in the forms of other programs.
  ///
  /// - Throws: kind `usage` for a model that has none, and what the model throws.
  public func documents() throws(RunError) -> [Document] {
    do throws(ComponentError) {
      guard let model = parts.model as? any DocumentProviding else {
        throw .unsupported("\(plan.component.culprit) has no documents for other programs")
      }
      return try model.documents(parameters: parameters)
    } catch let error where error.severity == .unsupported {
      throw RunError(
        .usage,
        "there are no documents to export: \(error.message); name a trained model that is more than "
          + "a graph, such as a circuit")
    } catch { throw RunError(error) }
  }
}
