/// How far a seed repeats what a component does.
public struct Determinism: Sendable, Equatable {
  /// What is promised.
  public enum Level: UInt32, Sendable, CaseIterable {
    /// The same seed and inputs give the same bits, on any number of threads, in any process.
    case pure = 0
    /// They do within one process and on the same number of threads.
    case session
    /// They need not.
    case none
  }

  /// What is promised.
  public var level: Level
  /// Why that is less than ``Level/pure``, in one sentence.
  public var reason: String?

  /// What is expected of a component that says nothing.
  public static let pure = Determinism(.pure)

  /// Makes a promise.
  public init(_ level: Level, because reason: String? = nil) {
    self.level = level
    self.reason = reason
  }
}

/// A component that says how far a seed repeats what it does.
///
/// A component that is published in a plugin and conforms has the capability `qhost.draft.determinism/1`; nothing
/// else is to be done. One that does not is expected to be pure.
public protocol DeterminismDeclaring: Component {
  /// What it promises; a reason goes with all but ``Determinism/Level/pure``.
  static var determinism: Determinism { get }
}
