internal import FoundationEssentials

/// Values as JSON text, with keys in snake case and in order.
public enum JSONText {
  /// One object.
  ///
  /// - Parameters:
  ///   - value: what to write.
  ///   - indented: whether on several lines.
  /// - Returns: the text.
  /// - Throws: when a value has no form in JSON.
  public static func of(_ value: some Encodable, indented: Bool = false) throws(RunError) -> String
  {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting =
      indented
      ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
      : [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    guard let data = try? encoder.encode(value) else {
      throw RunError(.plugin, "the result cannot be written as JSON")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// Reads back what ``of(_:indented:)`` wrote.
  ///
  /// - Parameters:
  ///   - type: what it is.
  ///   - bytes: the text in UTF-8.
  /// - Returns: the value; `nil` when it is none.
  public static func value<Value: Decodable>(
    _ type: Value.Type = Value.self, of bytes: some Sequence<UInt8>
  ) -> Value? {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try? decoder.decode(Value.self, from: Data(bytes))
  }
}
