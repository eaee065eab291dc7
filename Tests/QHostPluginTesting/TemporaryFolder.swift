import Foundation

/// A new folder that is removed with this value.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let path: String

  /// Makes the folder.
  public init() throws {
    path = FileManager.default.temporaryDirectory.path + "/qhost-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A folder that lasts as long as the process.
  public static let ofProcess: TemporaryFolder = {
    do {
      let folder = try TemporaryFolder()
      atexit { try? FileManager.default.removeItem(atPath: TemporaryFolder.ofProcess.path) }
      return folder
    } catch {
      preconditionFailure("there is no place for temporary files: \(error)")
    }
  }()

  /// Writes a file into it, and gives its path.
  @discardableResult
  public func write(_ text: String, to name: String) throws -> String {
    try text.write(toFile: path + "/" + name, atomically: false, encoding: .utf8)
    return path + "/" + name
  }
}
