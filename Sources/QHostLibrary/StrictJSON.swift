import QHostRuntime

/// A caller's JSON whose keys are all known: one that is misspelt would be left out without a word.
enum StrictJSON {
  /// Reads a value.
  ///
  /// - Parameters:
  ///   - text: one JSON object.
  ///   - keys: those that it may have, as the caller writes them.
  ///   - what: it is, for messages.
  /// - Returns: the value.
  /// - Throws: kind `usage` for a text that is none, and for a key that is not known.
  static func value<Value: Decodable>(
    of text: String, keys: [String], _ what: String
  ) throws(RunError) -> Value {
    guard let found: KeyList = JSONText.value(of: Array(text.utf8)) else {
      throw RunError(
        .usage, "'\(text.prefix(200))' is not \(what); give a JSON object of its keys")
    }
    for key in found.keys where !keys.contains(key) {
      throw RunError(
        .usage,
        "\(what) has no key '\(key)'" + Suggestion.sentence(for: key, among: keys))
    }
    guard let value: Value = JSONText.value(of: Array(text.utf8)) else {
      throw RunError(
        .usage,
        "\(what) has a value of another type than its key takes: '\(text.prefix(200))'; see libqhost.h"
      )
    }
    return value
  }

  /// The keys of an object, in snake case.
  private struct KeyList: Decodable {
    let keys: [String]

    private struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      keys = try decoder.container(keyedBy: Key.self).allKeys.map(\.stringValue).map { name in
        name.map { $0.isUppercase ? "_\($0.lowercased())" : "\($0)" }.joined()
      }.sorted()
    }
  }
}
