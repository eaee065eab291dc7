internal import CQHost
internal import QHostInterfaces

extension ComponentDescriptor {
  /// Reads what a component says of itself.
  init(reading raw: qhost_component) throws(FormatError) {
    guard let name = raw.name.map({ String(cString: $0) }), name.isComponentName else {
      throw FormatError(
        "a component's name is '\(raw.name.map { String(cString: $0) } ?? "NULL")'; "
          + "use lower-case letters, digits and '-'")
    }
    var parameters: [ParameterDescriptor] = []
    for index in 0..<Int(raw.parameter_count) {
      guard let pointer = raw.parameters?[index], let parameter = qhost_parameter.reading(pointer)
      else { throw FormatError("parameter \(index) of '\(name)' is missing or too small") }
      parameters.append(try ParameterDescriptor(reading: parameter, of: name))
    }
    var dependencies: [DependencyDescriptor] = []
    for index in 0..<Int(raw.dependency_count) {
      guard let pointer = raw.dependencies?[index],
        let dependency = qhost_dependency.reading(pointer)
      else { throw FormatError("dependency \(index) of '\(name)' is missing or too small") }
      dependencies.append(try DependencyDescriptor(reading: dependency, of: name))
    }
    self.init(
      name: name, summary: raw.summary.map { String(cString: $0) } ?? "",
      source: raw.source.map { String(cString: $0) }, parameters: parameters,
      dependencies: dependencies)
  }
}

extension ParameterDescriptor {
  /// Reads one parameter's declaration.
  init(reading raw: qhost_parameter, of component: String) throws(FormatError) {
    guard let name = raw.name.map({ String(cString: $0) }), let type = ValueType(rawValue: raw.type)
    else { throw FormatError("a parameter of '\(component)' has no name or an unknown type") }
    var choices: [Choice] = []
    for index in 0..<Int(raw.choice_count) {
      guard let pointer = raw.choices?[index], let choice = qhost_choice.reading(pointer),
        let choiceName = choice.name
      else { throw FormatError("choice \(index) of '\(component).\(name)' is incomplete") }
      choices.append(
        Choice(
          String(cString: choiceName), choice.documentation.map { String(cString: $0) } ?? ""))
    }
    let isRequired = raw.flags & QHOST_REQUIRED != 0
    self.init(
      name: name, type: type, documentation: raw.documentation.map { String(cString: $0) } ?? "",
      unit: raw.unit.map { String(cString: $0) },
      defaultValue: isRequired ? nil : raw.default_value.map { String(cString: $0) } ?? "",
      minimum: raw.minimum, maximum: raw.maximum,
      isMinimumExclusive: raw.flags & QHOST_MINIMUM_EXCLUSIVE != 0,
      isMaximumExclusive: raw.flags & QHOST_MAXIMUM_EXCLUSIVE != 0,
      isTunable: raw.flags & QHOST_TUNABLE != 0,
      isLogarithmic: raw.flags & QHOST_LOGARITHMIC != 0, choices: choices)
  }
}

extension DependencyDescriptor {
  /// Reads one dependency's declaration.
  init(reading raw: qhost_dependency, of component: String) throws(FormatError) {
    guard let name = raw.name, let kindText = raw.kind.map({ String(cString: $0) }),
      let kind = ComponentKind(interfaceID: kindText), kind == .solver || kind == .model,
      let defaultComponent = raw.default_component
    else {
      throw FormatError("a dependency of '\(component)' is incomplete or neither solver nor model")
    }
    self.init(
      name: String(cString: name), kind: kind, defaultComponent: String(cString: defaultComponent),
      documentation: raw.documentation.map { String(cString: $0) } ?? "")
  }
}

extension String {
  /// Whether it has the form of a component's name: `[a-z0-9][a-z0-9-]*`.
  var isComponentName: Bool {
    guard let first = utf8.first, first != 0x2D else { return false }
    return utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
    }
  }
}
