import QHostRuntime
public import QHostTesting

/// Why a C source did not compile.
public struct CompilationError: Error, CustomStringConvertible {
  /// What the compiler said.
  public let description: String
}

/// The C compiler, as the author of a plugin would call it.
public enum CCompiler {
  /// Whether there is one.
  public static let isPresent = Program.exists("gcc")

  /// The warnings that a plugin must compile without.
  public static let strict = ["-Wall", "-Wextra", "-pedantic", "-Werror"]

  /// Builds a shared library, and gives its path.
  ///
  /// - Parameters:
  ///   - source: the C file.
  ///   - name: the library's file name.
  ///   - folder: where it goes.
  ///   - definitions: what `-D` is given.
  ///   - options: further arguments, after the source.
  /// - Returns: the library's path.
  /// - Throws: ``CompilationError``, with what the compiler said.
  @discardableResult
  public static func library(
    _ source: String, named name: String, in folder: String, definitions: [String] = [],
    options: [String] = []
  ) throws -> String {
    let path = folder + "/" + name
    let run = try Program(
      "gcc",
      ["-std=c99", "-O1"] + strict + definitions.map { "-D" + $0 }
        + ["-D_POSIX_C_SOURCE=200809L", "-shared", "-fPIC", "-I", BuiltProducts.headers]
        + [source, "-o", path, "-Wl,--no-as-needed"] + options + ["-lm", "-lpthread"])
    guard run.ending == .exited(0) else {
      throw CompilationError(description: "\(source): \(run.errors)")
    }
    return path
  }

  /// Builds a plugin of the fixtures' folder, and gives its path.
  @discardableResult
  public static func fixture(
    _ name: String, as library: String? = nil, in folder: TemporaryFolder,
    definitions: [String] = []
  ) throws -> String {
    let file = library ?? "libqhost-\(name).so"
    return try Self.library(
      "\(BuiltProducts.fixtures)/\(name).c", named: file, in: folder.path,
      definitions: definitions)
  }
}
