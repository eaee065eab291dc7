import ArgumentParser
import QHostBridging
import QHostInterfaces
import QHostRuntime

/// `qhost plugins reference KIND`: the page of all components of one kind.
struct PluginsReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference",
    abstract: "Print all components of one kind, with their parameters, as a page in Markdown.")

  @Argument(help: "optimizer, solver, model, dataset or target.")
  var kind: String

  @OptionGroup(title: "Host") var host: HostOptions

  func run() throws {
    guard let kind = ComponentKind(rawValue: kind) else {
      let kinds = ComponentKind.allCases.map(\.rawValue)
      throw RunError(
        .usage,
        "'\(self.kind)' is not a kind of component"
          + Suggestion.sentence(for: self.kind, among: kinds)
      )
    }
    let catalogue = try Session(host).catalogue
    let listings = catalogue.listings.filter { $0.kind == kind }.sorted { $0.name < $1.name }
    print(ComponentReference(kind, try listings.map { ($0, try catalogue.component($0)) }).markdown)
  }
}
