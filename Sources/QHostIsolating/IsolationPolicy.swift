internal import QHostBridging
internal import QHostInterfaces
public import QHostRuntime

/// Which components work in processes of their own.
public struct IsolationPolicy: Sendable {
  /// What the user names for everything that can be isolated.
  public static let everything = "all"

  /// What the user names: components, vendors' names of components, plugins, or their files.
  public let names: [String]

  /// Takes what the user names.
  ///
  /// - Parameters:
  ///   - names: what `--isolate` is given; none: nothing is isolated.
  ///   - catalogue: what there is.
  /// - Throws: kind `usage` for a name that nothing has.
  public init(_ names: [String], catalogue: PluginCatalogue) throws(RunError) {
    self.names = names
    for name in names where name != Self.everything {
      guard !catalogue.listings.contains(where: { Self.matches(name, $0) }) else { continue }
      let known = catalogue.listings.flatMap { [$0.name, $0.plugin.name] } + [Self.everything]
      throw RunError(
        .usage,
        "--isolate: there is no component, plugin or plugin's file '\(name)'"
          + Suggestion.sentence(for: name, among: Array(Set(known)).sorted()))
    }
  }

  /// The decision: whether a component works in a process of its own.
  ///
  /// Today the user alone decides, by name. A default for files that are not trusted belongs here and nowhere else.
  public func isolates(_ listing: PluginCatalogue.Listing) -> Bool {
    names.contains { name in
      name == Self.everything
        ? IsolatedKind.isPossible(listing.kind) : Self.matches(name, listing)
    }
  }

  /// The names that none of some plans is meant by.
  public func unused(_ plans: [ComponentPlan]) -> [String] {
    names.filter { name in
      name != Self.everything
        && !plans.contains { plan in
          Self.matches(
            name, component: plan.component.descriptor.name, plugin: plan.plugin, path: plan.path)
        }
    }
  }

  private static func matches(_ name: String, _ listing: PluginCatalogue.Listing) -> Bool {
    matches(name, component: listing.name, plugin: listing.plugin, path: listing.path)
  }

  private static func matches(
    _ name: String, component: String, plugin: PluginSummary, path: String
  ) -> Bool {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return [component, "\(plugin.vendor).\(component)", plugin.name, file, path].contains(name)
  }
}
