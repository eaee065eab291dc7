/// Why a component could not do what it was asked.
///
/// The message is one sentence that names the culprit (file, line, key, value) and the remedy.
public struct ComponentError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What the error means for the component that reported it.
  public enum Severity: Int32, Sendable {
    /// The point is infeasible; the state is unchanged. The C status is `QHOST_DISCARD`.
    case discard = 2
    /// The instance is dead. The C status is `QHOST_ERROR`.
    case error = 3
    /// The plugin is dead. The C status is `QHOST_FATAL`.
    case fatal = 4
    /// The host asked to stop. The C status is `QHOST_CANCELLED`.
    case cancelled = 5
    /// The component has no such capability. The C status is `QHOST_UNSUPPORTED`.
    case unsupported = 6
  }

  /// What the error is about.
  public enum Kind: Int32, Sendable {
    /// The plugin itself failed. The C constant is `QHOST_ERROR_PLUGIN`.
    case plugin = 0
    /// A configured value cannot be used. The C constant is `QHOST_ERROR_PARAMETER`.
    case parameter = 1
    /// Input data is absent or damaged. The C constant is `QHOST_ERROR_DATA`.
    case data = 2
  }

  /// What the error means for the component.
  public var severity: Severity
  /// What the error is about.
  public var kind: Kind
  /// One sentence: culprit and remedy.
  public var message: String

  /// Makes an error.
  public init(_ message: String, kind: Kind = .plugin, severity: Severity = .error) {
    self.severity = severity
    self.kind = kind
    self.message = message
  }

  /// One sentence, which is ``message``.
  public var description: String { message }

  /// A configured value that cannot be used.
  public static func parameter(_ message: String) -> ComponentError {
    ComponentError(message, kind: .parameter)
  }

  /// Data that is absent or damaged.
  public static func data(_ message: String) -> ComponentError {
    ComponentError(message, kind: .data)
  }

  /// A capability that the component does not have.
  public static func unsupported(_ message: String) -> ComponentError {
    ComponentError(message, severity: .unsupported)
  }
}
