import Foundation

/// What other programs said, as the scripts in `Fixtures` recorded it.
enum RecordedFile {
  static func data(_ name: String) throws -> Data {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try Data(
      contentsOf: folder.deletingLastPathComponent().appending(path: "Fixtures/\(name)"))
  }
}
