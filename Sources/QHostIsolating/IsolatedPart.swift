internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// A component to be made in another process, with what it depends on.
struct IsolatedPart {
  /// The file of its library.
  var path: String
  /// Its kind.
  var kind: ComponentKind
  /// Its name.
  var name: String
  /// Where it stands in the run: its random numbers depend on it.
  var place: String
  /// The values of its parameters.
  var values: [String: ParameterValue]
  /// The names of its dependencies.
  var dependencyNames: [String]
  /// What they are, in the same order.
  var dependencies: [IsolatedPart]

  /// What a plan says.
  init(_ plan: ComponentPlan) {
    path = plan.path
    kind = plan.component.kind
    name = plan.component.descriptor.name
    place = plan.place
    values = plan.configuration.values
    let sorted = plan.dependencies.sorted { $0.key < $1.key }
    dependencyNames = sorted.map(\.key)
    dependencies = sorted.map { IsolatedPart($0.value) }
  }

  /// Adds the part to a message.
  func write(to message: inout MessageWriter) {
    message.write(path)
    message.write(kind.rawValue)
    message.write(name)
    message.write(place)
    message.write(each: values.sorted { $0.key < $1.key }) { message, value in
      message.write(value.key)
      value.value.write(to: &message)
    }
    message.write(each: dependencyNames) { $0.write($1) }
    message.write(each: dependencies) { $1.write(to: &$0) }
  }

  /// Reads a part.
  init(from message: inout MessageReader) throws(ComponentError) {
    path = try message.text()
    guard let kind = ComponentKind(rawValue: try message.text()) else {
      throw MessageReader.damaged
    }
    self.kind = kind
    name = try message.text()
    place = try message.text()
    values = [:]
    let found = try message.elements { (message) throws(ComponentError) in
      (try message.text(), try ParameterValue(from: &message))
    }
    for (name, value) in found { values[name] = value }
    dependencyNames = try message.elements { (message) throws(ComponentError) in
      try message.text()
    }
    dependencies = try message.elements { (message) throws(ComponentError) in
      try IsolatedPart(from: &message)
    }
  }
}

extension ParameterValue {
  fileprivate func write(to message: inout MessageWriter) {
    switch self {
    case .integer(let value):
      message.write(0)
      message.write(value)
    case .real(let value):
      message.write(1)
      message.write(value)
    case .boolean(let value):
      message.write(2)
      message.write(value)
    case .choice(let name, let index):
      message.write(3)
      message.write(name)
      message.write(index)
    case .text(let text):
      message.write(4)
      message.write(text)
    case .integers(let values):
      message.write(5)
      message.write(values)
    case .reals(let values):
      message.write(6)
      message.write(values)
    }
  }

  fileprivate init(from message: inout MessageReader) throws(ComponentError) {
    switch try message.integer() {
    case 0: self = .integer(try message.integer())
    case 1: self = .real(try message.real())
    case 2: self = .boolean(try message.boolean())
    case 3: self = .choice(try message.text(), index: try message.integer())
    case 4: self = .text(try message.text())
    case 5: self = .integers(try message.array(of: Int.self))
    case 6: self = .reals(try message.array(of: Double.self))
    default: throw MessageReader.damaged
    }
  }
}
