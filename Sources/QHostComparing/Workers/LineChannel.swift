internal import Glibc
public import QHostRuntime

/// Reads lines from a descriptor, waiting for each.
public final class LineReader {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var searched = 0

  /// Reads from a descriptor.
  public init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// The next line without its end; `nil` when there is no more.
  public func next() throws(RunError) -> [UInt8]? {
    while true {
      if let line = takeLine() { return line }
      guard try fill() else { return nil }
    }
  }

  /// A line that has arrived already.
  func takeLine() -> [UInt8]? {
    guard let end = buffer[searched...].firstIndex(of: 0x0A) else {
      searched = buffer.count
      return nil
    }
    let line = Array(buffer[..<end])
    buffer.removeFirst(end + 1)
    searched = 0
    return line
  }

  /// Takes what has arrived, or waits for it.
  ///
  /// - Returns: `false` at the end.
  func fill() throws(RunError) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileAccess.failure("a pipe between processes failed") }
      buffer.append(contentsOf: chunk[..<count])
      return count > 0
    }
  }
}

/// Writes lines to a descriptor.
struct LineWriter: Sendable {
  private let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Writes all of the bytes.
  ///
  /// - Parameters:
  ///   - bytes: what to write.
  ///   - path: the file that it goes to; `nil`: a pipe.
  /// - Throws: kind `data`.
  func write(_ bytes: [UInt8], to path: String? = nil) throws(RunError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        throw FileAccess.failure(
          path.map { "cannot write '\($0)'" } ?? "a pipe between processes failed")
      }
      written += count
    }
  }
}
