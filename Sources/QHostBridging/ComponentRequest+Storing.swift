internal import CQHost
internal import QHostInterfaces

extension ComponentRequest {
  /// The request as C structs in an arena, for a component's create function.
  ///
  /// - Parameters:
  ///   - component: what will be created.
  ///   - hostTable: stays valid until the instance is destroyed.
  ///   - arena: holds the request's memory.
  /// - Returns: the request.
  /// - Throws: when a value or a dependency is missing.
  func stored(
    for component: ForeignComponent, host hostTable: UnsafePointer<qhost_host>, in arena: Arena
  ) throws(ComponentError) -> UnsafePointer<qhost_request> {
    var values: [qhost_value] = []
    for parameter in component.descriptor.parameters {
      guard let value = configuration.values[parameter.name] else {
        throw .parameter("\(component.culprit) needs a value for '\(parameter.name)'")
      }
      values.append(value.stored(type: parameter.type, in: arena))
    }
    var resolved: [qhost_resolved] = []
    for dependency in component.descriptor.dependencies {
      resolved.append(try stored(dependency, of: component, in: arena))
    }
    var raw = qhost_request.sized()
    raw.value_count = UInt32(values.count)
    raw.component = component.pointer
    raw.host = hostTable
    raw.values = arena.pointers(values)
    raw.dependency_count = UInt32(resolved.count)
    raw.dependencies = arena.pointers(resolved)
    return UnsafePointer(arena.value(raw))
  }

  private func stored(
    _ dependency: DependencyDescriptor, of component: ForeignComponent, in arena: Arena
  ) throws(ComponentError) -> qhost_resolved {
    let instance: (any ForeignInstance)? =
      dependency.kind == .solver
      ? solvers[dependency.name] as? ForeignSolver : models[dependency.name] as? ForeignModel
    guard let instance else {
      throw ComponentError(
        "\(component.culprit) is in a library and can only work with a \(dependency.kind) from a "
          + "library as its '\(dependency.name)'")
    }
    var raw = qhost_resolved.sized()
    raw.name = arena.text(dependency.name)
    raw.component = arena.text(instance.component.descriptor.name)
    raw.table = instance.component.table
    raw.instance = instance.instance
    return raw
  }
}

extension ParameterValue {
  /// The value as a C struct.
  func stored(type: ParameterDescriptor.ValueType, in arena: Arena) -> qhost_value {
    var raw = qhost_value.sized()
    raw.type = type.rawValue
    raw.text = arena.text(description)
    switch self {
    case .integer(let value): raw.integer = Int64(value)
    case .real(let value): raw.real = value
    case .boolean(let value): raw.integer = value ? 1 : 0
    case .choice(_, let index): raw.integer = Int64(index)
    case .text: break
    case .integers(let values):
      raw.count = UInt64(values.count)
      raw.integers = UnsafePointer(arena.array(values.map(Int64.init)))
    case .reals(let values):
      raw.count = UInt64(values.count)
      raw.reals = UnsafePointer(arena.array(values))
    }
    return raw
  }
}

/// An instance behind a C table.
protocol ForeignInstance: AnyObject {
  var component: ForeignComponent { get }
  var instance: UnsafeMutableRawPointer { get }
}
