internal import QHostInterfaces

/// Refuses a mapping without inputs or outputs.
func checkSizes(_ mapping: Mapping) throws(ComponentError) {
  guard mapping.input.count >= 1 else {
    throw .parameter(
      "it needs inputs, and those of the dataset are of shape \(mapping.input); use model 'direct'")
  }
  guard mapping.output.count >= 1 else {
    throw .parameter(
      "it needs outputs, and those of the dataset are of shape \(mapping.output); use another dataset"
    )
  }
}
