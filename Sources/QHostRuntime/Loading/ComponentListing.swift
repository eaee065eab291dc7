public import QHostBridging
internal import QHostInterfaces

/// Components with their parameters, as JSON: schema `qhost.components/1`.
public struct ComponentListing: Encodable {
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

  private let schema = "qhost.components/1"
  private let components: [Component]

  /// Lists components with what their libraries say of them.
  public init(_ found: [(PluginCatalogue.Listing, ForeignComponent)]) {
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
