internal import Czlib
public import QHostInterfaces

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Reads whole files, unpacking those that are gzip.
public enum FileBytes {
  private static let blockSize = 1 << 18

  /// Whether there is something at a path.
  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The bytes of a file, unpacked if it is gzip whatever its name.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - remedy: what the user should do about a damaged file; the end of the sentence.
  /// - Returns: what is in it.
  /// - Throws: an error of kind `data` when it cannot be read, is damaged or is cut off.
  public static func read(_ path: String, remedy: String) throws(ComponentError) -> [UInt8] {
    guard let file = gzopen(path, "rb") else {
      throw .data("'\(path)' cannot be opened: \(systemMessage()); \(remedy)")
    }
    gzbuffer(file, UInt32(blockSize))
    var bytes: [UInt8] = []
    var failure: String?
    while failure == nil {
      let count = append(&bytes, from: file)
      if count < 0 { failure = message(of: file, path) }
      if count <= 0 { break }
    }
    // At a cut-off end the last read gives what there is, and only closing tells.
    let status = gzclose(file)
    if failure == nil, status != Z_OK { failure = "the compressed data ends too early" }
    if let failure { throw .data("'\(path)' cannot be read: \(failure); \(remedy)") }
    return bytes
  }

  /// The bytes of a file of text; see ``read(_:remedy:)``.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - remedy: what the user should do about a file that cannot be used.
  /// - Returns: what is in it.
  /// - Throws: also for a file with zero bytes, as programs, archives and UTF-16 have.
  public static func readText(_ path: String, remedy: String) throws(ComponentError) -> [UInt8] {
    let bytes = try read(path, remedy: remedy)
    guard !bytes.contains(0) else {
      throw .data("'\(path)' is no UTF-8 text, it has zero bytes; \(remedy)")
    }
    return bytes
  }

  /// Reads one more block; its size, 0 at the end, below 0 on failure.
  private static func append(_ bytes: inout [UInt8], from file: gzFile) -> Int {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: blockSize) { block in
      let count = Int(gzread(file, block.baseAddress, UInt32(blockSize)))
      if count > 0 { bytes.append(contentsOf: block[..<count]) }
      return count
    }
  }

  private static func message(of file: gzFile, _ path: String) -> String {
    var code: Int32 = 0
    guard let text = gzerror(file, &code) else { return "unknown error" }
    if code == Z_ERRNO { return systemMessage() }
    // zlib writes "path: reason"; the path is named already.
    let reason = String(cString: text).dropFirst("\(path): ".count)
    return "the compressed data is damaged (\(reason))"
  }

  private static func systemMessage() -> String { String(cString: strerror(errno)) }
}
