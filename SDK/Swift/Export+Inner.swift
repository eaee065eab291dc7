internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The functions of every model in Swift that is made around other models.
func innerTable(in arena: Arena) -> UnsafeRawPointer {
  var table = qhost_inner.sized()
  table.inner_parameters = { instance, parameters, inner, error in
    reporting(to: error) { () throws(ComponentError) in
      let model = ExportedModel.at(instance).model
      guard let wrapping = model as? any WrappingModel else {
        throw .unsupported("it is not made around another model")
      }
      let values = try wrapping.innerParameters(
        at: Array(
          UnsafeBufferPointer(start: parameters, count: model.modelDescription.parameterCount)))
      inner?.update(from: values, count: values.count)
    }
  }
  return UnsafeRawPointer(arena.value(table))
}
