import Glibc
import QHostInterfaces

/// What a plugin may call while it is scanned: nothing has a seed or data yet.
final class ScanServices: HostServices {
  var threadCount: Int { 1 }
  var isCancelled: Bool { false }
  var nanoseconds: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  func log(_ level: LogLevel, _ message: String) {}
  func progress(_ fraction: Double, _ message: String) {}

  func fillBits(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<UInt64>) {
    out.update(repeating: 0)
  }

  func fillUniform(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>) {
    out.update(repeating: 0)
  }

  func fillNormal(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>) {
    out.update(repeating: 0)
  }

  func parallelFor(_ count: Int, _ body: @Sendable (Int) -> Void) {
    for index in 0..<count { body(index) }
  }

  func locateData(_ relativePath: String) throws(ComponentError) -> String {
    throw .data("no data can be read while a plugin is scanned")
  }
}
