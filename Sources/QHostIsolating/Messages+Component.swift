internal import QHostBridging
internal import QHostInterfaces

extension ComponentError {
  /// Adds the error to a message.
  func write(to message: inout MessageWriter) {
    message.write(severity.rawValue)
    message.write(kind.rawValue)
    message.write(self.message)
  }

  /// Reads an error.
  init(from message: inout MessageReader) throws(ComponentError) {
    let severity = Severity(rawValue: try message.read(Int32.self)) ?? .error
    let kind = Kind(rawValue: try message.read(Int32.self)) ?? .plugin
    self.init(try message.text(), kind: kind, severity: severity)
  }
}

extension DistantDescription {
  /// Adds the description to a message.
  func write(to message: inout MessageWriter) {
    message.write(kind.rawValue)
    message.write(descriptor.name)
    message.write(descriptor.summary)
    message.write(descriptor.source)
    message.write(each: descriptor.parameters) { $1.write(to: &$0) }
    message.write(each: descriptor.dependencies) { message, dependency in
      message.write(dependency.name)
      message.write(dependency.kind.rawValue)
      message.write(dependency.defaultComponent)
      message.write(dependency.documentation)
    }
    message.write(each: resources) { message, resource in
      message.write(resource.path)
      message.write(resource.url)
      message.write(resource.sha256)
      message.write(resource.byteCount)
    }
    message.write(each: capabilities.map(\.rawValue).sorted()) { $0.write($1) }
    message.write(determinism.level.rawValue)
    message.write(determinism.reason)
    message.write(requiredQueries.rawValue)
    message.write(preferredBatchRows)
    message.write(companions != nil)
    guard let companions else { return }
    message.write(companions.dataset)
    message.write(companions.optimizer)
    message.write(companions.evaluationLimit)
    message.write(each: companions.shared) { $0.write($1) }
  }

  /// Reads a description.
  init(from message: inout MessageReader) throws(ComponentError) {
    guard let kind = ComponentKind(rawValue: try message.text()) else {
      throw MessageReader.damaged
    }
    var descriptor = ComponentDescriptor(name: try message.text(), summary: try message.text())
    descriptor.source = try message.optionalText()
    descriptor.parameters = try message.elements { (message) throws(ComponentError) in
      try ParameterDescriptor(from: &message)
    }
    descriptor.dependencies = try message.elements { (message) throws(ComponentError) in
      let name = try message.text()
      guard let kind = ComponentKind(rawValue: try message.text()) else {
        throw MessageReader.damaged
      }
      return DependencyDescriptor(
        name: name, kind: kind, defaultComponent: try message.text(),
        documentation: try message.text())
    }
    let resources = try message.elements { (message) throws(ComponentError) in
      Resource(
        path: try message.text(), url: try message.text(), sha256: try message.text(),
        byteCount: try message.integer())
    }
    let capabilities = try message.elements { (message) throws(ComponentError) in
      guard let capability = Capability(rawValue: try message.text()) else {
        throw MessageReader.damaged
      }
      return capability
    }
    guard let level = Determinism.Level(rawValue: try message.read(UInt32.self)) else {
      throw MessageReader.damaged
    }
    let determinism = Determinism(level, because: try message.optionalText())
    self.init(
      kind: kind, descriptor: descriptor, resources: resources, capabilities: Set(capabilities),
      requiredQueries: QueryKinds(rawValue: try message.read(UInt32.self)),
      preferredBatchRows: try message.integer())
    self.determinism = determinism
    guard try message.boolean() else { return }
    let (dataset, optimizer) = (try message.optionalText(), try message.optionalText())
    companions = Companions(
      dataset: dataset, optimizer: optimizer, evaluationLimit: max(0, try message.integer()),
      shared: try message.elements { (message) throws(ComponentError) in try message.text() })
  }
}

extension ParameterDescriptor {
  fileprivate func write(to message: inout MessageWriter) {
    message.write(name)
    message.write(type.rawValue)
    message.write(documentation)
    message.write(unit)
    message.write(defaultValue)
    message.write(minimum)
    message.write(maximum)
    message.write(
      [isMinimumExclusive, isMaximumExclusive, isTunable, isLogarithmic].map { $0 ? 1 : 0 })
    message.write(each: choices) { message, choice in
      message.write(choice.name)
      message.write(choice.documentation)
    }
  }

  fileprivate init(from message: inout MessageReader) throws(ComponentError) {
    let name = try message.text()
    guard let type = ValueType(rawValue: try message.read(UInt32.self)) else {
      throw MessageReader.damaged
    }
    self.init(
      name: name, type: type, documentation: try message.text(), unit: try message.optionalText(),
      defaultValue: try message.optionalText(), minimum: try message.real(),
      maximum: try message.real())
    let flags = try message.array(of: Int.self).map { $0 != 0 }
    guard flags.count == 4 else { throw MessageReader.damaged }
    isMinimumExclusive = flags[0]
    isMaximumExclusive = flags[1]
    isTunable = flags[2]
    isLogarithmic = flags[3]
    choices = try message.elements { (message) throws(ComponentError) in
      Choice(try message.text(), try message.text())
    }
  }
}
