import Foundation
import QHostInterfaces
import QHostTesting
import Synchronization

/// A host whose only data folder is a temporary one.
final class DataFolder: HostServices {
  /// The folder.
  let path: String
  private let host = TestHost()
  private let log = Mutex<[String]>([])

  /// What was said to the user.
  var messages: [String] { log.withLock { $0 } }

  init() throws {
    path = NSTemporaryDirectory() + "qhost-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  var threadCount: Int { 1 }
  var isCancelled: Bool { false }
  var nanoseconds: UInt64 { host.nanoseconds }
  func log(_ level: LogLevel, _ message: String) {
    if level != .debug { log.withLock { $0.append(message) } }
  }
  func progress(_ fraction: Double, _ message: String) {}
  func fillBits(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<UInt64>) {
    host.fillBits(step: step, index: index, out)
  }
  func fillUniform(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>) {
    host.fillUniform(step: step, index: index, out)
  }
  func fillNormal(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>) {
    host.fillNormal(step: step, index: index, out)
  }
  func parallelFor(_ count: Int, _ body: @Sendable (Int) -> Void) {
    host.parallelFor(count, body)
  }

  func locateData(_ relativePath: String) throws(ComponentError) -> String {
    let file = path + "/" + relativePath
    guard FileManager.default.fileExists(atPath: file) else {
      throw .data("'\(relativePath)' is in none of the data folders ['\(path)']")
    }
    return file
  }
}
