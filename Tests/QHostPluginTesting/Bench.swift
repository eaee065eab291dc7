import Foundation
import Logging
public import QHostBridging
public import QHostInterfaces
public import QHostRuntime
import QHostTesting

/// The plugins of some folders, each loaded once, and what runs of them need.
public final class Bench: @unchecked Sendable {
  private let lock = NSLock()
  private let catalogue: PluginCatalogue

  /// The built plugins.
  public static let built = Bench(ofProcess: [BuiltProducts.folder])

  /// Finds and scans the plugins of folders.
  public init(_ folders: [String], timeoutSeconds: Double = 10) throws {
    catalogue = try PluginCatalogue(
      searching: PluginSearchPath(folders: folders),
      scanner: PluginScanner(executable: BuiltProducts.program, timeoutSeconds: timeoutSeconds),
      cachePath: TemporaryFolder.ofProcess.path + "/bench.json",
      services: RunServices(Self.common(), place: "plugins"))
  }

  private convenience init(ofProcess folders: [String]) {
    do { try self.init(folders) } catch { preconditionFailure("\(error)") }
  }

  /// What the components of a run have in common.
  public static func common(seed: UInt64 = 1, threads: Int = 1) -> RunServices.Common {
    RunServices.Common(
      seed: seed, pool: WorkerPool(threadCount: threads), cancellation: Cancellation(),
      dataFolders: DataFolders(environment: ProcessInfo.processInfo.environment),
      logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
  }

  /// Does something with the catalogue, which only one thread may use at a time.
  public func withCatalogue<R>(_ body: (PluginCatalogue) throws -> R) rethrows -> R {
    try lock.withLock { try body(catalogue) }
  }

  /// All components of a kind.
  public func components(_ kind: ComponentKind) -> [BenchComponent] {
    withCatalogue { catalogue in
      catalogue.listings.filter { $0.kind == kind }.map { listing in
        do {
          return BenchComponent(
            listing: listing, component: try catalogue.component(listing), bench: self)
        } catch {
          preconditionFailure("\(error)")
        }
      }
    }
  }

  /// Picks and checks a component and its configuration, as a command line would.
  public func plan(
    _ kind: ComponentKind, _ name: String, _ settings: [String] = []
  ) throws -> ComponentPlan {
    try withCatalogue {
      try ComponentPlan(
        kind, named: name, at: kind.rawValue, settings: try Settings(settings), catalogue: $0)
    }
  }

  /// Makes the parts of a run.
  public func assembly(
    _ specification: RunSpecification, threads: Int = 1
  ) throws -> RunAssembly {
    let common = Self.common(seed: specification.seed, threads: threads)
    return try withCatalogue {
      try RunAssembly(specification, catalogue: $0, common: common)
    }
  }
}

/// A component of a library that is under test.
public struct BenchComponent: Sendable, CustomStringConvertible {
  /// What the scan says of it.
  public let listing: PluginCatalogue.Listing
  /// Its table.
  public let component: ForeignComponent
  /// Where it comes from.
  public let bench: Bench

  /// The name on the command line.
  public var name: String { listing.name }
  /// What it says of itself.
  public var descriptor: ComponentDescriptor { component.descriptor }
  /// Its name.
  public var description: String { listing.fullName }

  /// Whether users can leave all its parameters alone.
  public var hasDefaults: Bool { descriptor.parameters.allSatisfy { $0.defaultValue != nil } }

  /// Its defaults, and its defaults with each choice that there is, as settings of a command line.
  public var variants: [[String]] {
    let choices = descriptor.parameters.flatMap { parameter in
      parameter.choices.filter { $0.name != parameter.defaultValue }.map {
        ["\(listing.kind).\(parameter.name)=\($0.name)"]
      }
    }
    return [[]] + choices
  }

  /// A request for an instance, with the instances that it depends on.
  ///
  /// - Parameters:
  ///   - settings: as on a command line.
  ///   - seed: of the run.
  ///   - threads: how many there are.
  ///   - mapping: what models among the dependencies map; `nil`: there must be none.
  /// - Returns: the request.
  /// - Throws: what a setting or a dependency throws.
  public func request(
    _ settings: [String] = [], seed: UInt64 = 1, threads: Int = 1, mapping: Mapping? = nil
  ) throws -> ComponentRequest {
    let plan = try bench.plan(listing.kind, listing.fullName, settings)
    return try plan.request(Bench.common(seed: seed, threads: threads), mapping)
  }
}

extension ComponentPlan {
  /// The request for its instance.
  func request(_ common: RunServices.Common, _ mapping: Mapping?) throws -> ComponentRequest {
    var request = ComponentRequest(
      configuration: configuration, host: RunServices(common, place: place))
    for (name, plan) in dependencies {
      let inner = try plan.request(common, mapping)
      if plan.component.kind == .solver {
        request.solvers[name] = try ForeignSolver(plan.component, request: inner)
      } else if let mapping {
        request.models[name] = try ForeignModel(plan.component, request: inner, mapping: mapping)
      }
    }
    return request
  }
}
