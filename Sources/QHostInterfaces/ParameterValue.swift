/// The checked value of a parameter.
public enum ParameterValue: Sendable, Equatable {
  /// An integer.
  case integer(Int)
  /// A real number.
  case real(Double)
  /// `true` or `false`.
  case boolean(Bool)
  /// One of the declared names, with its place among them.
  case choice(String, index: Int)
  /// Any text, or a path.
  case text(String)
  /// Integers.
  case integers([Int])
  /// Real numbers.
  case reals([Double])
}

extension ParameterValue: CustomStringConvertible {
  /// The value as a user would write it.
  public var description: String {
    switch self {
    case .integer(let value): "\(value)"
    case .real(let value): "\(value)"
    case .boolean(let value): "\(value)"
    case .choice(let name, _): name
    case .text(let text): text
    case .integers(let values): values.map(String.init).joined(separator: ",")
    case .reals(let values): values.map { "\($0)" }.joined(separator: ",")
    }
  }
}
