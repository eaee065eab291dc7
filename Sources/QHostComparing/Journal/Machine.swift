internal import Glibc
internal import QHostRuntime

/// The machine that runs were made on, as far as it matters to their timings.
public struct Machine: Sendable, Codable, Equatable {
  /// Its name.
  public var host: String
  /// The processor's model.
  public var processor: String
  /// Processors that are online.
  public var processors: Int
  /// Memory in bytes.
  public var memoryBytes: Int
  /// The kernel and its version.
  public var kernel: String
  /// How the processor's frequency is governed; `nil` where that is not known.
  public var governor: String?
  /// Processes that were running, on average over the last minute.
  public var loadAverage: Double

  /// Looks at this machine.
  public static func current() -> Machine {
    var names = utsname()
    uname(&names)
    let model = text("/proc/cpuinfo").split(separator: "\n").first { $0.hasPrefix("model name") }
    let governor = text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
    return Machine(
      host: string(&names.nodename),
      processor: model?.split(separator: ":").last.map { trimmed($0) } ?? "unknown",
      processors: max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))),
      memoryBytes: Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE))),
      kernel: "\(string(&names.sysname)) \(string(&names.release))",
      governor: governor.isEmpty ? nil : trimmed(governor[...]), loadAverage: currentLoad())
  }

  /// Processes that are running, on average over the last minute; 0 where that is not known.
  public static func currentLoad() -> Double {
    var load = 0.0
    return getloadavg(&load, 1) == 1 ? load : 0
  }

  private static func text(_ path: String) -> String {
    ((try? FileAccess.read(path)).map { String(decoding: $0, as: UTF8.self) }) ?? ""
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }

  private static func string<Tuple>(_ tuple: inout Tuple) -> String {
    withUnsafeBytes(of: &tuple) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
