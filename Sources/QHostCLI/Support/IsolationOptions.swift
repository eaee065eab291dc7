import ArgumentParser
import QHostIsolating
import QHostRuntime

/// Which components work in processes of their own.
struct IsolationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Run a component, or all of a plugin or its file, in a process of its own; 'all': all but "
        + "targets. May be repeated.", valueName: "NAME"))
  var isolate: [String] = []

  @Option(
    help: ArgumentHelp(
      "Memory of such a process (default, and the most: half of the machine's, up to 4096).",
      valueName: "MEGABYTES"))
  var isolateMemory: Int?

  func validate() throws {
    if let isolateMemory, !(16...IsolationLimits.mostMemoryMegabytes).contains(isolateMemory) {
      throw RunError(
        .usage,
        "--isolate-memory cannot be \(isolateMemory): it must be at least 16 and at most "
          + "\(IsolationLimits.mostMemoryMegabytes) MB")
    }
    guard isolateMemory == nil || !isolate.isEmpty else {
      throw RunError(.usage, "--isolate-memory needs --isolate NAME; give both, or none")
    }
  }
}

extension Session {
  /// Has components work in processes of their own.
  ///
  /// - Parameters:
  ///   - options: which.
  ///   - callTimeout: seconds that one call may take.
  ///   - isVerbose: whether messages for authors of plugins are shown.
  /// - Returns: what was decided.
  /// - Throws: kind `usage` for a name that nothing has.
  @discardableResult
  func isolate(
    _ options: IsolationOptions, callTimeout: Double, isVerbose: Bool
  ) throws(RunError) -> IsolationPolicy {
    let policy = try IsolationPolicy(options.isolate, catalogue: catalogue)
    guard !options.isolate.isEmpty else { return policy }
    catalogue.isolation = Isolation(
      policy, program: Environment.executable, common: common, isVerbose: isVerbose,
      limits: IsolationLimits(
        memoryMegabytes: options.isolateMemory, callSeconds: callTimeout))
    return policy
  }
}
