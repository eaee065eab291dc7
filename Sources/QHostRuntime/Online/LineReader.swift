internal import Glibc

/// Lines of a file or a pipe, one after the other, in fixed memory.
final class LineReader {
  /// A line longer than that is none of a table.
  static let limit = 16 << 20

  /// What came.
  enum Line: Equatable {
    /// A line without its end.
    case whole([UInt8])
    /// What stands before an end of the stream that is not an end of a line.
    case torn([UInt8])
    /// The stream has ended.
    case end
    /// The user asked to stop.
    case cancelled
  }

  private let descriptor: Int32
  private let path: String
  private let cancellation: Cancellation
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var place = 0
  private var filled = 0
  private var isAtEnd = false
  /// Lines so far.
  private(set) var number = 0

  /// Opens a file; `-`: standard input.
  ///
  /// - Throws: kind `data` where it cannot be read.
  init(_ path: String, _ cancellation: Cancellation) throws(RunError) {
    self.path = path
    self.cancellation = cancellation
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw RunError(
        .data, "cannot read '\(path)': \(String(cString: strerror(errno))); correct the path")
    }
  }

  deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

  /// The next line.
  ///
  /// - Throws: kind `data` where reading fails or a line is too long.
  func next() throws(RunError) -> Line {
    var line: [UInt8] = []
    while true {
      if let end = buffer[place..<filled].firstIndex(of: 0x0A) {
        line.append(contentsOf: buffer[place..<end])
        place = end + 1
        number += 1
        if line.last == 0x0D { line.removeLast() }
        return .whole(line)
      }
      line.append(contentsOf: buffer[place..<filled])
      place = filled
      guard line.count <= Self.limit else {
        throw RunError(
          .data, "'\(path)', line \(number + 1) is longer than 16 MiB; give a table of text")
      }
      if isAtEnd { return line.isEmpty ? .end : .torn(line) }
      guard try fill() else { return .cancelled }
    }
  }

  /// Waits for bytes, and looks now and then whether the user wants to stop.
  private func fill() throws(RunError) -> Bool {
    while true {
      if cancellation.isRequested { return false }
      var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let status = poll(&wanted, 1, 200)
      if status == 0 || (status < 0 && errno == EINTR) { continue }
      let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw RunError(
          .data, "cannot read '\(path)': \(String(cString: strerror(errno))); correct the path")
      }
      (place, filled, isAtEnd) = (0, count, count == 0)
      return true
    }
  }
}
