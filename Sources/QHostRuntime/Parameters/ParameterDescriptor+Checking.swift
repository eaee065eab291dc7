public import QHostInterfaces

extension ParameterDescriptor {
  /// The value that a user's text means.
  ///
  /// - Parameters:
  ///   - text: what the user wrote.
  ///   - key: what the user wrote in front of it, for the message.
  /// - Returns: the value, within its range.
  /// - Throws: kind `usage`, when it is of another type or out of range.
  public func value(of text: String, key: String) throws(RunError) -> ParameterValue {
    switch type {
    case .integer: return .integer(try integer(text, key))
    case .real: return .real(try real(text, key))
    case .boolean: return .boolean(try boolean(text, key))
    case .choice: return try choice(text, key)
    case .text, .path: return .text(text)
    case .integers:
      var values: [Int] = []
      for part in Self.parts(text) { values.append(try integer(part, key)) }
      return .integers(values)
    case .reals:
      var values: [Double] = []
      for part in Self.parts(text) { values.append(try real(part, key)) }
      return .reals(values)
    }
  }

  /// What values are allowed, in words, for example `above 0 and at most 1`.
  public var range: String? {
    let low =
      minimum == -.infinity
      ? nil : isMinimumExclusive ? "above \(number(minimum))" : "at least \(number(minimum))"
    let high =
      maximum == .infinity
      ? nil : isMaximumExclusive ? "below \(number(maximum))" : "at most \(number(maximum))"
    switch (low, high) {
    case (nil, nil): return nil
    case (let low?, nil): return low
    case (nil, let high?): return high
    case (let low?, let high?): return "\(low) and \(high)"
    }
  }

  private static func parts(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }.filter { !(text.isEmpty && $0.isEmpty) }
  }

  private func integer(_ text: String, _ key: String) throws(RunError) -> Int {
    guard let value = Int(text) else { throw wrong(text, key, "an integer") }
    try check(Double(value), text, key)
    return value
  }

  private func real(_ text: String, _ key: String) throws(RunError) -> Double {
    guard let value = Double(text), value.isFinite else { throw wrong(text, key, "a number") }
    try check(value, text, key)
    return value
  }

  private func boolean(_ text: String, _ key: String) throws(RunError) -> Bool {
    switch text.lowercased() {
    case "true", "yes", "on", "1": return true
    case "false", "no", "off", "0": return false
    default: throw wrong(text, key, "true or false")
    }
  }

  private func choice(_ text: String, _ key: String) throws(RunError) -> ParameterValue {
    guard let index = choices.firstIndex(where: { $0.name == text }) else {
      throw RunError(
        .usage,
        "\(key) cannot be '\(text)'" + Suggestion.sentence(for: text, among: choices.map(\.name)))
    }
    return .choice(text, index: index)
  }

  private func check(_ value: Double, _ text: String, _ key: String) throws(RunError) {
    let isAbove = isMinimumExclusive ? value > minimum : value >= minimum
    let isBelow = isMaximumExclusive ? value < maximum : value <= maximum
    guard isAbove && isBelow else {
      throw RunError(.usage, "\(key) cannot be \(text): it must be \(range ?? "finite")")
    }
  }

  private func wrong(_ text: String, _ key: String, _ expected: String) -> RunError {
    let suffix = range.map { ", \($0)" } ?? ""
    return RunError(.usage, "\(key) cannot be '\(text)': it must be \(expected)\(suffix)")
  }

  private func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }
}
