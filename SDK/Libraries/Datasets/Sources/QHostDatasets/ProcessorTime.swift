#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What this process has had of the processors.
public enum ProcessorTime {
  /// Seconds so far, of all its threads.
  public static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
