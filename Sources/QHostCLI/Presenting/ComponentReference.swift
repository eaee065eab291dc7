import QHostBridging
import QHostInterfaces
import QHostRuntime

/// All components of one kind as a page in Markdown: what `Documentation/Reference` consists of.
struct ComponentReference {
  private let kind: ComponentKind
  private let components: [(listing: PluginCatalogue.Listing, component: ForeignComponent)]

  init(_ kind: ComponentKind, _ components: [(PluginCatalogue.Listing, ForeignComponent)]) {
    self.kind = kind
    self.components = components.map { (listing: $0.0, component: $0.1) }
  }

  /// The page, without a line feed at its end.
  var markdown: String {
    var lines = [
      "# \(kind.rawValue.prefix(1).uppercased())\(kind.rawValue.dropFirst())s", "",
      "Generated from the descriptors of the plugins by `qhost plugins reference \(kind)`. A parameter is set by",
      "`--set \(kind).NAME=VALUE`; those in bold are worth tuning.", "",
      "| \(kind) | is | plugin |", "|---|---|---|",
    ]
    for (listing, component) in components {
      lines.append(
        "| [`\(listing.name)`](#\(anchor(listing.name))) | \(cell(component.descriptor.summary)) "
          + "| `\(listing.plugin.name)` |")
    }
    for (listing, component) in components { lines += section(listing, component) }
    return lines.joined(separator: "\n")
  }

  private func section(
    _ listing: PluginCatalogue.Listing, _ component: ForeignComponent
  ) -> [String] {
    let descriptor = component.descriptor
    var lines = ["", "## \(listing.name)", "", descriptor.summary]
    if let source = descriptor.source { lines += ["", "Source: \(source)"] }
    if descriptor.parameters.isEmpty && descriptor.dependencies.isEmpty {
      return lines + ["", "It has no parameters."]
    }
    lines += ["", "| parameter | values | default | meaning |", "|---|---|---|---|"]
    let tunable = descriptor.parameters.filter(\.isTunable)
    for parameter in tunable + descriptor.parameters.filter({ !$0.isTunable }) {
      lines.append(row(parameter))
    }
    for dependency in descriptor.dependencies {
      lines.append(
        "| `\(dependency.name)` | a \(dependency.kind) | `\(dependency.defaultComponent)` "
          + "| \(cell(dependency.documentation)) |")
    }
    return lines
  }

  private func row(_ parameter: ParameterDescriptor) -> String {
    let name = parameter.isTunable ? "**`\(parameter.name)`**" : "`\(parameter.name)`"
    let form =
      switch parameter.type {
      case .integer: "integer"
      case .real: "number"
      case .boolean: "`true`, `false`"
      case .choice: "one of these"
      case .text: "text"
      case .path: "path"
      case .integers: "integers"
      case .reals: "numbers"
      }
    var values = [form]
    if let range = parameter.range { values.append(range) }
    if let unit = parameter.unit { values.append("in \(unit)") }
    let standard =
      switch parameter.defaultValue {
      case .none: "required"
      case .some(""): "none"
      case .some(let value): "`\(value)`"
      }
    let choices = parameter.choices.map { "<br>`\($0.name)`: \(cell($0.documentation))" }
    return
      "| \(name) | \(values.joined(separator: ", ")) | \(standard) "
      + "| \(cell(parameter.documentation))\(choices.joined()) |"
  }

  /// A text within a cell of a table: a bar would end it, and `<` could begin a tag.
  private func cell(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "|": escaped += "\\|"
      case "<": escaped += "&lt;"
      case "*", "_": escaped += "\\\(character)"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  /// The fragment that a heading gets.
  private func anchor(_ name: String) -> String { name.lowercased() }
}
