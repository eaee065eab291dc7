public import CQHost
public import QHostInterfaces

/// A host's C table as host services: what the Swift SDK gives to components.
public final class ForeignHost: HostServices, @unchecked Sendable {
  let pointer: UnsafePointer<qhost_host>
  private let table: qhost_host

  /// Wraps a host's table, which must outlive this object.
  public init(_ pointer: UnsafePointer<qhost_host>) {
    guard let table = qhost_host.reading(pointer) else {
      preconditionFailure("the host's table is smaller than version 1.0 of the interface has")
    }
    self.pointer = pointer
    self.table = table
  }

  /// The threads that ``parallelFor(_:_:)`` uses.
  public var threadCount: Int { Int(table.thread_count) }
  /// Whether the user asked to stop.
  public var isCancelled: Bool { table.is_cancelled(pointer) != 0 }
  /// Nanoseconds of a steady clock.
  public var nanoseconds: UInt64 { table.clock_nanoseconds(pointer) }

  /// Shows a message to the user.
  public func log(_ level: LogLevel, _ message: String) {
    table.log(pointer, level.rawValue, message)
  }

  /// Shows how far a long preparation has come.
  public func progress(_ fraction: Double, _ message: String) {
    table.progress(pointer, fraction, message)
  }

  /// Fills `out` with uniformly random words.
  public func fillBits(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<UInt64>) {
    guard let start = out.baseAddress else { return }
    table.random_bits(pointer, step, index, UInt64(out.count), start)
  }

  /// Fills `out` with values uniform over [0, 1).
  public func fillUniform(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>) {
    guard let start = out.baseAddress else { return }
    table.random_uniform(pointer, step, index, UInt64(out.count), start)
  }

  /// Fills `out` with values of mean 0 and deviation 1.
  public func fillNormal(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>) {
    guard let start = out.baseAddress else { return }
    table.random_normal(pointer, step, index, UInt64(out.count), start)
  }

  /// Calls `body(i)` once for each i < count, on several threads, and waits.
  public func parallelFor(_ count: Int, _ body: @Sendable (Int) -> Void) {
    withoutActuallyEscaping(body) { escapable in
      withUnsafePointer(to: escapable) { context in
        table.parallel_for(
          pointer, UInt64(count), UnsafeMutableRawPointer(mutating: context)
        ) { context, index in
          guard let context else { return }
          context.assumingMemoryBound(to: (@Sendable (Int) -> Void).self).pointee(Int(index))
        }
      }
    }
  }

  /// The host's side of a capability, as its header says; `nil` when this host does not have it.
  func capability(_ id: String) -> UnsafeRawPointer? {
    table.capability.flatMap { $0(pointer, id) }
  }

  /// The absolute path of a data file.
  public func locateData(_ relativePath: String) throws(ComponentError) -> String {
    let error = ErrorBuffer()
    var path = [CChar](repeating: 0, count: 4096)
    let status = table.locate_data(
      pointer, relativePath, &path, UInt64(path.count), error.pointer)
    guard status == QHOST_OK else {
      throw ComponentError(
        error.takeMessage(),
        kind: ComponentError.Kind(rawValue: error.pointer.pointee.kind) ?? .data)
    }
    return path.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
  }
}
