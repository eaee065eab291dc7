import QHostTesting

/// The built `qhost`, as a user would call it, with folders of its own for all that it writes.
public enum HostProgram {
  /// Runs a command.
  ///
  /// - Parameters:
  ///   - arguments: the command and its options.
  ///   - plugins: what `QHOST_PLUGIN_PATH` names, beside the built plugins.
  ///   - isolatesUntrusted: whether plugins that nobody vouches for are isolated, as they are for users; else those of
  ///     the tests' own folders work in the process of the command, which most tests are about.
  ///   - timeoutSeconds: how long it may take.
  /// - Returns: how it ended and what it wrote.
  /// - Throws: when it cannot be started.
  public static func run(
    _ arguments: [String], plugins: [String] = [], isolatesUntrusted: Bool = false,
    timeoutSeconds: Double = 60
  ) throws -> Program {
    let state = try TemporaryFolder()
    let loadsNone = ["export", "merge", "report"].contains(arguments.first)
    let hasOthers = (!plugins.isEmpty || arguments.contains("--plugins")) && !loadsNone
    let run = try Program(
      BuiltProducts.program,
      arguments + (hasOthers && !isolatesUntrusted ? ["--no-isolate"] : []),
      environment: [
        "QHOST_PLUGIN_PATH": plugins.joined(separator: ":"), "NO_COLOR": "1",
        "XDG_CACHE_HOME": TemporaryFolder.ofProcess.path + "/cache",
        "XDG_DATA_HOME": state.path + "/data", "XDG_STATE_HOME": state.path + "/state",
      ], timeoutSeconds: timeoutSeconds)
    return run
  }
}
