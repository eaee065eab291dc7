public import CQHost
public import QHostInterfaces

/// Why a component table cannot be used.
public struct FormatError: Error, CustomStringConvertible {
  /// One sentence: what is wrong, and what to do.
  public var description: String

  /// Makes an error.
  public init(_ description: String) { self.description = description }
}

/// A component of a plugin, read from its C table and checked.
public final class ForeignComponent: @unchecked Sendable {
  /// Its kind.
  public let kind: ComponentKind
  /// What it says of itself.
  public let descriptor: ComponentDescriptor
  /// The files that can be fetched for it (datasets).
  public let resources: [Resource]
  /// Its C table, owned by the plugin.
  public let pointer: UnsafePointer<qhost_component>
  /// The table of its kind, completed to this side's size; never freed.
  public let table: UnsafeRawPointer
  /// The tables of what it can do beside its kind, completed to this side's size; never freed.
  let capabilities: [Capability: UnsafeRawPointer]
  /// Who it is in messages, for example `optimizer 'adam'`; never freed.
  let label: UnsafePointer<CChar>
  /// Whether its plugin may still be called.
  let life: PluginLife

  /// Reads and checks a component's table.
  public convenience init(reading pointer: UnsafePointer<qhost_component>) throws(FormatError) {
    try self.init(reading: pointer, life: PluginLife())
  }

  /// Reads and checks all components of a plugin.
  ///
  /// - Parameters:
  ///   - list: their addresses, [count].
  ///   - count: how many.
  /// - Returns: the components, in order.
  /// - Throws: one sentence that says what is wrong.
  public static func reading(
    _ list: UnsafePointer<UnsafePointer<qhost_component>?>?, count: Int
  ) throws(FormatError) -> [ForeignComponent] {
    guard count <= TableLimits.components else {
      throw FormatError(
        "it says that it has \(count) components, and \(TableLimits.components) are the most; report "
          + "it to its author")
    }
    let life = PluginLife()
    var components: [ForeignComponent] = []
    for index in 0..<count {
      guard let pointer = list?[index] else {
        throw FormatError("component \(index) is NULL; report it to its author")
      }
      let component = try ForeignComponent(reading: pointer, life: life)
      let isTwice = components.contains {
        $0.kind == component.kind && $0.descriptor.name == component.descriptor.name
      }
      guard !isTwice else {
        throw FormatError("\(component.culprit) is in it twice; rename one of them")
      }
      components.append(component)
    }
    return components
  }

  private init(
    reading pointer: UnsafePointer<qhost_component>, life: PluginLife
  ) throws(FormatError) {
    self.life = life
    guard let raw = qhost_component.reading(pointer) else {
      throw FormatError(
        "a component's struct_size is smaller than version 1.0 of the interface has")
    }
    guard let kindText = raw.kind.map({ String(cString: $0) }),
      let kind = ComponentKind(interfaceID: kindText)
    else {
      throw FormatError(
        "component '\(raw.name.map { String(cString: $0) } ?? "?")' is of unknown kind "
          + "'\(raw.kind.map { String(cString: $0) } ?? "NULL")'; a newer qhost may know it")
    }
    let descriptor = try ComponentDescriptor(reading: raw)
    self.kind = kind
    self.descriptor = descriptor
    self.pointer = pointer
    guard let table = raw.table else {
      throw FormatError("\(kind) '\(descriptor.name)' has no table of functions")
    }
    self.table = try Self.completed(table, kind: kind, name: descriptor.name)
    resources = kind == .dataset ? try Self.resources(of: self.table) : []
    capabilities = try Capability.tables(of: raw, kind, culprit: "\(kind) '\(descriptor.name)'")
    label = UnsafePointer(Self.permanent("\(kind) '\(descriptor.name)'"))
  }

  /// Stands for a component whose library is in another process: it can be described, and not be made here.
  ///
  /// - Parameter description: what that process says of it.
  public init(elsewhere description: DistantDescription) {
    life = PluginLife()
    kind = description.kind
    descriptor = description.descriptor
    resources = description.resources
    pointer = UnsafePointer(DistantDescription.cleared(as: qhost_component.self))
    table = description.table
    capabilities = description.capabilityTables
    label = UnsafePointer(Self.permanent("\(description.kind) '\(description.descriptor.name)'"))
  }

  /// Who it is in messages.
  public var culprit: String { "\(kind) '\(descriptor.name)'" }

  /// Whether it can do something beside what its kind's table says.
  public func has(_ capability: Capability) -> Bool { capabilities[capability] != nil }

  /// Its table of a capability, if it has it.
  func capability<Table>(_ capability: Capability, as type: Table.Type) -> Table? {
    capabilities[capability]?.assumingMemoryBound(to: type).pointee
  }

  private static func completed(
    _ table: UnsafeRawPointer, kind: ComponentKind, name: String
  ) throws(FormatError) -> UnsafeRawPointer {
    switch kind {
    case .optimizer: try completed(table, as: qhost_optimizer.self, kind, name)
    case .solver: try completed(table, as: qhost_solver.self, kind, name)
    case .model: try completed(table, as: qhost_model.self, kind, name)
    case .dataset: try completed(table, as: qhost_dataset.self, kind, name)
    case .target: try completed(table, as: qhost_target.self, kind, name)
    }
  }

  private static func completed<T: SizedStruct>(
    _ table: UnsafeRawPointer, as type: T.Type, _ kind: ComponentKind, _ name: String
  ) throws(FormatError) -> UnsafeRawPointer {
    guard let copy = T.completed(table) else {
      throw FormatError(
        "the table of \(kind) '\(name)' has struct_size "
          + "\(table.loadUnaligned(as: UInt32.self)), version 1.0 of the interface has "
          + "\(T.firstSize); set struct_size to sizeof the table")
    }
    return copy
  }

  private static func resources(
    of table: UnsafeRawPointer
  ) throws(FormatError) -> [Resource] {
    let dataset = table.assumingMemoryBound(to: qhost_dataset.self).pointee
    var resources: [Resource] = []
    guard Int(dataset.resource_count) <= TableLimits.members else {
      throw FormatError(
        "a dataset says that it has \(dataset.resource_count) files, and \(TableLimits.members) are the "
          + "most; report it to its author")
    }
    for index in 0..<Int(dataset.resource_count) {
      guard let pointer = dataset.resources?[index], let raw = qhost_resource.reading(pointer),
        let path = raw.path, let url = raw.url, let sha256 = raw.sha256
      else { throw FormatError("resource \(index) of a dataset is incomplete") }
      resources.append(
        Resource(
          path: String(cString: path), url: String(cString: url),
          sha256: String(cString: sha256), byteCount: Int(raw.bytes)))
    }
    return resources
  }

  private static func permanent(_ text: String) -> UnsafeMutablePointer<CChar> {
    let bytes = Array(text.utf8CString)
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    copy.initialize(from: bytes, count: bytes.count)
    return copy
  }
}

extension ComponentKind {
  /// The string that names the kind in the C interface.
  public var interfaceID: String {
    switch self {
    case .optimizer: QHOST_KIND_OPTIMIZER
    case .solver: QHOST_KIND_SOLVER
    case .model: QHOST_KIND_MODEL
    case .dataset: QHOST_KIND_DATASET
    case .target: QHOST_KIND_TARGET
    }
  }

  /// The kind that a string of the C interface names.
  public init?(interfaceID: String) {
    guard let kind = Self.allCases.first(where: { $0.interfaceID == interfaceID }) else {
      return nil
    }
    self = kind
  }
}
