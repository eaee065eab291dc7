internal import Foundation
internal import Logging
internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// A plugin that is loaded in this process to be tried.
final class CheckSubject {
  /// The file.
  let path: String
  /// The plugin, once something asks for it; loading is a check itself.
  private(set) lazy var loaded = Result { () throws(RunError) in
    try PluginLibrary(loading: path, services: services())
  }
  /// The random numbers that inputs are made of.
  let seed: UInt64
  /// What the user set, `KIND.KEY=VALUE`.
  let settings: [String]
  /// `KIND/NAME`; empty: the plugin.
  let componentName: String
  /// Whether instances that are made from here on are asked to stop.
  var cancellation = Cancellation()
  private let findLibrary: (ComponentKind, String) throws -> PluginLibrary
  /// Those that were found.
  private var others: [String: PluginLibrary] = [:]

  /// Takes a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - component: `KIND/NAME`; empty: the plugin.
  ///   - settings: what the user set.
  ///   - seed: of all random numbers.
  ///   - findLibrary: finds the plugin that a dependency is in.
  init(
    path: String, component: String, settings: [String], seed: UInt64,
    findLibrary: @escaping (ComponentKind, String) throws -> PluginLibrary
  ) {
    self.path = path
    componentName = component
    self.settings = settings
    self.seed = seed
    self.findLibrary = findLibrary
  }

  /// The plugin.
  func library() throws -> PluginLibrary {
    do {
      return try loaded.get()
    } catch {
      throw CheckFailure(error.message)
    }
  }

  /// The component that is tried.
  func component() throws -> ForeignComponent {
    let parts = componentName.split(separator: "/", maxSplits: 1).map(String.init)
    let found = try library().components.first {
      parts.count == 2 && $0.kind.rawValue == parts[0] && $0.descriptor.name == parts[1]
    }
    guard let found else { throw CheckFailure("it has no component '\(componentName)'") }
    return found
  }

  /// Leaves out what the component does not promise.
  ///
  /// - Throws: ``CheckSkip`` where it promises less.
  func expect(_ level: Determinism.Level) throws {
    let promise = try component().determinism
    guard promise.level.rawValue > level.rawValue else { return }
    let what =
      promise.level == .session ? "to repeat itself within one process alone" : "nothing of that"
    throw CheckSkip("it promises \(what): \(promise.reason ?? "")")
  }

  /// What it may call of the host.
  func services(seed: UInt64 = 1, threads: Int = 1, place: String = "plugins") -> RunServices {
    RunServices(common(seed: seed, threads: threads), place: place)
  }

  private func common(seed: UInt64, threads: Int) -> RunServices.Common {
    RunServices.Common(
      seed: seed, pool: WorkerPool(threadCount: threads), cancellation: cancellation,
      dataFolders: DataFolders(environment: ProcessInfo.processInfo.environment),
      logger: Logger(label: "validate") { _ in SwiftLogNoOpLogHandler() })
  }

  /// A request for an instance, with the user's settings, these, and its dependencies.
  ///
  /// - Throws: ``CheckSkip`` for settings that cannot be used, which a check of its own finds.
  func request(
    _ changes: [String] = [], seed: UInt64 = 1, threads: Int = 1, mapping: Mapping? = nil
  ) throws -> ComponentRequest {
    do {
      return try plannedRequest(changes, seed: seed, threads: threads, mapping: mapping)
    } catch let error as RunError {
      throw CheckSkip(error.message)
    }
  }

  /// The same, with the host's own words for settings that cannot be used.
  func plannedRequest(
    _ changes: [String] = [], seed: UInt64 = 1, threads: Int = 1, mapping: Mapping? = nil
  ) throws -> ComponentRequest {
    let component = try component()
    let kind = component.kind
    let own = settings.filter { $0.hasPrefix("\(kind.rawValue).") }
    let missing = component.descriptor.parameters.filter { parameter in
      parameter.defaultValue == nil
        && !(own + changes).contains { $0.hasPrefix("\(kind.rawValue).\(parameter.name)=") }
    }
    if let first = missing.first {
      throw CheckSkip(
        "it has no default for \(first.name); give one by --set \(kind.rawValue).\(first.name)=VALUE"
      )
    }
    var libraries = [try library()]
    for dependency in component.descriptor.dependencies {
      let key = "\(dependency.kind)/\(dependency.defaultComponent)"
      let other =
        try others[key] ?? findLibrary(dependency.kind, dependency.defaultComponent)
      others[key] = other
      if !libraries.contains(where: { $0.path == other.path }) { libraries.append(other) }
    }
    let catalogue = PluginCatalogue(libraries, services: services())
    let plan = try ComponentPlan(
      kind, named: "\(try library().summary.vendor).\(component.descriptor.name)",
      at: kind.rawValue, settings: try Settings(own + changes), catalogue: catalogue)
    return try request(plan, common(seed: seed, threads: threads), mapping)
  }

  private func request(
    _ plan: ComponentPlan, _ common: RunServices.Common, _ mapping: Mapping?
  ) throws -> ComponentRequest {
    var request = ComponentRequest(
      configuration: plan.configuration, host: RunServices(common, place: plan.place))
    for (name, plan) in plan.dependencies {
      let inner = try self.request(plan, common, mapping)
      if plan.component.kind == .solver {
        request.solvers[name] = try ForeignSolver(plan.component, request: inner)
      } else if let mapping {
        request.models[name] = try ForeignModel(plan.component, request: inner, mapping: mapping)
      }
    }
    return request
  }

  /// Numbers between −1 and 1 that depend on the seed.
  func numbers(_ count: Int, stream: UInt64 = 0) -> [Double] {
    var values = [Double](repeating: 0, count: count)
    values.withUnsafeMutableBufferPointer {
      services(seed: seed, place: "validate").fillUniform(step: stream, index: 0, $0)
    }
    return values.map { 2 * $0 - 1 }
  }
}
