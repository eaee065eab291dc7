import Foundation
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

/// A language that plugins are written in, and who compiles it.
struct Dialect: Sendable, CustomTestStringConvertible {
  let compiler: String
  let standard: String

  var testDescription: String { "\(standard) with \(compiler)" }
  var language: String { standard.contains("++") ? "c++" : "c" }

  static let all = [
    Dialect(compiler: "gcc", standard: "c99"), Dialect(compiler: "gcc", standard: "c11"),
    Dialect(compiler: "g++", standard: "c++11"), Dialect(compiler: "g++", standard: "c++20"),
    Dialect(compiler: "clang", standard: "c99"), Dialect(compiler: "clang", standard: "c++20"),
  ]
  /// Those that the headers in C++ are for.
  static let presentCpp = present.filter { $0.standard == "c++20" }
  static let present = all.filter { Program.exists($0.compiler) }
  static let absent = all.filter { !Program.exists($0.compiler) }.map(\.testDescription)
}

/// The headers in C++.
enum CppHeader {
  static let folder = BuiltProducts.sources + "/SDK/Cpp"

  static func names() throws -> [String] {
    let inner = try FileManager.default.contentsOfDirectory(atPath: folder + "/qhost").sorted()
    return ["qhost.hpp"] + inner.map { "qhost/\($0)" }
  }
}

@Suite("The header compiles without warnings")
struct HeaderCompilationTests {
  @Test("As each language that plugins are written in", arguments: Dialect.present)
  func whole(_ dialect: Dialect) throws {
    let source = """
      #include <qhost.h>
      static qhost_plugin plugin;
      QHOST_DEFINE_ENTRY(plugin)

      """
    #expect(try Self.complaints(about: source, dialect) == "")
  }

  @Test("Each header alone", arguments: try InterfaceHeader.names(), Dialect.present)
  func alone(_ header: String, _ dialect: Dialect) throws {
    let source = "#include <\(header)>\n#include <\(header)>\nextern int unused;\n"
    #expect(try Self.complaints(about: source, dialect) == "")
  }

  @Test("All headers in C++", arguments: Dialect.presentCpp)
  func cpp(_ dialect: Dialect) throws {
    let source = "#include <qhost.hpp>\n#include <qhost.hpp>\nextern int unused;\n"
    #expect(try Self.complaints(about: source, dialect) == "")
  }

  @Test("Each header in C++ alone", arguments: try CppHeader.names(), Dialect.presentCpp.prefix(1))
  func cppAlone(_ header: String, _ dialect: Dialect) throws {
    let source = "#include <\(header)>\nextern int unused;\n"
    #expect(try Self.complaints(about: source, dialect) == "")
  }

  @Test("A warning would be seen", arguments: Dialect.present)
  func warning(_ dialect: Dialect) throws {
    let source = "#include <qhost.h>\nstatic int nobody(int x) { return 0; }\n"
    #expect(try Self.complaints(about: source, dialect) != "")
  }

  @Test(
    "No compiler is missing",
    .enabled(if: Dialect.absent.isEmpty, "not compiled as \(Dialect.absent)"))
  func compilers() { #expect(Dialect.present.count == Dialect.all.count) }

  private static func complaints(about source: String, _ dialect: Dialect) throws -> String {
    let folder = try TemporaryFolder()
    let path = try folder.write(source, to: "unit")
    let run = try Program(
      dialect.compiler,
      ["-x", dialect.language, "-std=\(dialect.standard)", "-fsyntax-only"] + CCompiler.strict
        + ["-I", BuiltProducts.headers, "-I", CppHeader.folder, path])
    return run.ending == .exited(0) ? run.errors : "\(run.ending): \(run.errors)"
  }
}
