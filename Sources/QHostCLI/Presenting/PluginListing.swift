import QHostBridging
import QHostInterfaces
import QHostRuntime

/// All plugins, for people and as JSON: schema `qhost.plugins/1`.
struct PluginListing: Encodable {
  struct Plugin: Encodable {
    var path: String
    var plugin: PluginSummary
  }

  struct Broken: Encodable {
    var path: String
    var reason: String
  }

  var schema = "qhost.plugins/1"
  var folders: [String]
  var plugins: [Plugin]
  var broken: [Broken]

  init(_ catalogue: PluginCatalogue) {
    folders = catalogue.folders
    plugins = catalogue.entries.compactMap { entry in
      guard case .plugin(let summary) = entry.result else { return nil }
      return Plugin(path: entry.path, plugin: summary)
    }
    broken = catalogue.broken.map { Broken(path: $0.path, reason: $0.reason) }
  }

  var text: String {
    var lines: [String] = []
    for kind in ComponentKind.allCases {
      let rows = plugins.flatMap { plugin in
        plugin.plugin.components.filter { $0.kind == kind.rawValue }.map { ($0, plugin.plugin) }
      }
      guard !rows.isEmpty else { continue }
      lines.append(Terminal.styled("\(kind.rawValue)s", .bold, toOutput: true))
      for (component, plugin) in rows.sorted(by: { $0.0.name < $1.0.name }) {
        lines.append(
          "  \(padded(component.name, 18)) \(component.summary) "
            + Terminal.styled(
              "(\(plugin.vendor)/\(plugin.name) \(plugin.version))", .dim, toOutput: true))
      }
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

/// Components with their parameters, as JSON: schema `qhost.components/1`.
struct ComponentListing: Encodable {
  struct Component: Encodable {
    var kind: String
    var name: String
    var summary: String
    var source: String?
    var plugin: String
    var vendor: String
    var version: String
    var path: String
    var parameters: [Parameter]
    var dependencies: [Dependency]
  }

  struct Parameter: Encodable {
    var name: String
    var type: String
    var documentation: String
    var unit: String?
    var defaultValue: String?
    var minimum: Double?
    var maximum: Double?
    var isTunable: Bool
    var choices: [String]?
  }

  struct Dependency: Encodable {
    var name: String
    var kind: String
    var defaultComponent: String
    var documentation: String
  }

  var schema = "qhost.components/1"
  var components: [Component]

  init(_ found: [(PluginCatalogue.Listing, ForeignComponent)]) {
    components = found.map { listing, component in
      Component(
        kind: listing.kind.rawValue, name: listing.name, summary: listing.summary,
        source: component.descriptor.source, plugin: listing.plugin.name,
        vendor: listing.plugin.vendor, version: listing.plugin.version, path: listing.path,
        parameters: component.descriptor.parameters.map { Parameter($0) },
        dependencies: component.descriptor.dependencies.map {
          Dependency(
            name: $0.name, kind: $0.kind.rawValue, defaultComponent: $0.defaultComponent,
            documentation: $0.documentation)
        })
    }
  }
}

extension ComponentListing.Parameter {
  init(_ parameter: ParameterDescriptor) {
    name = parameter.name
    type = "\(parameter.type)"
    documentation = parameter.documentation
    unit = parameter.unit
    defaultValue = parameter.defaultValue
    minimum = parameter.minimum.isFinite ? parameter.minimum : nil
    maximum = parameter.maximum.isFinite ? parameter.maximum : nil
    isTunable = parameter.isTunable
    choices = parameter.choices.isEmpty ? nil : parameter.choices.map(\.name)
  }
}
