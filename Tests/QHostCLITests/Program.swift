import Foundation
import Testing

/// The built `qhost`, run as a child in folders of its own.
final class Program {
  /// What a child left behind.
  struct Result {
    var code: Int32
    var output: String
    var error: String

    /// The lines on standard error.
    var errorLines: [Substring] { error.split(separator: "\n") }

    /// Standard output as one JSON object.
    func json() throws -> [String: Any] {
      let object = try JSONSerialization.jsonObject(with: Data(output.utf8))
      return try #require(object as? [String: Any])
    }
  }

  /// A temporary folder, which is the child's current one and is removed in the end.
  let folder: String
  private let variables: [String: String]
  private let isolatesUntrusted: Bool

  /// Makes folders for one test.
  ///
  /// - Parameters:
  ///   - changes: of the variables of this process.
  ///   - isolatesUntrusted: whether plugins that nobody vouches for are isolated, as they are for users; else those of
  ///     the tests' own folders work in the process of the command, which most tests are about.
  /// - Throws: when a folder cannot be made.
  init(_ changes: [String: String] = [:], isolatesUntrusted: Bool = false) throws {
    self.isolatesUntrusted = isolatesUntrusted
    folder = NSTemporaryDirectory() + "qhost-cli-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var variables = ProcessInfo.processInfo.environment
    for name in ["QHOST_DATA", "QHOST_PLUGIN_PATH", "OPENBLAS_CORETYPE"] { variables[name] = nil }
    for name in ["STATE", "CACHE", "DATA"] { variables["XDG_\(name)_HOME"] = folder + "/" + name }
    // One cache of scans for all tests: to scan the plugins takes longer than most tests.
    variables["XDG_CACHE_HOME"] = Self.cache
    variables["SWIFT_BACKTRACE"] = "enable=no"
    variables.merge(changes) { $1 }
    self.variables = variables
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private static let cache = {
    atexit { try? FileManager.default.removeItem(atPath: Program.cachePath) }
    return cachePath
  }()

  private static let cachePath = NSTemporaryDirectory() + "qhost-cli-cache-\(getpid())"

  /// The program, which SwiftPM builds beside the tests.
  static let path: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return (own as NSString).deletingLastPathComponent + "/qhost"
  }()

  /// Runs a command to its end.
  func run(_ arguments: String...) throws -> Result { try run(arguments) }

  /// Runs a command to its end.
  func run(_ arguments: [String]) throws -> Result {
    try start(arguments).wait()
  }

  /// Runs a script in which `$0` is the program.
  func shell(_ script: String) throws -> Result {
    try Child("/bin/bash", ["-c", script, Self.path], variables, folder).wait()
  }

  /// Starts a command that continues in the background.
  func start(_ arguments: [String]) throws -> Child {
    try Child(Self.path, arguments + isolation(arguments), variables, folder)
  }

  /// What to add to the words of a command that may use plugins of other folders.
  private func isolation(_ words: [String]) -> [String] {
    let hasOthers = words.contains("--plugins") || variables["QHOST_PLUGIN_PATH"] != nil
    let loadsNone = ["export", "merge", "report"].contains(words.first)
    return hasOthers && !loadsNone && !isolatesUntrusted ? ["--no-isolate"] : []
  }

  /// Starts another program that continues in the background.
  func start(_ path: String, _ arguments: [String]) throws -> Child {
    try Child(path, arguments, variables, folder)
  }

  /// Writes a file into the folder and gives its path.
  func write(_ text: String, to name: String) throws -> String {
    try write(Data(text.utf8), to: name)
  }

  /// Writes a file into the folder and gives its path.
  func write(_ data: Data, to name: String) throws -> String {
    let path = folder + "/" + name
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try data.write(to: URL(fileURLWithPath: path))
    return path
  }

  /// The files in a folder below this one.
  func files(in name: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + name)) ?? []).sorted()
  }

  /// Whether a file is there.
  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder + "/" + name) }
}
