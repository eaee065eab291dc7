internal import Glibc

/// The predictions of a run, a line each, in a file that a run that is resumed continues with.
final class PredictionLog {
  /// Its name in the run's folder.
  static let fileName = "predictions.csv"
  private static let header = Array("row,prediction\n".utf8)

  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var written: Int
  /// Bytes, those that are not written yet included.
  var byteCount: Int { written + buffer.count }

  /// Opens the file, and forgets what lies behind so many bytes.
  ///
  /// - Throws: kind `data` where it cannot be written.
  init(_ folder: String, keeping bytes: Int) throws(RunError) {
    path = folder + "/" + Self.fileName
    written = bytes
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_size >= bytes,
      ftruncate(descriptor, off_t(bytes)) == 0, lseek(descriptor, 0, SEEK_END) >= 0
    else {
      throw RunError(
        .data,
        "cannot continue with '\(path)': \(status.st_size < bytes ? "it has fewer predictions than the checkpoint says" : String(cString: strerror(errno))); "
          + "restore it, or start a new run")
    }
    if bytes == 0 { buffer = Self.header }
  }

  deinit { close(descriptor) }

  /// Adds a prediction.
  func append(row: Int, _ prediction: String) {
    buffer.append(contentsOf: "\(row),\(prediction)\n".utf8)
  }

  /// Writes what has come together, once it is much.
  func writeIfLarge() throws(RunError) {
    if buffer.count > 1 << 18 { try write() }
  }

  /// Writes all, and waits until it is on the disk.
  func flush() throws(RunError) {
    try write()
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure }
  }

  private func write() throws(RunError) {
    var place = 0
    while place < buffer.count {
      let count = buffer.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: place), buffer.count - place)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure }
      place += count
    }
    written += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  private var failure: RunError {
    RunError(.data, "cannot write '\(path)': \(String(cString: strerror(errno))); make room")
  }
}
