internal import Glibc

/// The host's clocks.
public enum Clock {
  /// Nanoseconds of a steady clock whose zero has no meaning.
  @inline(__always)
  public static func nanoseconds() -> UInt64 { read(CLOCK_MONOTONIC) }

  /// Seconds of processor time of the whole process.
  public static func processorSeconds() -> Double { Double(read(CLOCK_PROCESS_CPUTIME_ID)) * 1e-9 }

  /// The most memory that the process has held, in bytes.
  public static func peakBytes() -> Int {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return Int(usage.ru_maxrss) * 1024
  }

  @inline(__always)
  private static func read(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
