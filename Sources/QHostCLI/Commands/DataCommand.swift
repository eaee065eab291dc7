import ArgumentParser
import Glibc
import QHostBridging
import QHostInterfaces
import QHostRuntime

/// Lists, shows, fetches and exports datasets.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "List, show, fetch and export datasets.",
    subcommands: [List.self, Show.self, Fetch.self, Export.self], defaultSubcommand: List.self)

  /// `qhost data list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the datasets, and where the files of each are.")

    @OptionGroup(title: "Host") var host: HostOptions

    func run() throws {
      let session = try Session(host)
      for listing in session.catalogue.listings where listing.kind == .dataset {
        let component = try session.catalogue.component(listing)
        let status = Self.status(of: component, in: session.common.dataFolders)
        let name = listing.name + String(repeating: " ", count: max(1, 14 - listing.name.count))
        print("\(name)\(status)  \(listing.summary)")
      }
      print("data folders: \(session.common.dataFolders.folders.joined(separator: ", "))")
    }

    private static func status(of component: ForeignComponent, in folders: DataFolders) -> String {
      guard !component.resources.isEmpty else { return "ready  " }
      let isHere = component.resources.allSatisfy { folders.holds($0) }
      return isHere ? "ready  " : "absent "
    }
  }

  /// `qhost data show NAME`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a dataset's splits, shapes, features and source.")

    @Argument(help: "The dataset.", completion: ComponentNames.completion(.dataset))
    var name: String

    @Option(
      name: .customLong("set"),
      help: ArgumentHelp("Set a parameter (dataset.KEY=VALUE).", valueName: "KEY=VALUE"))
    var settings: [String] = []

    @Flag(help: "Print one JSON object (schema qhost.dataset/1) instead of text.")
    var json = false

    @OptionGroup(title: "Host") var host: HostOptions

    func run() throws {
      let session = try Session(host)
      let words = try Settings(settings)
      let plan = try ComponentPlan(
        .dataset, named: name, at: "dataset", settings: words, catalogue: session.catalogue)
      try ComponentPlan.check(words, against: [plan])
      let data = try DataAssembly(plan, scaling: nil, common: session.common)
      let listing = DatasetListing(data, plan: plan)
      print(json ? try JSONText.of(listing, indented: true) : listing.text)
    }
  }

  /// `qhost data fetch NAME`.
  struct Fetch: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Download a dataset's files and check their SHA-256.")

    @Argument(help: "The dataset.", completion: ComponentNames.completion(.dataset))
    var name: String

    @OptionGroup(title: "Host") var host: HostOptions

    func run() throws {
      let session = try Session(host)
      let component = try session.catalogue.component(
        try session.catalogue.listing(.dataset, named: name))
      guard !component.resources.isEmpty else {
        print("dataset '\(name)' needs no files: it is ready")
        return
      }
      let folders = session.common.dataFolders
      for resource in component.resources where !folders.holds(resource) {
        if !host.quiet {
          Terminal.line("fetching \(resource.url) (\(Numbers.bytes(resource.byteCount)))")
        }
        let showsProgress = !host.quiet && Environment.isTerminal(STDERR_FILENO)
        try Download(resource).save(in: folders.fetched, showsProgress: showsProgress)
      }
      print("dataset '\(name)' is ready")
    }
  }
}
