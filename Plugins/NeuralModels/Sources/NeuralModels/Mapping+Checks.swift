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

/// Refuses a model that no machine of this size can train, by its size, before anything of that size is made.
func checkSize(parameterCount: Int) throws(ComponentError) {
  if let flaw = MachineMemory.flaw(parameterCount: parameterCount) { throw .parameter(flaw) }
}
