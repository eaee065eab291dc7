import QHostBridging
import QHostInterfaces
import QHostRuntime
import QHostTrusting

/// All plugins, for people and as JSON: schema `qhost.plugins/1`.
struct PluginListing: Encodable {
  struct Plugin: Encodable {
    var path: String
    var plugin: PluginSummary
    /// `built-in`, `content`, `key` or `none`.
    var trust: String
    /// Who signed it, or why it is not trusted although a signature lies beside it or it once was.
    var trustNote: String?
  }

  struct Broken: Encodable {
    var path: String
    var reason: String
  }

  var schema = "qhost.plugins/1"
  var folders: [String]
  var plugins: [Plugin]
  var broken: [Broken]

  /// Makes a listing.
  ///
  /// - Parameters:
  ///   - catalogue: the plugins.
  ///   - trust: judges a plugin by its file and what it says of itself.
  init(_ catalogue: PluginCatalogue, trust: (String, PluginSummary) -> Trust) {
    folders = catalogue.folders
    plugins = catalogue.entries.compactMap { entry in
      guard case .plugin(let summary) = entry.result else { return nil }
      let (trust, note) = trust(entry.path, summary).described
      return Plugin(path: entry.path, plugin: summary, trust: trust, trustNote: note)
    }
    broken = catalogue.broken.map { Broken(path: $0.path, reason: $0.reason) }
  }

  var text: String {
    var lines: [String] = []
    for kind in ComponentKind.allCases {
      let rows = plugins.flatMap { plugin in
        plugin.plugin.components.filter { $0.kind == kind.rawValue }.map { ($0, plugin) }
      }
      guard !rows.isEmpty else { continue }
      lines.append(Terminal.styled("\(kind.rawValue)s", .bold, toOutput: true))
      for (component, listed) in rows.sorted(by: { $0.0.name < $1.0.name }) {
        let plugin = listed.plugin
        let trust = listed.trust == "none" ? ", not trusted" : ""
        lines.append(
          "  \(padded(component.name, 18)) \(component.summary) "
            + Terminal.styled(
              "(\(plugin.vendor)/\(plugin.name) \(plugin.version)\(trust))", .dim, toOutput: true))
      }
    }
    for plugin in plugins where plugin.trust == "none" {
      guard let note = plugin.trustNote else { continue }
      lines.append(Terminal.styled("not trusted", .red, toOutput: true) + "  \(plugin.path)")
      lines.append("  \(note)")
    }
    for file in broken {
      lines.append(Terminal.styled("broken", .red, toOutput: true) + "  \(file.path)")
      lines.append("  \(file.reason)")
    }
    if plugins.isEmpty {
      lines.append(
        "no plugins were found in \(folders.joined(separator: ", ")); "
          + "build all products, or set QHOST_PLUGIN_PATH")
    }
    return lines.joined(separator: "\n")
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension Trust {
  /// A word for it, and what there is to say beside it.
  fileprivate var described: (word: String, note: String?) {
    switch self {
    case .builtIn: ("built-in", nil)
    case .content: ("content", nil)
    case .key(let name): ("key", name)
    case .none(let reason): ("none", reason)
    }
  }
}
