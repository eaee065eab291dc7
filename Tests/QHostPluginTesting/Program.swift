import Glibc
public import QHostRuntime
import QHostTesting

/// A program that was run to its end.
public struct Program {
  /// How it ended.
  public let ending: ChildProcess.Ending
  /// What it wrote to standard output.
  public let output: String
  /// What it wrote to standard error.
  public let errors: String

  /// Runs a program, with changes to this process's environment.
  public init(
    _ path: String, _ arguments: [String], environment: [String: String] = [:],
    timeoutSeconds: Double = 60
  ) throws {
    let folder = try TemporaryFolder()
    // ChildProcess shares standard error or drops it: a shell sends it to a file.
    let script = "exec \"$0\" \"$@\" 2>'\(folder.path)/errors'"
    let changes = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let child = try ChildProcess(
      running: "env", changes + ["sh", "-c", script, path] + arguments,
      timeoutSeconds: timeoutSeconds)
    ending = child.ending
    output = String(decoding: child.output, as: UTF8.self)
    errors = String(decoding: (try? FileAccess.read(folder.path + "/errors")) ?? [], as: UTF8.self)
  }

  /// Whether a program can be found in `PATH`.
  public static func exists(_ name: String) -> Bool {
    let folders = (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":")
    return folders.contains { access("\($0)/\(name)", X_OK) == 0 }
  }
}
