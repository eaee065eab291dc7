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
    guard Int(raw.parameter_count) <= TableLimits.members,
      Int(raw.dependency_count) <= TableLimits.members
    else {
      throw FormatError(
        "'\(name)' says that it has \(raw.parameter_count) parameters and \(raw.dependency_count) "
          + "dependencies, and \(TableLimits.members) are the most; report it to its author")
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
    try Self.checkNames(parameters.map(\.name) + dependencies.map(\.name), of: name)
    self.init(
      name: name, summary: raw.summary.map { String(cString: $0) } ?? "",
      source: raw.source.map { String(cString: $0) }, parameters: parameters,
      dependencies: dependencies)
  }
}

extension ComponentDescriptor {
  /// Checks that the keys that users set are of the form that the interface promises, and each is one.
  private static func checkNames(_ names: [String], of component: String) throws(FormatError) {
    var seen: Set<String> = []
    for name in names {
      guard name.isParameterName else {
        throw FormatError(
          "'\(component)' has a parameter '\(name.shownOnOneLine)'; name it by lower-case letters, digits "
            + "and '_', with a letter first")
      }
      guard seen.insert(name).inserted else {
        throw FormatError("'\(component)' has two parameters '\(name)'; rename one of them")
      }
    }
  }
}

extension ParameterDescriptor {
  /// Reads one parameter's declaration.
  init(reading raw: qhost_parameter, of component: String) throws(FormatError) {
    guard let name = raw.name.map({ String(cString: $0) }), let type = ValueType(rawValue: raw.type)
    else { throw FormatError("a parameter of '\(component)' has no name or an unknown type") }
    guard Int(raw.choice_count) <= TableLimits.members else {
      throw FormatError(
        "'\(component).\(name)' says that it has \(raw.choice_count) choices, and "
          + "\(TableLimits.members) are the most; report it to its author")
    }
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
  /// Whether it has the form of a parameter's name: `[a-z][a-z0-9_]*`; of a dependency's too, whose may have '-'.
  var isParameterName: Bool {
    guard let first = utf8.first, (0x61...0x7A).contains(first) else { return false }
    return utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x2D
    }
  }

  /// Whether it has the form of a component's name: `[a-z0-9][a-z0-9-]*`.
  var isComponentName: Bool {
    guard let first = utf8.first, first != 0x2D else { return false }
    return utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
    }
  }
}
