internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

extension ParameterDescriptor {
  func stored(in arena: Arena) -> qhost_parameter {
    var raw = qhost_parameter.sized()
    raw.type = type.rawValue
    raw.flags =
      (defaultValue == nil ? QHOST_REQUIRED : 0) | (isTunable ? QHOST_TUNABLE : 0)
      | (isLogarithmic ? QHOST_LOGARITHMIC : 0)
      | (isMinimumExclusive ? QHOST_MINIMUM_EXCLUSIVE : 0)
      | (isMaximumExclusive ? QHOST_MAXIMUM_EXCLUSIVE : 0)
    raw.name = arena.text(name)
    raw.documentation = arena.text(documentation)
    raw.unit = arena.text(unit)
    raw.default_value = arena.text(defaultValue)
    raw.minimum = minimum
    raw.maximum = maximum
    raw.choice_count = UInt32(choices.count)
    raw.choices = arena.pointers(
      choices.map { choice in
        var stored = qhost_choice.sized()
        stored.name = arena.text(choice.name)
        stored.documentation = arena.text(choice.documentation)
        return stored
      })
    return raw
  }
}

extension DependencyDescriptor {
  func stored(in arena: Arena) -> qhost_dependency {
    var raw = qhost_dependency.sized()
    raw.name = arena.text(name)
    raw.kind = arena.text(kind.interfaceID)
    raw.default_component = arena.text(defaultComponent)
    raw.documentation = arena.text(documentation)
    return raw
  }
}
