import ArgumentParser
import QHostIsolating
import QHostRuntime

/// Which components work in processes of their own.
struct IsolationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Run a component, or all of a plugin or its file, in a process of its own, trusted or not; 'all': all but "
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
  }
}
