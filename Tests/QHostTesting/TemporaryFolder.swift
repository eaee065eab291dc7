import Foundation

/// A new folder that is removed with this value, at the latest when the process ends.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let path: String

  /// The folder of all of them.
  private static let root: String = {
    let path = FileManager.default.temporaryDirectory.path + "/qhost-tests-\(getpid())"
    try? FileManager.default.removeItem(atPath: path)
    // Values that live in constants are never released.
    atexit { try? FileManager.default.removeItem(atPath: TemporaryFolder.root) }
    return path
  }()

  /// Makes the folder.
  public init() throws {
    path = Self.root + "/" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A folder that lasts as long as the process.
  public static let ofProcess: TemporaryFolder = {
    do {
      return try TemporaryFolder()
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

  /// The names in it, sorted.
  public var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}
