#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
internal import QHostInterfaces

/// A folder that goes, with the files in it, when nobody uses it any more.
final class TemporaryFolder {
  let path: String

  /// Makes a folder under `TMPDIR`, else `/tmp`.
  init() throws(ComponentError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((parent + "/qhost-c99-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      let code = errno
      // A process without the right to write anywhere, as an isolated one, finds no better folder.
      let remedy =
        code == EACCES || code == EPERM
        ? "c99 runs a compiler, which an isolated process may not: leave out --isolate c99, or set TMPDIR "
          + "to a folder that can be written"
        : "set TMPDIR to another"
      throw ComponentError(
        "no folder can be made in '\(parent)': \(String(cString: strerror(code))); \(remedy)")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      unlink(path + "/" + name)
    }
    closedir(folder)
    rmdir(path)
  }

  /// Writes a file.
  func write(_ text: String, to name: String) throws(ComponentError) {
    let bytes = Array(text.utf8)
    let file = fopen(path + "/" + name, "w")
    let written = file.map { fwrite(bytes, 1, bytes.count, $0) } ?? 0
    let isClosed = file.map { fclose($0) == 0 } ?? false
    guard isClosed, written == bytes.count else {
      throw ComponentError("'\(path)/\(name)' cannot be written; make room or set TMPDIR")
    }
  }

  /// What is in a file; nothing where there is none.
  func read(_ name: String) -> String {
    guard let file = fopen(path + "/" + name, "r") else { return "" }
    defer { fclose(file) }
    var (bytes, chunk) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
