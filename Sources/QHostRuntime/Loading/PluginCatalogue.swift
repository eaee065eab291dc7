public import QHostBridging
public import QHostInterfaces

/// All plugins that were found, and the components in them.
public final class PluginCatalogue {
  /// A library that was found.
  public struct Entry: Sendable {
    /// Its path.
    public let path: String
    /// What a scan found in it.
    public let result: ScanResult
    /// The SHA-256 of the file when it was scanned; empty for a plugin without a file.
    public let sha256: String
  }

  /// A component that was found, before its library is loaded.
  public struct Listing: Sendable {
    /// Its kind.
    public let kind: ComponentKind
    /// The name on the command line.
    public let name: String
    /// What it is.
    public let summary: String
    /// The plugin it is in.
    public let plugin: PluginSummary
    /// The plugin's file.
    public let path: String

    /// The name that is never ambiguous.
    public var fullName: String { "\(plugin.vendor).\(name)" }
  }

  /// The libraries, in the order of the search path.
  public let entries: [Entry]
  /// The components in them.
  public let listings: [Listing]
  /// The folders that were searched.
  public let folders: [String]

  /// Has components work in processes of their own; `nil`: all work in this one.
  public var isolation: (any ComponentIsolating)?
  /// Shared libraries in folders that the user has named, which are not plugins by their names.
  public let passedOver: [String]

  private let services: any HostServices
  private var libraries: [String: PluginLibrary] = [:]

  /// Searches for plugins.
  ///
  /// - Parameters:
  ///   - searchPath: where.
  ///   - scanner: looks into those that are new.
  ///   - cachePath: the file that remembers the others.
  ///   - services: what plugins may call while they are loaded.
  /// - Throws: when a library cannot be read, or no child process started to scan it.
  public init(
    searching searchPath: PluginSearchPath, scanner: PluginScanner, cachePath: String,
    services: any HostServices
  ) throws(RunError) {
    // A host of the same version with other drafts accepts other components.
    let version = ([HostTable.version] + Capability.ids).joined(separator: " ")
    var cache = ScanCache(path: cachePath, version: version)
    var entries: [Entry] = []
    for path in searchPath.libraries() {
      let result = try cache.result(for: path, scan: scanner.scan)
      entries.append(Entry(path: path, result: result, sha256: cache.sha256(of: path) ?? ""))
    }
    if let error = cache.save() {
      services.log(.warning, "plugins are scanned again each time: \(error.message)")
    }
    self.entries = DuplicatePlugins.refused(in: entries)
    self.services = services
    folders = searchPath.folders
    passedOver = searchPath.passedOver()
    listings = self.entries.flatMap(Self.listings(of:))
  }

  /// Whether a folder has a plugin that can be used.
  public func hasPlugin(in folder: String) -> Bool {
    let path = FileAccess.resolved(folder)
    return entries.contains { entry in
      guard case .plugin = entry.result else { return false }
      return DuplicatePlugins.folder(of: entry.path) == path
    }
  }

  /// Takes plugins that are in this process already.
  ///
  /// - Parameters:
  ///   - libraries: the plugins.
  ///   - services: what plugins may call while they are loaded.
  package init(_ libraries: [PluginLibrary], services: any HostServices) {
    entries = libraries.map { Entry(path: $0.path, result: .plugin($0.summary), sha256: "") }
    listings = entries.flatMap(Self.listings(of:))
    folders = []
    passedOver = []
    self.services = services
    for library in libraries { self.libraries[library.path] = library }
  }

  /// Takes plugins that are in this process already beside those that were found.
  ///
  /// - Parameters:
  ///   - found: the others.
  ///   - libraries: the plugins.
  package init(_ found: PluginCatalogue, adding libraries: [PluginLibrary]) {
    let added = libraries.map {
      Entry(path: $0.path, result: .plugin($0.summary), sha256: "")
    }
    entries = found.entries + added
    listings = found.listings + added.flatMap(Self.listings(of:))
    folders = found.folders
    passedOver = found.passedOver
    services = found.services
    for library in libraries { self.libraries[library.path] = library }
  }

  private static func listings(of entry: Entry) -> [Listing] {
    guard case .plugin(let plugin) = entry.result else { return [] }
    return plugin.components.compactMap { component in
      ComponentKind(rawValue: component.kind).map {
        Listing(
          kind: $0, name: component.name, summary: component.summary, plugin: plugin,
          path: entry.path)
      }
    }
  }

  /// The files that hold no plugin that can be used, and why.
  public var broken: [(path: String, reason: String)] {
    entries.compactMap { entry in
      guard case .broken(let reason) = entry.result else { return nil }
      return (entry.path, reason)
    }
  }

  /// The names of all components of a kind.
  public func names(of kind: ComponentKind) -> [String] {
    listings.filter { $0.kind == kind }.map(\.name)
  }

  /// The one component of a kind that a name means: `name` or `vendor.name`.
  ///
  /// - Throws: kind `usage`, when there is none (with the nearest names) or more than one (with
  ///   their files).
  public func listing(_ kind: ComponentKind, named name: String) throws(RunError) -> Listing {
    let ofKind = listings.filter { $0.kind == kind }
    let matches = ofKind.filter { $0.name == name || $0.fullName == name }
    if matches.count == 1 { return matches[0] }
    if matches.count > 1 {
      let files = matches.map { "\($0.fullName) in '\($0.path)'" }.joined(separator: " and ")
      throw RunError(
        .usage,
        "\(kind) '\(name)' is ambiguous: \(files); write the full name, or remove one of the files")
    }
    throw RunError(.usage, unknown(kind, name, among: ofKind.map(\.name)))
  }

  /// Whether a component works in a process of its own.
  func isolates(_ listing: Listing) -> Bool { isolation?.isolates(listing) ?? false }

  /// Loads the library of a component, once; where it is isolated, in a process of its own.
  public func component(_ listing: Listing) throws(RunError) -> ForeignComponent {
    if let isolation, isolation.isolates(listing) { return try isolation.component(listing) }
    let library = try library(at: listing.path)
    guard
      let component = library.components.first(where: {
        $0.kind == listing.kind && $0.descriptor.name == listing.name
      })
    else {
      throw RunError(
        .plugin, "'\(listing.path)' no longer holds \(listing.kind) '\(listing.name)'; run again")
    }
    return component
  }

  /// Loads a library, once.
  public func library(at path: String) throws(RunError) -> PluginLibrary {
    if let library = libraries[path] { return library }
    do throws(RunError) {
      let library = try PluginLibrary(loading: path, services: services)
      libraries[path] = library
      return library
    } catch let error {
      throw RunError(.plugin, "plugin '\(path)': \(error.message)")
    }
  }

  private func unknown(_ kind: ComponentKind, _ name: String, among names: [String]) -> String {
    guard !listings.isEmpty else {
      return "there is no \(kind) '\(name)': no plugins were found in "
        + folders.joined(separator: ", ") + "; build all products, or set QHOST_PLUGIN_PATH"
    }
    if let bracket = name.firstIndex(of: "["), names.contains(String(name[..<bracket])) {
      return "there is no \(kind) '\(name)': name it alone, and set its parameters with "
        + "--set \(kind).KEY=VALUE"
    }
    let brokenHint = broken.isEmpty ? "" : " ('qhost plugins' lists \(broken.count) broken)"
    let passedHint =
      passedOver.first.map {
        " ('\($0)' is passed over: plugins are named libqhost-NAME.so)"
      } ?? ""
    return "there is no \(kind) '\(name)'\(brokenHint)\(passedHint)"
      + Suggestion.sentence(for: name, among: names.sorted())
  }
}
