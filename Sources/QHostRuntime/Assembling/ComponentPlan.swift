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
  /// What it depends on, by the dependency's name.
  public let dependencies: [String: ComponentPlan]

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
      above: DependencyChain())
  }

  private init(
    _ kind: ComponentKind, named name: String, at place: String, settings: Settings,
    catalogue: PluginCatalogue, above: DependencyChain
  ) throws(RunError) {
    let chain = above.adding(kind, name, at: place)
    let listing = try catalogue.listing(kind, named: name)
    let component = try catalogue.component(listing)
    self.place = place
    self.component = component
    plugin = listing.plugin
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
        settings: settings, catalogue: catalogue, above: chain)
    }
    self.dependencies = dependencies
  }

  /// Every key that may be set for it and its dependencies.
  public var keys: [String] {
    component.descriptor.parameters.map { "\(place).\($0.name)" }
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
    } + dependencies.values.flatMap(\.paths)
  }

  /// Refuses settings that no component of a run has.
  ///
  /// - Throws: kind `usage`, with the nearest key.
  public static func check(_ settings: Settings, against plans: [ComponentPlan]) throws(RunError) {
    let known = plans.flatMap(\.keys)
    for key in settings.values.keys.sorted() where !known.contains(key) {
      throw RunError(
        .usage, "there is no parameter '\(key)'" + Suggestion.sentence(for: key, among: known))
    }
  }

  /// The request that makes its instance, with its dependencies made first.
  ///
  /// - Parameters:
  ///   - common: what all components of the run have in common.
  ///   - mapping: what models among the dependencies map to what.
  /// - Returns: the request.
  /// - Throws: what a dependency throws.
  func request(
    _ common: RunServices.Common, mapping: Mapping?
  ) throws(ComponentError) -> ComponentRequest {
    var solvers: [String: any Solver] = [:]
    var models: [String: any Model] = [:]
    for (name, plan) in dependencies {
      let inner = try plan.request(common, mapping: mapping)
      switch plan.component.kind {
      case .solver: solvers[name] = try ForeignSolver(plan.component, request: inner)
      case .model:
        guard let mapping else {
          throw ComponentError("\(component.culprit) depends on a model outside a model")
        }
        models[name] = try ForeignModel(plan.component, request: inner, mapping: mapping)
      default: throw ComponentError("\(plan.component.culprit) cannot be a dependency")
      }
    }
    return ComponentRequest(
      configuration: configuration, host: RunServices(common, place: place), solvers: solvers,
      models: models)
  }
}
