public import CQHost
internal import Glibc
public import QHostInterfaces

/// Host services as the C table that components receive.
public final class HostTable {
  /// The version of the host that tables give.
  public static let version = "0.1.0"
  private nonisolated(unsafe) static let versionText: UnsafeMutablePointer<CChar> = {
    let bytes = Array(version.utf8CString)
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    copy.initialize(from: bytes, count: bytes.count)
    return copy
  }()

  /// The table; valid as long as this object.
  public let pointer: UnsafePointer<qhost_host>
  private let table: UnsafeMutablePointer<qhost_host>
  fileprivate let services: any HostServices
  /// What the component is told of the models that it depends on; `nil` once it is made.
  var innerModels: InnerModels?

  /// Makes a table that calls the given services.
  public init(_ services: any HostServices) {
    self.services = services
    table = .allocate(capacity: 1)
    table.initialize(to: .sized())
    pointer = UnsafePointer(table)
    table.pointee.abi_major = QHOST_ABI_MAJOR
    table.pointee.abi_minor = QHOST_ABI_MINOR
    table.pointee.thread_count = UInt32(services.threadCount)
    table.pointee.context = Unmanaged.passUnretained(self).toOpaque()
    table.pointee.version = UnsafePointer(Self.versionText)
    fillMessages()
    fillRandom()
    fillSystem()
  }

  deinit { table.deallocate() }

  private func fillMessages() {
    table.pointee.log = { host, level, message in
      guard let message else { return }
      hostServices(host).log(
        LogLevel(rawValue: level) ?? .error, String(cString: message).shownOnOneLine)
    }
    table.pointee.progress = { host, fraction, message in
      hostServices(host).progress(fraction, message.map { String(cString: $0) } ?? "")
    }
    table.pointee.is_cancelled = { host in hostServices(host).isCancelled ? 1 : 0 }
  }

  private func fillRandom() {
    table.pointee.random_bits = { host, step, index, count, out in
      hostServices(host).fillBits(
        step: step, index: index, UnsafeMutableBufferPointer(start: out, count: Int(count)))
    }
    table.pointee.random_uniform = { host, step, index, count, out in
      hostServices(host).fillUniform(
        step: step, index: index, UnsafeMutableBufferPointer(start: out, count: Int(count)))
    }
    table.pointee.random_normal = { host, step, index, count, out in
      hostServices(host).fillNormal(
        step: step, index: index, UnsafeMutableBufferPointer(start: out, count: Int(count)))
    }
  }

  private func fillSystem() {
    table.pointee.parallel_for = { host, count, context, body in
      guard let body else { return }
      nonisolated(unsafe) let context = context
      hostServices(host).parallelFor(Int(count)) { body(context, UInt64($0)) }
    }
    table.pointee.allocate = { _, bytes in
      var memory: UnsafeMutableRawPointer?
      // What Swift allocates ends the process when there is none.
      guard bytes <= UInt64(Int.max), posix_memalign(&memory, 64, max(1, Int(bytes))) == 0 else {
        return nil
      }
      return memory
    }
    table.pointee.deallocate = { _, memory in free(memory) }
    table.pointee.clock_nanoseconds = { host in hostServices(host).nanoseconds }
    table.pointee.locate_data = { host, path, out, capacity, error in
      guard let path, let out else {
        return error.report(ComponentError("locate_data needs a path and a buffer"))
      }
      do throws(ComponentError) {
        let found = Array(try hostServices(host).locateData(String(cString: path)).utf8CString)
        guard found.count <= Int(capacity) else {
          throw ComponentError("the buffer given to locate_data is too small for the path")
        }
        out.update(from: found, count: found.count)
        return QHOST_OK
      } catch let failure {
        return error.report(failure)
      }
    }
    table.pointee.capability = { _, id in
      id.flatMap { Capability(id: String(cString: $0)) }?.hostTable
    }
  }
}

extension HostTable {
  /// The object behind the table that a component calls with.
  static func at(_ host: UnsafePointer<qhost_host>?) -> HostTable {
    guard let context = host?.pointee.context else {
      preconditionFailure("a plugin called a host service without its host table")
    }
    return Unmanaged<HostTable>.fromOpaque(context).takeUnretainedValue()
  }
}

private func hostServices(_ host: UnsafePointer<qhost_host>?) -> any HostServices {
  HostTable.at(host).services
}
