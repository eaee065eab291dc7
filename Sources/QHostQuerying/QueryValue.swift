/// A value of a query's answer.
public enum QueryValue: Sendable, Equatable {
  /// Absent: NULL of SQL.
  case null
  /// An integer.
  case integer(Int64)
  /// A number.
  case real(Double)
  /// A text.
  case text(String)
}

extension QueryValue {
  init(_ text: String?) { self = text.map { .text($0) } ?? .null }

  init(_ number: Double?) { self = number.map { .real($0) } ?? .null }

  init(_ number: Int?) { self = number.map { .integer(Int64($0)) } ?? .null }
}

extension QueryValue: Encodable {
  /// Writes it as a value of JSON.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .integer(let value): try container.encode(value)
    case .real(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    }
  }
}
