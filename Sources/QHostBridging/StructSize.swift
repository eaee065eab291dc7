public import CQHost

/// A C struct that begins with the size its author compiled.
public protocol SizedStruct {
  /// All bits zero.
  init()
  /// The size its author compiled.
  var struct_size: UInt32 { get set }
  /// The size it had in the first release of this major version: the least that is accepted.
  static var firstSize: Int { get }
}

extension SizedStruct {
  /// A zeroed struct with its size set.
  public static func sized() -> Self {
    var value = Self()
    value.struct_size = UInt32(MemoryLayout<Self>.size)
    return value
  }

  /// A copy of a foreign struct, completed with zeros to this side's size; it says what is its own of it.
  ///
  /// - Returns: `nil` when it is smaller than the first release's.
  public static func reading(_ pointer: UnsafePointer<Self>) -> Self? {
    let raw = UnsafeRawPointer(pointer)
    let size = Int(raw.loadUnaligned(as: UInt32.self))
    guard size >= firstSize else { return nil }
    var value = Self()
    withUnsafeMutableBytes(of: &value) { target in
      target.copyMemory(
        from: UnsafeRawBufferPointer(start: raw, count: min(size, MemoryLayout<Self>.size)))
    }
    // Whoever reads the copy must not look beyond it.
    value.struct_size = UInt32(min(size, MemoryLayout<Self>.size))
    return value
  }

  /// Such a copy that lives until the process ends.
  static func completed(_ table: UnsafeRawPointer) -> UnsafeRawPointer? {
    guard let value = reading(table.assumingMemoryBound(to: Self.self)) else { return nil }
    let copy = UnsafeMutablePointer<Self>.allocate(capacity: 1)
    copy.initialize(to: value)
    return UnsafeRawPointer(copy)
  }
}

extension qhost_host: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 128 }
}
extension qhost_parameter: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 72 }
}
extension qhost_choice: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 24 }
}
extension qhost_value: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 56 }
}
extension qhost_dependency: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 40 }
}
extension qhost_component: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 80 }
}
extension qhost_capability: SizedStruct {
  /// As of version 1.1.
  public static var firstSize: Int { 24 }
}
extension qhost_resolved: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 40 }
}
extension qhost_request: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 48 }
}
extension qhost_plugin: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 64 }
}
extension qhost_shape: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 16 }
}
extension qhost_error: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 24 }
}
extension qhost_problem: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 80 }
}
extension qhost_query: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 96 }
}
extension qhost_answer: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 40 }
}
extension qhost_writer: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 24 }
}
extension qhost_objective: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 24 }
}
extension qhost_optimizer: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 80 }
}
extension qhost_packets: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 144 }
}
extension qhost_solver: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 40 }
}
extension qhost_tensor: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 32 }
}
extension qhost_attribute: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 48 }
}
extension qhost_node: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 56 }
}
extension qhost_graph: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 64 }
}
extension qhost_mapping: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 40 }
}
extension qhost_parameter_block: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 32 }
}
extension qhost_model_description: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 80 }
}
extension qhost_changes: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 48 }
}
extension qhost_model: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 144 }
}
extension qhost_resource: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 40 }
}
extension qhost_dataset_description: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 136 }
}
extension qhost_dataset: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 112 }
}
extension qhost_calibration: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 32 }
}
extension qhost_artifact_sink: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 32 }
}
extension qhost_execution_cost: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 40 }
}
extension qhost_target: SizedStruct {
  /// As of version 1.0.
  public static var firstSize: Int { 40 }
}
