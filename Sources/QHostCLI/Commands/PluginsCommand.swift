import ArgumentParser
import QHostBridging
import QHostInterfaces
import QHostRuntime
import QHostTrusting

/// Lists plugins and shows their components.
struct PluginsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugins", abstract: "List plugins, broken ones with the reason, and their parts.",
    subcommands: [
      List.self, Show.self, PluginsTrustCommand.self, PluginsDistrustCommand.self,
      PluginsTrustedCommand.self, PluginsClaimCommand.self, PluginsReferenceCommand.self,
    ], defaultSubcommand: List.self)

  /// `qhost plugins list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List all components by kind, and the files that cannot be used.")

    @Flag(help: "Print one JSON object (schema qhost.plugins/1) instead of text.")
    var json = false

    @OptionGroup(title: "Host") var host: HostOptions

    func run() throws {
      let session = try Session(host)
      let list = try TrustList(reading: host.trust.path)
      let listing = PluginListing(session.catalogue) {
        Trust(
          of: $0, $1, by: list, ownFolders: PluginSearchPath.ownFolders(of: Environment.executable))
      }
      print(json ? try JSONText.of(listing, indented: true) : listing.text)
    }
  }

  /// `qhost plugins show NAME`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show the parameters of a component, or what is in a plugin.")

    @Argument(help: "A component's or a plugin's name.")
    var name: String

    @Flag(help: "Print one JSON object (schema qhost.components/1) instead of text.")
    var json = false

    @OptionGroup(title: "Host") var host: HostOptions

    func run() throws {
      let catalogue = try Session(host).catalogue
      let matches = catalogue.listings.filter {
        $0.name == name || $0.fullName == name || $0.plugin.name == name
      }
      guard !matches.isEmpty else {
        let names = Set(catalogue.listings.flatMap { [$0.name, $0.plugin.name] }).sorted()
        throw RunError(
          .usage,
          "there is no component or plugin '\(name)'" + Suggestion.sentence(for: name, among: names)
        )
      }
      let components = try matches.map { ($0, try catalogue.component($0)) }
      if json {
        print(try JSONText.of(ComponentListing(components), indented: true))
      } else {
        print(components.map { ComponentText($0.1).text }.joined(separator: "\n\n"))
      }
    }
  }
}
