public import ArgumentParser
public import QHostInterfaces
import QHostRuntime

extension PluginLanguage: ExpressibleByArgument {}
extension ComponentKind: ExpressibleByArgument {}

/// Writes the sources of a new plugin.
struct NewPluginCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new-plugin",
    abstract: "Write the sources of a new plugin, which builds and runs, into a new folder.",
    discussion: """
      The plugin has a small algorithm to start from and a README. The commands that build and run it are printed.
      """)

  @Option(help: "The language: c, cpp, rust or swift.")
  var language: PluginLanguage

  @Option(help: "What it is: an optimizer, solver, model, dataset or target.")
  var kind: ComponentKind

  @Argument(help: "What users will type: words of a-z and 0-9 that hyphens join.")
  var name: String

  @Option(
    help: ArgumentHelp("The new folder (default: NAME in the current one).", valueName: "DIR"),
    completion: .directory)
  var output: String?

  @OptionGroup(title: "Host") var host: HostOptions

  func run() throws {
    let names = try PluginName(name)
    let path = output ?? name
    guard !path.isEmpty, !FileAccess.exists(path) else {
      throw RunError(.usage, "'\(path)' is there already; name another folder with --output")
    }
    let template = try PluginTemplate(language, kind)
    try refuseTaken()
    let commands = try template.write(names, to: path)
    let quoted = path.contains(where: { !$0.isASCII || " '\"\\$&;()*?<>|`".contains($0) })
    let folder = quoted ? "'" + path.replacing("'", with: "'\\''") + "'" : path
    if !host.quiet { Terminal.line("'\(path)' has a new plugin; build it, see it, run it:") }
    print((["cd \(folder)"] + commands).joined(separator: "\n"))
  }

  /// Refuses the name of a component or plugin that is found.
  private func refuseTaken() throws {
    let taken = try Session(host).catalogue.listings.first {
      $0.name == name || $0.plugin.name == name
    }
    guard let taken else { return }
    let what = taken.name == name ? "\(taken.kind.rawValue) '\(name)'" : "plugin '\(name)'"
    throw RunError(.usage, "the \(what) exists already, in '\(taken.path)'; choose another name")
  }
}
