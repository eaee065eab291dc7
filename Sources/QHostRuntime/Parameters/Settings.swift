/// What a user set with `--set key=value`, by key, for example `optimizer.hbar`.
public struct Settings: Sendable, Equatable, Codable {
  /// The texts by key.
  public private(set) var values: [String: String] = [:]

  /// Makes settings of none.
  public init() {}

  /// Reads `key=value` words; a later one replaces an earlier one.
  ///
  /// - Throws: kind `usage`, when a word has no `=` or no place before a point.
  public init(_ words: [String]) throws(RunError) {
    for word in words {
      guard let equals = word.firstIndex(of: "="), equals != word.startIndex else {
        throw RunError(
          .usage, "--set '\(word)' is not of the form key=value, for example optimizer.hbar=0.6")
      }
      set(String(word[..<equals]), to: String(word[word.index(after: equals)...]))
    }
  }

  /// Takes values by key.
  package init(_ values: [String: String]) { for (key, value) in values { set(key, to: value) } }

  /// Sets a key; `solver` is short for `optimizer.solver`.
  public mutating func set(_ key: String, to value: String) {
    values[Self.canonical(key)] = value
  }

  /// The text of a key.
  public subscript(key: String) -> String? { values[key] }

  /// Those whose key lies under a place, for example `model`.
  public func under(_ place: String) -> Settings {
    var part = Settings()
    part.values = values.filter { $0.key == place || $0.key.hasPrefix(place + ".") }
    return part
  }

  /// Those whose key does not lie under a place.
  public func without(_ place: String) -> Settings {
    var part = self
    for key in under(place).values.keys { part.values[key] = nil }
    return part
  }

  private static func canonical(_ key: String) -> String {
    key == "solver" || key.hasPrefix("solver.") ? "optimizer." + key : key
  }
}
