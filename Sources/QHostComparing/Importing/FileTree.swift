internal import Glibc
internal import QHostRuntime

/// The files below a folder.
enum FileTree {
  private static let depth = 6

  /// Their paths, which begin with the folder, in order; links to folders are not followed.
  static func files(in folder: String) -> [String] { files(in: folder, depth) }

  private static func files(in folder: String, _ depth: Int) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var files: [String] = []
    var folders: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      if entry.pointee.d_type == UInt8(DT_DIR) {
        folders.append("\(folder)/\(name)")
      } else {
        files.append("\(folder)/\(name)")
      }
    }
    guard depth > 0 else { return files.sorted() }
    return files.sorted() + folders.sorted().flatMap { Self.files(in: $0, depth - 1) }
  }
}
