internal import QHostRuntime

/// Programs of schedulers, each run to its end.
enum EngineProgram {
  private static let timeoutSeconds = 60.0

  /// Whether a program can be started.
  static func isThere(_ program: String) -> Bool {
    (try? ChildProcess(running: program, ["--version"], timeoutSeconds: 10)) != nil
  }

  /// Runs a program.
  ///
  /// - Returns: whether it ended with 0, and all that it wrote.
  static func run(_ program: String, _ arguments: [String]) -> (isDone: Bool, said: String) {
    guard
      let child = try? ChildProcess(
        running: program, arguments, timeoutSeconds: timeoutSeconds, mergesError: true)
    else { return (false, "there is no '\(program)'") }
    let said = String(decoding: child.output, as: UTF8.self)
    if child.ending == .timedOut {
      return (false, "'\(program)' gave no answer for \(Int(timeoutSeconds)) s")
    }
    return (child.ending == .exited(0), trimmed(said))
  }

  /// Without the ends of lines around it.
  private static func trimmed(_ text: String) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
