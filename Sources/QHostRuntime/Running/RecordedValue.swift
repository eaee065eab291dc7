internal import QHostInterfaces

/// The value of a parameter as a record has it.
///
/// What is read is what was written, byte for byte: a real number without a fraction is written, and so read, as
/// a whole one.
public enum RecordedValue: Sendable, Equatable {
  /// A truth value.
  case truth(Bool)
  /// A number without a fraction.
  case whole(Int)
  /// Any other number.
  case real(Double)
  /// A text, a path, or the name of a choice.
  case text(String)
  /// Values in order.
  case list([RecordedValue])

  /// The number; `nil` when it is none.
  public var number: Double? {
    switch self {
    case .whole(let value): Double(value)
    case .real(let value): value
    case .truth, .text, .list: nil
    }
  }
}

extension RecordedValue {
  init(_ value: ParameterValue) {
    switch value {
    case .integer(let value): self = .whole(value)
    case .real(let value): self.init(value)
    case .boolean(let value): self = .truth(value)
    case .choice(let name, _): self = .text(name)
    case .text(let text): self = .text(text)
    case .integers(let values): self = .list(values.map { .whole($0) })
    case .reals(let values): self = .list(values.map { Self($0) })
    }
  }

  private init(_ value: Double) { self = Int(exactly: value).map { .whole($0) } ?? .real(value) }
}

extension RecordedValue: Codable {
  /// Reads a value.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Int.self) {
      self = .whole(value)
    } else if let value = try? container.decode(Double.self) {
      self = .real(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .truth(value)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else {
      self = .list(try container.decode([RecordedValue].self))
    }
  }

  /// Writes the value as a number, a truth value, a text or a list.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .truth(let value): try container.encode(value)
    case .whole(let value): try container.encode(value)
    case .real(let value): try container.encode(value)
    case .text(let text): try container.encode(text)
    case .list(let values): try container.encode(values)
    }
  }
}
