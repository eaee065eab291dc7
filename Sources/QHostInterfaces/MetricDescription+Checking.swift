extension MetricDescription {
  /// The names of the host's own figures, which no metric may have.
  public static let hostNames = ["loss", "accuracy", "rmse", "r2"]

  /// Why it cannot be used, in words that continue after `metric 'name': `; `nil`: it can.
  public var flaw: String? {
    guard Self.isName(name) else {
      return "its name must have lower-case letters, digits, '-' and '_' only, and begin with a "
        + "letter; rename it"
    }
    guard !Self.hostNames.contains(name) else {
      return "the host has a figure of that name; rename it"
    }
    guard !documentation.isEmpty, !documentation.contains(where: \.isNewline) else {
      return "its documentation must be one line; write it"
    }
    guard let unit else { return nil }
    guard !unit.isEmpty, !unit.contains(where: \.isNewline) else {
      return "its unit must be one line that is not empty; leave it out where there is none"
    }
    return nil
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, (0x61...0x7A).contains(first) else { return false }
    return text.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
    }
  }
}
