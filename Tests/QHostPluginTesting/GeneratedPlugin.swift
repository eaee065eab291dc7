import Foundation
public import QHostInterfaces
import QHostRuntime
import QHostTesting

/// A language that `qhost new-plugin` writes plugins in.
public enum GeneratedLanguage: String, Sendable, CaseIterable {
  /// C99, built by `make`.
  case c
  /// C++20, built by `make`.
  case cpp
  /// Rust, built by `cargo`.
  case rust
  /// Swift, built by SwiftPM.
  case swift

  /// Whether its tools are here.
  public var isPresent: Bool {
    switch self {
    case .c: Program.exists("make") && Program.exists("cc")
    case .cpp: Program.exists("make") && Program.exists("c++")
    case .rust: Program.exists("cargo")
    case .swift: Program.exists("swift")
    }
  }

  /// Where a build puts the library.
  public var products: String {
    switch self {
    case .c, .cpp: ""
    case .rust: "/target/release"
    case .swift: "/.build/release"
    }
  }
}

/// A plugin that `qhost new-plugin` wrote into a new folder outside the tree.
public struct GeneratedPlugin {
  /// Its folder.
  public let folder: String
  /// The name on the command line.
  public let name: String
  /// What `qhost new-plugin` printed: commands that build, show and run it.
  public let commands: [String]
  private let language: GeneratedLanguage
  private let kept: TemporaryFolder

  /// Has it written.
  ///
  /// What languages keep of a build is shared by all plugins of a test process, as a user who builds again
  /// would have it.
  public init(_ language: GeneratedLanguage, _ kind: ComponentKind, named name: String? = nil)
    throws
  {
    self.language = language
    self.name = name ?? "own-\(language)-\(kind)"
    kept = try TemporaryFolder()
    folder = kept.path + "/plugin"
    let made = try HostProgram.run([
      "new-plugin", "--language", language.rawValue, "--kind", kind.rawValue, self.name,
      "--output", folder, "--quiet",
    ])
    guard made.ending == .exited(0) else { throw CompilationError(description: made.errors) }
    commands = made.output.split(separator: "\n").map(String.init)
    switch language {
    case .c, .cpp: break
    case .rust: try Self.share("cargo", as: folder + "/target")
    case .swift:
      try FileManager.default.createDirectory(
        atPath: Self.swiftBuild, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/.build", withDestinationPath: Self.swiftBuild)
    }
  }

  /// Beside the tests' own products, so that it is there the next time; always by this path, which Swift's cache of
  /// modules remembers.
  private static let swiftBuild = BuiltProducts.sources + "/.build/generated"

  private static func share(_ name: String, as path: String) throws {
    let shared = TemporaryFolder.ofProcess.path + "/" + name
    try FileManager.default.createDirectory(atPath: shared, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: shared)
  }

  /// Changes a source file before it is built.
  public func replace(_ text: String, with other: String, in file: String) throws {
    let path = folder + "/" + file
    let source = try String(contentsOfFile: path, encoding: .utf8)
    guard source.contains(text) else {
      throw CompilationError(description: "\(file) does not contain '\(text)'")
    }
    try source.replacing(text, with: other).write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// Runs commands as a user would type them, with `qhost` the program that was built.
  public func shell(_ commands: [String], timeoutSeconds: Double = 600) throws -> Program {
    let host = "qhost() { '\(BuiltProducts.program)' \"$@\"; }"
    let state = try TemporaryFolder()
    return try Program(
      "bash", ["-c", "set -euo pipefail\n" + ([host] + commands).joined(separator: "\n")],
      environment: [
        "QHOST_PLUGIN_PATH": "", "NO_COLOR": "1", "CXXFLAGS": "-O0",
        "SWIFTPM_BUILD_DIR": Self.swiftBuild,
        "XDG_CACHE_HOME": TemporaryFolder.ofProcess.path + "/cache",
        "XDG_DATA_HOME": state.path + "/data", "XDG_STATE_HOME": state.path + "/state",
      ], timeoutSeconds: timeoutSeconds)
  }

  /// Builds it, and gives the folder with its library.
  public func build() throws -> String {
    let run = try shell(Array(commands.prefix(2)))
    guard run.ending == .exited(0) else {
      throw CompilationError(description: run.output + run.errors)
    }
    return folder + language.products
  }

  /// Its library, once it is built.
  public var library: String {
    let file = language == .rust ? "qhost_" + name.replacing("-", with: "_") : "qhost-" + name
    return "\(folder)\(language.products)/lib\(file).so"
  }
}
