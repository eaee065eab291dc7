internal import QHostInterfaces

/// Refuses a mapping without inputs or outputs.
func checkSizes(_ mapping: Mapping, model: String) throws(ComponentError) {
  guard mapping.input.count >= 1 else {
    throw .data("model '\(model)' needs inputs, and their shape is \(mapping.input)")
  }
  guard mapping.output.count >= 1 else {
    throw .data("model '\(model)' needs outputs, and their shape is \(mapping.output)")
  }
}
