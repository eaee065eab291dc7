internal import CQHostIsolation
internal import QHostInterfaces
internal import QHostRuntime

/// What the host does for a component, in the component's own process.
///
/// Random numbers have counters: those that are made here have the bits that the host's would have. Whether the user
/// asked to stop is read from the memory that both share.
final class ServicesApart: HostServices {
  private let services: RunServices
  private nonisolated(unsafe) let channel: OpaquePointer

  init(_ services: RunServices, _ channel: OpaquePointer) {
    self.services = services
    self.channel = channel
  }

  /// Whether the component has drawn random numbers.
  var hasDrawn: Bool { services.hasDrawn }

  var threadCount: Int { services.threadCount }
  var isCancelled: Bool { qhost_channel_is_cancelled(channel) != 0 }
  var nanoseconds: UInt64 { services.nanoseconds }

  func log(_ level: LogLevel, _ message: String) { services.log(level, message) }

  func progress(_ fraction: Double, _ message: String) { services.progress(fraction, message) }

  func fillBits(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<UInt64>) {
    services.fillBits(step: step, index: index, out)
  }

  func fillUniform(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>) {
    services.fillUniform(step: step, index: index, out)
  }

  func fillNormal(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>) {
    services.fillNormal(step: step, index: index, out)
  }

  func parallelFor(_ count: Int, _ body: @Sendable (Int) -> Void) {
    services.parallelFor(count, body)
  }

  func locateData(_ relativePath: String) throws(ComponentError) -> String {
    try services.locateData(relativePath)
  }
}
