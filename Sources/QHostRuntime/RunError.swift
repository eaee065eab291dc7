public import QHostInterfaces

/// Why the host could not do what it was asked: one sentence, and the exit code that goes with it.
public struct RunError: Error, Sendable, CustomStringConvertible {
  /// What went wrong, by exit code.
  public enum Kind: Int32, Sendable {
    /// The command line asks for something that does not exist or is out of range.
    case usage = 2
    /// A target set with `--until-...` was not reached, and `--require` was given.
    case targetMissed = 3
    /// A plugin failed.
    case plugin = 4
    /// Data is absent or damaged, or a file cannot be written.
    case data = 5
    /// The run stopped early and can be resumed.
    case resumable = 75
    /// The user interrupted.
    case interrupted = 130
  }

  /// What went wrong.
  public var kind: Kind
  /// One sentence: culprit and remedy.
  public var message: String

  /// Makes an error.
  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// What a component's error means for the process.
  public init(_ error: ComponentError) {
    switch error.kind {
    case .parameter: kind = .usage
    case .data: kind = .data
    case .plugin: kind = .plugin
    }
    message = error.message
  }

  /// One sentence, which is the message.
  public var description: String { message }
}

/// Runs a body that calls components; what they throw becomes the host's error.
@inline(__always)
func translating<R>(_ body: () throws(ComponentError) -> R) throws(RunError) -> R {
  do throws(ComponentError) {
    return try body()
  } catch let error {
    throw RunError(error)
  }
}
