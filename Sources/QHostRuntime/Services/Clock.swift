internal import Glibc

/// The host's clocks.
public enum Clock {
  /// Nanoseconds of a steady clock whose zero has no meaning.
  @inline(__always)
  public static func nanoseconds() -> UInt64 { read(CLOCK_MONOTONIC) }

  /// Seconds of processor time of the whole process.
  public static func processorSeconds() -> Double { Double(read(CLOCK_PROCESS_CPUTIME_ID)) * 1e-9 }

  /// The most memory that the process has held, in bytes, since the start or ``forgetPeak()``.
  public static func peakBytes() -> Int {
    if let bytes = try? FileAccess.read("/proc/self/status") {
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      let words = lines.first { $0.hasPrefix("VmHWM:") }?.split { $0 == " " || $0 == "\t" } ?? []
      if words.count > 1, let kilobytes = Int(words[1]) { return kilobytes * 1024 }
    }
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return Int(usage.ru_maxrss) * 1024
  }

  /// Makes what the process holds now the most that it has held, where the system can do that.
  package static func forgetPeak() {
    let descriptor = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    _ = write(descriptor, "5", 1)
  }

  @inline(__always)
  private static func read(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
