internal import Czlib
public import QHostInterfaces
internal import QHostMemory

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Reads whole files, unpacking those that are gzip.
public enum FileBytes {
  private static let blockSize = 1 << 18
  /// The most that is set aside on the word of a packed file.
  private static let mostAnnounced = 1 << 28

  /// Whether there is something at a path.
  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// A path with the user's home folder for a leading `~`, which shells leave as it is after `KEY=`.
  public static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }

  /// The bytes of a file, unpacked if it is gzip whatever its name.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - remedy: what the user should do about a damaged file; the end of the sentence.
  ///   - progress: is called with the part that has been read, 0 to 1.
  /// - Returns: what is in it.
  /// - Throws: an error of kind `data` when it cannot be read, is packed in another way, is damaged or is cut off.
  public static func read(
    _ path: String, remedy: String, progress: ((Double) -> Void)? = nil
  ) throws(ComponentError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .data("'\(path)' cannot be opened: \(systemMessage()); \(remedy)")
    }
    var status = stat()
    fstat(descriptor, &status)
    let kind = status.st_mode & S_IFMT
    guard kind != S_IFCHR || isatty(descriptor) == 1, kind != S_IFBLK else {
      close(descriptor)
      throw .data("'\(path)' is a device; \(remedy)")
    }
    guard let file = gzdopen(descriptor, "rb") else {
      close(descriptor)
      throw .data("'\(path)' cannot be opened: \(systemMessage()); \(remedy)")
    }
    gzbuffer(file, UInt32(blockSize))
    var bytes: [UInt8] = []
    let size = Int(status.st_size)
    var failure: String?
    let expected = gzdirect(file) != 0 ? size + 1 : unpackedSize(path, packed: size)
    bytes.reserveCapacity(expected)
    bytes.withUnsafeMutableBytes { memory in
      if let start = memory.baseAddress { LargePages.ask(for: start, byteCount: expected) }
    }
    while failure == nil {
      let count = append(&bytes, from: file)
      if count < 0 { failure = message(of: file) }
      if count <= 0 { break }
      if size > 0 { progress?(min(1, Double(gzoffset(file)) / Double(size))) }
    }
    // At a cut-off end the last read gives what there is, and only closing tells.
    let end = gzclose(file)
    if failure == nil, end != Z_OK { failure = "the compressed data ends too early" }
    if let failure { throw .data("'\(path)' cannot be read: \(failure); \(remedy)") }
    if let words = PackedFile.words(for: bytes) { throw .data("'\(path)' \(words)") }
    return bytes
  }

  /// The bytes of a file of text; see ``read(_:remedy:progress:)``.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - remedy: what the user should do about a file that cannot be used.
  /// - Returns: what is in it.
  /// - Throws: also for a file with zero bytes, as programs, archives and UTF-16 have, and for text that is not UTF-8.
  public static func readText(_ path: String, remedy: String) throws(ComponentError) -> [UInt8] {
    let bytes = try read(path, remedy: remedy)
    guard !bytes.contains(0) else {
      throw .data("'\(path)' is not UTF-8 text, it has zero bytes; \(remedy)")
    }
    try TextPlaces(bytes, path: path).checkEncoding()
    return bytes
  }

  /// What a gzip file says that it unpacks to, in its last four bytes; 0 when that cannot be.
  private static func unpackedSize(_ path: String, packed: Int) -> Int {
    guard packed > 18, let file = fopen(path, "rb") else { return 0 }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4)
    guard fseek(file, -4, SEEK_END) == 0, fread(&bytes, 1, 4, file) == 4 else { return 0 }
    let size = bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    // Deflate makes at most 1,032 bytes of one.
    return size <= min(mostAnnounced, packed * 1032) ? size + 1 : 0
  }

  /// Reads one more block; its size, 0 at the end, below 0 on failure.
  private static func append(_ bytes: inout [UInt8], from file: gzFile) -> Int {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: blockSize) { block in
      let count = Int(gzread(file, block.baseAddress, UInt32(blockSize)))
      if count > 0 { bytes.append(contentsOf: block[..<count]) }
      return count
    }
  }

  private static func message(of file: gzFile) -> String {
    var code: Int32 = 0
    guard let text = gzerror(file, &code) else { return "unknown error" }
    if code == Z_ERRNO { return systemMessage() }
    // zlib writes "<fd:N>: reason"; the path is named already.
    let reason = String(cString: text)
    let words = reason.firstRange(of: ": ").map { reason[$0.upperBound...] } ?? reason[...]
    return "the compressed data is damaged (\(words))"
  }

  private static func systemMessage() -> String { String(cString: strerror(errno)) }
}
