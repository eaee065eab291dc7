import ArgumentParser
import QHostRuntime
import QHostTrusting

/// `qhost plugins trusted`.
struct PluginsTrustedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trusted", abstract: "List the files and keys that you trust.")

  @Flag(help: "Print one JSON object (schema qhost.trust/1) instead of text.")
  var json = false

  @OptionGroup var options: TrustOptions

  func run() throws {
    let list = try TrustList(reading: options.path)
    if json {
      print(try JSONText.of(list, indented: true))
      return
    }
    var lines = list.files.map {
      "file  \($0.sha256.prefix(12))  \($0.plugin) \($0.version)  \($0.path)"
    }
    lines += list.keys.map { "key   \(MinisignKey(letters: $0.key)?.name ?? "")  \($0.name)" }
    print(
      lines.isEmpty
        ? "nothing is trusted but the plugins that came with qhost" : lines.joined(separator: "\n"))
  }
}
