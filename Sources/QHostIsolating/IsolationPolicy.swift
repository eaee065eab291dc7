internal import QHostBridging
internal import QHostInterfaces
public import QHostRuntime

/// Which components work in processes of their own.
public struct IsolationPolicy: Sendable {
  /// What the user names for everything that can be isolated.
  public static let everything = "all"

  /// What the user names: components, vendors' names of components, plugins, or their files.
  public let names: [String]
  private let distrust: @Sendable (PluginCatalogue.Listing) -> Distrust?

  /// That nobody vouches for a plugin.
  public struct Distrust: Sendable {
    /// Why what could vouch for it does not count; `nil`: there is nothing.
    public var reason: String?

    /// Makes one.
    public init(reason: String?) { self.reason = reason }
  }

  /// Takes what the user names, and what nobody vouches for.
  ///
  /// - Parameters:
  ///   - names: what `--isolate` is given.
  ///   - catalogue: what there is.
  ///   - distrust: says of a component that nobody vouches for its plugin; `nil`: somebody does.
  /// - Throws: kind `usage` for a name that nothing has.
  public init(
    _ names: [String], catalogue: PluginCatalogue,
    distrust: @escaping @Sendable (PluginCatalogue.Listing) -> Distrust? = { _ in nil }
  ) throws(RunError) {
    self.names = names
    self.distrust = distrust
    for name in names where name != Self.everything {
      guard !catalogue.listings.contains(where: { Self.matches(name, $0) }) else { continue }
      let known = catalogue.listings.flatMap { [$0.name, $0.plugin.name] } + [Self.everything]
      throw RunError(
        .usage,
        "there is no component, plugin or plugin's file '\(name)' to isolate"
          + Suggestion.sentence(for: name, among: Array(Set(known)).sorted()))
    }
  }

  /// The decision: whether a component works in a process of its own, because the user says so, or because nobody
  /// vouches for its plugin.
  public func isolates(_ listing: PluginCatalogue.Listing) -> Bool {
    isNamed(listing) || distrust(listing) != nil
  }

  /// What to tell the user who has not named a component that is isolated; `nil`: nothing.
  func note(on listing: PluginCatalogue.Listing) -> String? {
    guard !isNamed(listing), let distrust = distrust(listing) else { return nil }
    let reason = distrust.reason.map { " (\($0))" } ?? ""
    return
      "plugin '\(listing.plugin.name)' is not trusted\(reason) and works in a process of its own, which its times include; "
      + "'qhost plugins trust \(listing.path)' trusts it, --no-isolate has it in this process once"
  }

  private func isNamed(_ listing: PluginCatalogue.Listing) -> Bool {
    names.contains { name in
      name == Self.everything
        ? IsolatedKind.isMeantByAll(listing.kind) : Self.matches(name, listing)
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
