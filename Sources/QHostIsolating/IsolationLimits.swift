internal import Glibc

/// What a process of a plugin may use.
///
/// The process sets them before it loads the plugin, as hard limits of the system: the plugin can lower them, and
/// not raise them. A limit of the host's own process that is lower stays.
public struct IsolationLimits: Sendable {
  /// Megabytes of memory, beside what the program itself takes.
  public var memoryMegabytes: Int
  /// Files that are open at once.
  public var openFiles = 256
  /// Seconds that one call may take.
  public var callSeconds: Double

  /// The most memory that is given: half of the machine's, and no more than 4 GB.
  public static let mostMemoryMegabytes: Int = {
    let pages = Int(sysconf(Int32(_SC_PHYS_PAGES)))
    let bytes = pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    return max(64, min(4096, bytes >> 21))
  }()

  /// Makes limits.
  ///
  /// - Parameters:
  ///   - memoryMegabytes: can only lower the limit; `nil`: the most.
  ///   - callSeconds: seconds that one call may take.
  public init(memoryMegabytes: Int? = nil, callSeconds: Double) {
    self.memoryMegabytes = min(memoryMegabytes ?? .max, Self.mostMemoryMegabytes)
    self.callSeconds = callSeconds
  }
}
