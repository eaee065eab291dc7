import ArgumentParser

/// Options that every command has.
struct HostOptions: ParsableArguments {
  @Option(
    name: .customLong("plugins"),
    help: ArgumentHelp("Look for plugins in this folder first. May be repeated.", valueName: "DIR"))
  var plugins: [String] = []

  @Flag(
    help: "Have plugins that are not trusted in this process, not in one of their own, this once.")
  var noIsolate = false

  @OptionGroup var trust: TrustOptions

  @Option(help: ArgumentHelp("Threads to use; results do not depend on it.", valueName: "N"))
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Show nothing but errors and the result.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Show messages for authors of plugins too.")
  var verbose = false
}
