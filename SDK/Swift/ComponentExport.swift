internal import CQHost
internal import QHostBridging
public import QHostInterfaces
internal import Synchronization

/// One component of a plugin, ready to be put into its table.
///
/// C functions cannot capture a type, so each component carries a factory in its `context`, and all
/// components of a kind share one table of functions that work on `any Optimizer` and so on.
public struct ComponentExport {
  let kind: ComponentKind
  let descriptor: ComponentDescriptor
  let factory: AnyObject
  let table: (Arena) -> UnsafeRawPointer
  let capabilities: (Arena) -> [qhost_capability]

  /// An optimizer.
  public static func optimizer<T: OptimizerComponent>(_ type: T.Type) -> Self {
    Self(
      kind: .optimizer, descriptor: T.descriptor,
      factory: Factory<Problem, any Optimizer> { (request, problem) throws(ComponentError) in
        try T(request: request, problem: problem)
      },
      table: {
        optimizerTable(
          requiredQueries: T.requiredQueries, preferredBatchRows: T.preferredBatchRows, in: $0)
      }, capabilities: { QHostSDK.capabilities(of: type, .optimizer, in: $0) })
  }

  /// An optimizer that owns its loop.
  public static func loopOptimizer<T: LoopOptimizerComponent>(_ type: T.Type) -> Self {
    Self(
      kind: .optimizer, descriptor: T.descriptor,
      factory: Factory<Problem, any LoopOptimizer> { (request, problem) throws(ComponentError) in
        try T(request: request, problem: problem)
      },
      table: {
        loopOptimizerTable(
          requiredQueries: T.requiredQueries, preferredBatchRows: T.preferredBatchRows, in: $0)
      }, capabilities: { QHostSDK.capabilities(of: type, .optimizer, in: $0) })
  }

  /// A solver.
  public static func solver<T: SolverComponent>(_ type: T.Type) -> Self {
    Self(
      kind: .solver, descriptor: T.descriptor,
      factory: Factory<Void, any Solver> { (request, _) throws(ComponentError) in
        try T(request: request)
      },
      table: { solverTable(modes: T.modes, topologies: T.topologies, in: $0) },
      capabilities: { QHostSDK.capabilities(of: type, .solver, in: $0) })
  }

  /// A model.
  public static func model<T: ModelComponent>(_ type: T.Type) -> Self {
    Self(
      kind: .model, descriptor: T.descriptor,
      factory: Factory<Mapping, any Model> { (request, mapping) throws(ComponentError) in
        try T(request: request, mapping: mapping)
      },
      table: { modelTable(in: $0) },
      capabilities: { QHostSDK.capabilities(of: type, .model, in: $0) })
  }

  /// A dataset.
  public static func dataset<T: DatasetComponent>(_ type: T.Type) -> Self {
    Self(
      kind: .dataset, descriptor: T.descriptor,
      factory: Factory<Void, any Dataset> { (request, _) throws(ComponentError) in
        try T(request: request)
      },
      table: { datasetTable(resources: T.resources, in: $0) },
      capabilities: { QHostSDK.capabilities(of: type, .dataset, in: $0) })
  }

  /// A target.
  public static func target<T: TargetComponent>(_ type: T.Type) -> Self {
    Self(
      kind: .target, descriptor: T.descriptor,
      factory: Factory<Void, any Target> { (request, _) throws(ComponentError) in
        try T(request: request)
      },
      table: { targetTable(in: $0) },
      capabilities: { QHostSDK.capabilities(of: type, .target, in: $0) })
  }

  func stored(in arena: Arena) -> qhost_component {
    var raw = qhost_component.sized()
    raw.kind = arena.text(kind.interfaceID)
    raw.name = arena.text(descriptor.name)
    raw.summary = arena.text(descriptor.summary)
    raw.source = arena.text(descriptor.source)
    raw.parameter_count = UInt32(descriptor.parameters.count)
    raw.parameters = arena.pointers(descriptor.parameters.map { $0.stored(in: arena) })
    raw.dependency_count = UInt32(descriptor.dependencies.count)
    raw.dependencies = arena.pointers(descriptor.dependencies.map { $0.stored(in: arena) })
    raw.table = table(arena)
    raw.context = Unmanaged.passUnretained(factory).toOpaque()
    let capabilities = capabilities(arena)
    raw.capability_count = UInt64(capabilities.count)
    raw.capabilities = arena.pointers(capabilities)
    return raw
  }
}

/// Makes instances of one component.
final class Factory<Input, Instance> {
  let make: (ComponentRequest, Input) throws(ComponentError) -> Instance
  /// The component as its table has it, read once: copies of tables are never freed.
  private let read = Mutex<ForeignComponent?>(nil)

  init(_ make: @escaping (ComponentRequest, Input) throws(ComponentError) -> Instance) {
    self.make = make
  }

  /// The component that instances are made of.
  func known(
    _ component: UnsafePointer<qhost_component>
  ) throws(ComponentError) -> ForeignComponent {
    do throws(FormatError) {
      return try read.withLock { (known) throws(FormatError) in
        if let known { return known }
        let read = try ForeignComponent(reading: component)
        known = read
        return read
      }
    } catch let error {
      throw ComponentError(error.description)
    }
  }
}
