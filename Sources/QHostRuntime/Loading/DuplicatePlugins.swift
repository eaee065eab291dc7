internal import Glibc

/// Plugins of which no two may answer to the same full name.
enum DuplicatePlugins {
  /// The plugins that were found, without copies of a file; those whose names another one has are refused.
  ///
  /// - Parameter entries: in the order of the search path.
  /// - Returns: them in the same order.
  static func refused(in entries: [PluginCatalogue.Entry]) -> [PluginCatalogue.Entry] {
    passingOverLater(refusingBorrowedVendors(entries))
  }

  /// The vendor of the plugins that come with the host.
  private static let ownVendor = "qhost"

  /// Refuses plugins from elsewhere that say they are of the host's vendor where one of the host's own has a component
  /// of the same full name: neither could be named any more.
  private static func refusingBorrowedVendors(_ entries: [PluginCatalogue.Entry])
    -> [PluginCatalogue.Entry]
  {
    let beside = folder(of: programPath)
    let own = [beside, beside + "/../lib/qhost/plugins"].map {
      FileAccess.resolved(String($0))
    }
    func isOwn(_ entry: PluginCatalogue.Entry) -> Bool {
      own.contains(String(folder(of: entry.path)))
    }
    var names: [String: String] = [:]
    for entry in entries where isOwn(entry) {
      for name in ownNames(of: entry) { names[name] = entry.path }
    }
    return entries.map { entry in
      guard !isOwn(entry), let name = ownNames(of: entry).first(where: { names[$0] != nil }),
        let other = names[name]
      else { return entry }
      return PluginCatalogue.Entry(
        path: entry.path,
        result: .broken(
          reason:
            "its vendor is '\(ownVendor)', and '\(other)' has \(name) already; give it a vendor of its own"
        ), sha256: entry.sha256)
    }
  }

  /// Leaves copies of a file out, and refuses other files with a component of a full name that an earlier one has: the
  /// order of the folders decides.
  private static func passingOverLater(_ entries: [PluginCatalogue.Entry]) -> [PluginCatalogue
    .Entry]
  {
    var contents: Set<String> = []
    var names: [String: String] = [:]
    return entries.compactMap { entry in
      guard case .plugin(let plugin) = entry.result else { return entry }
      guard entry.sha256.isEmpty || contents.insert(entry.sha256).inserted else { return nil }
      let own = fullNames(of: plugin)
      if let name = own.first(where: { names[$0] != nil }), let other = names[name] {
        return PluginCatalogue.Entry(
          path: entry.path,
          result: .broken(
            reason: "'\(other)' comes before it, and has \(name) too; remove one of the two"),
          sha256: entry.sha256)
      }
      for name in own { names[name] = entry.path }
      return entry
    }
  }

  /// The folder of a file.
  static func folder(of path: String) -> Substring {
    path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
  }

  private static let programPath: String = {
    guard let path = realpath("/proc/self/exe", nil) else { return "" }
    defer { free(path) }
    return String(cString: path)
  }()

  private static func ownNames(of entry: PluginCatalogue.Entry) -> [String] {
    guard case .plugin(let plugin) = entry.result, plugin.vendor == ownVendor else { return [] }
    return fullNames(of: plugin)
  }

  private static func fullNames(of plugin: PluginSummary) -> [String] {
    plugin.components.map { "\($0.kind) \(plugin.vendor).\($0.name)" }
  }
}
