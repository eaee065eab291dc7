internal import QHostRuntime

/// A component on an axis of a comparison, with values for some of its parameters.
public struct ComponentChoice: Sendable, Codable, Equatable {
  /// Its name.
  public var name: String
  /// Values by the parameter's name within the component, for example `hbar_start`.
  public var settings: [String: String]

  /// Makes a choice.
  public init(_ name: String, settings: [String: String] = [:]) {
    self.name = name
    self.settings = settings
  }

  /// The choice as users write it, for example `tunneling[hbar_start=0.3]`; the same for the same
  /// choice.
  public var label: String {
    guard !settings.isEmpty else { return name }
    let words = settings.sorted { $0.key < $1.key }.map { key, value in
      "\(key)=\(value.contains(where: { ",[]()".contains($0) }) ? "(\(value))" : value)"
    }
    return "\(name)[\(words.joined(separator: ","))]"
  }

  /// Its settings by the key that they have in a run, for example `optimizer.hbar_start`.
  func settings(at place: String) -> [String: String] {
    Dictionary(uniqueKeysWithValues: settings.map { ("\(place).\($0)", $1) })
  }
}

/// A component with alternatives for some of its parameters.
struct ParameterGrid {
  var name: String
  /// The parameters in the order in which they were written, each with its alternatives.
  var parameters: [(key: String, values: [String])] = []

  /// Every combination of the alternatives; those of the last parameter vary fastest.
  ///
  /// - Throws: kind `usage` for more than a comparison can have.
  func choices() throws(RunError) -> [ComponentChoice] {
    try PlanSize.check(
      parameters.map(\.values.count), "'\(name)' with all values of its parameters")
    return parameters.reduce([ComponentChoice(name)]) { choices, parameter in
      choices.flatMap { choice in
        parameter.values.map { value in
          var further = choice
          further.settings[parameter.key] = value
          return further
        }
      }
    }
  }
}
