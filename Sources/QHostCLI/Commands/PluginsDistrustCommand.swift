import ArgumentParser
import QHostRuntime
import QHostTrusting

/// `qhost plugins distrust FILE...` and `qhost plugins distrust --key NAME`.
struct PluginsDistrustCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "distrust", abstract: "Trust a file or a key no more.")

  @Argument(
    help: "Plugins' files, or the beginnings of their SHA-256 that 'qhost plugins trusted' shows.")
  var files: [String] = []

  @Option(help: ArgumentHelp("Trust this key no more. May be repeated.", valueName: "NAME"))
  var key: [String] = []

  @OptionGroup var options: TrustOptions

  func validate() throws {
    guard !files.isEmpty || !key.isEmpty else {
      throw ValidationError("there is nothing to distrust; name a file, or --key NAME")
    }
  }

  func run() throws {
    var list = try TrustList(reading: options.path)
    for file in files {
      let path = FileAccess.resolved(file)
      let before = list.files.count
      list.files.removeAll { $0.path == path || file.count >= 8 && $0.sha256.hasPrefix(file) }
      guard list.files.count < before else {
        throw RunError(.usage, "'\(file)' was not trusted; 'qhost plugins trusted' lists what is")
      }
    }
    for name in key {
      guard list.keys.contains(where: { $0.name == name }) else {
        throw RunError(
          .usage,
          "no key has the name '\(name)'"
            + Suggestion.sentence(for: name, among: list.keys.map(\.name)))
      }
      list.keys.removeAll { $0.name == name }
    }
    try list.write(to: options.path)
  }
}
