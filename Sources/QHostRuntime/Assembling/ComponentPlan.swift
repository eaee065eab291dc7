public import QHostBridging
public import QHostInterfaces

/// A component picked for a place of a run, with its checked configuration and its dependencies.
public struct ComponentPlan: Sendable {
  /// Where it stands, for example `optimizer` or `optimizer.solver`.
  public let place: String
  /// The component.
  public let component: ForeignComponent
  /// The plugin it is in.
  public let plugin: PluginSummary
  /// The values of its parameters.
  public let configuration: Configuration
  /// The file of a trained model that it starts from, for a model that another one is made around; `nil`: none.
  public let start: String?
  /// What it depends on, by the dependency's name.
  public let dependencies: [String: ComponentPlan]
  /// The file of its library.
  public let path: String
  /// Has it made in a process of its own, with what it depends on; `nil`: it is made in this one.
  let isolation: (any ComponentIsolating)?

  /// Whether ``start`` can be set.
  public let mayStartFromFile: Bool

  /// Picks a component by name and checks what the user set for it.
  ///
  /// - Throws: kind `usage`, for an unknown name, a value out of range, or a required parameter that
  ///   is not set; for a component that depends on itself without end.
  public init(
    _ kind: ComponentKind, named name: String, at place: String, settings: Settings,
    catalogue: PluginCatalogue
  ) throws(RunError) {
    try self.init(
      kind, named: name, at: place, settings: settings, catalogue: catalogue,
      above: DependencyChain(), startsFromFile: false)
  }

  private init(
    _ kind: ComponentKind, named name: String, at place: String, settings: Settings,
    catalogue: PluginCatalogue, above: DependencyChain, startsFromFile: Bool
  ) throws(RunError) {
    let chain = above.adding(kind, name, at: place)
    let listing = try catalogue.listing(kind, named: name)
    let component = try catalogue.component(listing)
    self.place = place
    self.component = component
    plugin = listing.plugin
    path = listing.path
    start = try startsFromFile ? Self.start(of: component, at: place, settings) : nil
    mayStartFromFile = startsFromFile
    var values: [String: ParameterValue] = [:]
    for parameter in component.descriptor.parameters {
      let key = "\(place).\(parameter.name)"
      guard let text = settings[key] ?? parameter.defaultValue else {
        throw RunError(
          .usage,
          "\(component.culprit) needs \(key): \(parameter.documentation) Set it with --set \(key)=..."
        )
      }
      values[parameter.name] = try parameter.value(of: text, key: key)
    }
    configuration = Configuration(values)
    var dependencies: [String: ComponentPlan] = [:]
    for dependency in component.descriptor.dependencies {
      let key = "\(place).\(dependency.name)"
      try chain.check(dependency, at: key, settings: settings)
      dependencies[dependency.name] = try ComponentPlan(
        dependency.kind, named: settings[key] ?? dependency.defaultComponent, at: key,
        settings: settings, catalogue: catalogue, above: chain,
        startsFromFile: dependency.kind == .model && component.has(.inner))
    }
    self.dependencies = dependencies
    // Both sides of a dependency call each other all the time: they are in one process.
    let isApart =
      catalogue.isolates(listing) || dependencies.values.contains { $0.isolation != nil }
    isolation = isApart ? catalogue.isolation : nil
  }

  /// Whether it works in a process of its own.
  public var isIsolated: Bool { isolation != nil }

  /// Every key that may be set for it and its dependencies.
  public var keys: [String] {
    (mayStartFromFile ? ["\(place).\(Self.startName)"] : [])
      + component.descriptor.parameters.map { "\(place).\($0.name)" }
      + component.descriptor.dependencies.flatMap { dependency in
        ["\(place).\(dependency.name)"] + (dependencies[dependency.name]?.keys ?? [])
      }
  }

  /// What it depends on, what that depends on, and so on.
  public var allDependencies: [ComponentPlan] {
    dependencies.sorted { $0.key < $1.key }.flatMap { [$1] + $1.allDependencies }
  }

  /// The values of its parameters that are paths, and of its dependencies', by key.
  var paths: [(key: String, path: String)] {
    component.descriptor.parameters.compactMap { parameter in
      guard parameter.type == .path, case .text(let path)? = configuration.values[parameter.name],
        !path.isEmpty
      else { return nil }
      return ("\(place).\(parameter.name)", path)
    } + (start.map { [("\(place).\(Self.startName)", $0)] } ?? [])
      + dependencies.values.flatMap(\.paths)
  }

  /// Refuses settings that no component of a run has.
  ///
  /// - Throws: kind `usage`, with the nearest key.
  public static func check(_ settings: Settings, against plans: [ComponentPlan]) throws(RunError) {
    let known = plans.flatMap(\.keys)
    for key in settings.values.keys.sorted() where !known.contains(key) {
      throw RunError(
        .usage, "there is no parameter '\(key)'" + Suggestion.sentence(forKey: key, among: known))
    }
  }
}
