public import QHostInterfaces

/// One thing that a plugin must do, tried in a process of its own.
public struct Check: Sendable {
  /// How deep it looks.
  public enum Level: String, Sendable, CaseIterable, Codable {
    /// The file, its entry, its tables.
    case load
    /// What calls promise, whatever the numbers.
    case contract
    /// Whether numbers are right.
    case numeric
    /// Many calls, threads, and what is left behind.
    case stress
  }

  /// What it is tried on.
  public enum Scope: Sendable, Equatable {
    /// The file as a whole.
    case plugin
    /// Each component of a kind; of any kind when `nil`.
    case component(ComponentKind?)
  }

  /// Its name, for `--only` and reports.
  public let id: String
  /// How deep it looks.
  public let level: Level
  /// What it is tried on.
  public let scope: Scope
  /// What must hold, in one sentence.
  public let rule: String
  /// What a component must promise of determinism for the rule to hold; `nil`: nothing.
  public let needs: Determinism.Level?
  /// What to do about a plugin that fails it.
  public let remedy: String
  /// Tries it; throws ``CheckFailure`` or ``CheckSkip``.
  let body: @Sendable (CheckSubject) throws -> Void

  init(
    _ id: String, _ level: Level, _ scope: Scope, _ rule: String,
    needs: Determinism.Level? = nil, remedy: String,
    _ body: @escaping @Sendable (CheckSubject) throws -> Void
  ) {
    self.id = id
    self.level = level
    self.scope = scope
    self.rule = rule
    self.needs = needs
    self.remedy = remedy
    self.body = body
  }
}

/// What a plugin did instead of what it must.
struct CheckFailure: Error {
  let message: String

  init(_ message: String) { self.message = message }
}

/// Why a check does not apply.
struct CheckSkip: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// Fails a check unless something holds.
func require(_ holds: Bool, _ message: @autoclosure () -> String) throws {
  guard holds else { throw CheckFailure(message()) }
}
