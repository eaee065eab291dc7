/// The complete, checked values of a component's parameters.
///
/// Reading a name that was not declared, or by another type, is a programmer's mistake.
public struct Configuration: Sendable, Equatable {
  /// The values by name.
  public private(set) var values: [String: ParameterValue]

  /// Makes a configuration of checked values.
  public init(_ values: [String: ParameterValue]) { self.values = values }

  /// The value of an integer parameter.
  public func integer(_ name: String) -> Int {
    guard case .integer(let value) = values[name] else { mistake(name, "an integer") }
    return value
  }

  /// The value of a real parameter.
  public func real(_ name: String) -> Double {
    guard case .real(let value) = values[name] else { mistake(name, "a real") }
    return value
  }

  /// The value of a boolean parameter.
  public func boolean(_ name: String) -> Bool {
    guard case .boolean(let value) = values[name] else { mistake(name, "a boolean") }
    return value
  }

  /// The name picked for a choice parameter.
  public func choice(_ name: String) -> String {
    guard case .choice(let value, _) = values[name] else { mistake(name, "a choice") }
    return value
  }

  /// The value of a text or path parameter.
  public func text(_ name: String) -> String {
    guard case .text(let value) = values[name] else { mistake(name, "a text") }
    return value
  }

  /// The values of a list of integers.
  public func integers(_ name: String) -> [Int] {
    guard case .integers(let value) = values[name] else { mistake(name, "a list of integers") }
    return value
  }

  /// The values of a list of reals.
  public func reals(_ name: String) -> [Double] {
    guard case .reals(let value) = values[name] else { mistake(name, "a list of reals") }
    return value
  }

  private func mistake(_ name: String, _ type: String) -> Never {
    preconditionFailure("parameter '\(name)' was not declared as \(type)")
  }
}
