internal import QHostRuntime

/// A journal among others, with the name that the user gives it.
public struct NamedJournal: Sendable, Equatable {
  /// What its optimizers are called by beside those of others; `nil`: they keep their names.
  public var name: String?
  /// The file.
  public var path: String

  /// Makes a journal with or without a name.
  public init(name: String? = nil, path: String) {
    self.name = name
    self.path = path
  }

  /// Reads `PLACE` or `NAME=PLACE`, where a place is a folder or a journal's file.
  ///
  /// - Parameter text: the text; a place that is there is no name, even with an equals sign.
  public init(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let isNamed = parts.count == 2 && !parts[0].isEmpty && !parts[0].contains("/")
    guard isNamed, !FileAccess.exists(text) else {
      self.init(path: JournalContents.path(in: text))
      return
    }
    self.init(name: String(parts[0]), path: JournalContents.path(in: String(parts[1])))
  }
}
