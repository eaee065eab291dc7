internal import FoundationEssentials
public import QHostInterfaces

/// Looks into a library in a process of its own, which may crash or hang without harm.
public struct PluginScanner: Sendable {
  /// The word that makes the executable scan one library: see ``runInChild(path:services:)``.
  public static let command = "__scan"

  /// How the reason begins when a plugin's entry takes too long.
  static let timeoutFailure = "its entry did not return"

  private let executable: String
  private let timeoutSeconds: Double

  /// Makes a scanner.
  ///
  /// - Parameters:
  ///   - executable: the `qhost` program, which is started with ``command`` and a path.
  ///   - timeoutSeconds: how long a plugin's entry may take.
  public init(executable: String, timeoutSeconds: Double = 10) {
    self.executable = executable
    self.timeoutSeconds = timeoutSeconds
  }

  /// Scans a library.
  ///
  /// - Throws: when the child cannot be started at all.
  public func scan(_ path: String) throws(RunError) -> ScanResult {
    let child = try ChildProcess(
      running: executable, [Self.command, path], timeoutSeconds: timeoutSeconds)
    switch child.ending {
    case .timedOut:
      return .broken(
        reason:
          "\(Self.timeoutFailure) within \(Int(timeoutSeconds.rounded(.up))) s; ask its author (it is tried "
          + "again after a day, or when the file changes)")
    case .signalled(let signal):
      return .broken(
        reason: "it crashed while it was loaded (\(Self.name(of: signal))); ask its author")
    case .exited:
      // A plugin may have written to standard output: the result is the last line.
      let line = child.output.split(separator: 0x0A).last.map(Array.init) ?? []
      guard let result = try? JSONDecoder().decode(ScanResult.self, from: Data(line)) else {
        return .broken(reason: "it ended the process while it was loaded; ask its author")
      }
      return result
    }
  }

  /// What the child does: loads the library, and writes the result as one line of JSON.
  public static func runInChild(path: String, services: any HostServices) -> String {
    let result: ScanResult
    do throws(RunError) {
      result = .plugin(try PluginLibrary(loading: path, services: services).summary)
    } catch let error {
      result = .broken(reason: error.message)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let json = try? encoder.encode(result) else { return "" }
    return "\n" + String(decoding: json, as: UTF8.self)
  }

  private static func name(of signal: Int32) -> String {
    [
      4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL",
      11: "SIGSEGV", 31: "SIGSYS, it tried to do what no plugin may while it is looked into",
    ][
      signal] ?? "signal \(signal)"
  }
}
