internal import CQHost
public import QHostInterfaces

/// What another process says of a component whose library is loaded there alone.
public struct DistantDescription: Sendable {
  /// Its kind.
  public var kind: ComponentKind
  /// What it says of itself.
  public var descriptor: ComponentDescriptor
  /// The files that can be fetched for it (datasets).
  public var resources: [Resource]
  /// What it can do beside what its kind's table says.
  public var capabilities: Set<Capability>
  /// What goes with it where the user names nothing (models); `nil`: it says nothing.
  public var companions: Companions?
  /// How far a seed repeats what it does.
  public var determinism = Determinism.pure
  /// What it cannot do without (optimizers).
  public var requiredQueries: QueryKinds
  /// The minibatch that suits it (optimizers); 0: all rows.
  public var preferredBatchRows: Int

  /// Makes a description.
  public init(
    kind: ComponentKind, descriptor: ComponentDescriptor, resources: [Resource] = [],
    capabilities: Set<Capability> = [], requiredQueries: QueryKinds = [],
    preferredBatchRows: Int = 0
  ) {
    self.kind = kind
    self.descriptor = descriptor
    self.resources = resources
    self.capabilities = capabilities
    self.requiredQueries = requiredQueries
    self.preferredBatchRows = preferredBatchRows
  }

  /// Describes a component of this process, for another one.
  public init(of component: ForeignComponent) {
    self.init(
      kind: component.kind, descriptor: component.descriptor, resources: component.resources,
      capabilities: Set(component.capabilities.keys))
    companions = component.companions
    determinism = component.determinism
    guard kind == .optimizer else { return }
    requiredQueries = ForeignOptimizer.requiredQueries(of: component)
    preferredBatchRows = ForeignOptimizer.preferredBatchRows(of: component)
  }

  /// A table of its kind without a single function.
  var table: UnsafeRawPointer {
    switch kind {
    case .optimizer:
      let table = Self.cleared(as: qhost_optimizer.self)
      table.pointee.required_queries = requiredQueries.rawValue
      table.pointee.preferred_batch_rows = UInt64(preferredBatchRows)
      return UnsafeRawPointer(table)
    case .solver: return UnsafeRawPointer(Self.cleared(as: qhost_solver.self))
    case .model: return UnsafeRawPointer(Self.cleared(as: qhost_model.self))
    case .dataset: return UnsafeRawPointer(Self.cleared(as: qhost_dataset.self))
    case .target: return UnsafeRawPointer(Self.cleared(as: qhost_target.self))
    }
  }

  /// Its tables of capabilities: of those that are data what they are, of others that there is one.
  var capabilityTables: [Capability: UnsafeRawPointer] {
    var tables: [Capability: UnsafeRawPointer] = [:]
    for capability in capabilities { tables[capability] = UnsafeRawPointer(Self.empty) }
    if let companions { tables[.companions] = Self.table(of: companions) }
    if capabilities.contains(.determinism) {
      tables[.determinism] = Self.table(of: determinism)
    }
    return tables
  }

  /// A promise as its struct; never freed.
  private static func table(of determinism: Determinism) -> UnsafeRawPointer {
    let arena = Unmanaged.passRetained(Arena()).takeUnretainedValue()
    let table = cleared(as: qhost_determinism.self)
    table.pointee.level = determinism.level.rawValue
    table.pointee.reason = arena.text(determinism.reason)
    return UnsafeRawPointer(table)
  }

  /// Companions as their struct; never freed.
  private static func table(of companions: Companions) -> UnsafeRawPointer {
    let arena = Unmanaged.passRetained(Arena()).takeUnretainedValue()
    let table = cleared(as: qhost_companions.self)
    table.pointee.dataset = arena.text(companions.dataset)
    table.pointee.optimizer = arena.text(companions.optimizer)
    table.pointee.evaluation_limit = UInt64(companions.evaluationLimit)
    table.pointee.shared_count = UInt32(companions.shared.count)
    table.pointee.shared = arena.texts(companions.shared)
    return UnsafeRawPointer(table)
  }

  /// A struct that is all zeros but for its size; never freed.
  static func cleared<T: SizedStruct>(as type: T.Type) -> UnsafeMutablePointer<T> {
    let table = UnsafeMutablePointer<T>.allocate(capacity: 1)
    table.initialize(to: T.sized())
    return table
  }

  /// Stands for the table of any capability.
  private nonisolated(unsafe) static let empty: UnsafeMutableRawPointer = {
    let table = UnsafeMutableRawPointer.allocate(byteCount: 4096, alignment: 16)
    table.initializeMemory(as: UInt8.self, repeating: 0, count: 4096)
    return table
  }()
}
