import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

/// A fault of a plugin's table, as a definition for the fixture, and the words that must say so.
struct TableFault: Sendable, CustomTestStringConvertible {
  let name: String
  let definition: String
  let words: String

  var testDescription: String { name }

  private static func parameter(
    _ name: String, type: String = "QHOST_REAL", default text: String, minimum: String = "0",
    maximum: String = "1"
  ) -> String {
    "PARAMETER=&(const qhost_parameter){.struct_size = sizeof(qhost_parameter), .type = \(type), .name = \(name), "
      + ".documentation = \"x\", .default_value = \(text), .minimum = \(minimum), .maximum = \(maximum)}"
  }

  static let all = [
    TableFault(
      name: "empty-name", definition: parameter("\"\"", default: "\"1\""),
      words: "has a parameter ''; name it by lower-case letters"),
    TableFault(
      name: "capital", definition: parameter("\"Alpha\"", default: "\"1\""),
      words: "has a parameter 'Alpha'"),
    TableFault(
      name: "blank", definition: parameter("\"a b\"", default: "\"1\""),
      words: "has a parameter 'a b'"),
    TableFault(
      name: "equals", definition: parameter("\"a=b\"", default: "\"1\""),
      words: "has a parameter 'a=b'"),
    TableFault(
      name: "default-text", definition: parameter("\"a\"", default: "\"abc\""),
      words: "a cannot be 'abc': it must be a number"),
    TableFault(
      name: "default-range", definition: parameter("\"a\"", default: "\"7\""),
      words: "a cannot be 7: it must be at least 0 and at most 1"),
    TableFault(
      name: "default-missing", definition: parameter("\"a\"", default: "NULL"),
      words: "a cannot be ''"),
    TableFault(
      name: "range",
      definition: parameter("\"a\"", default: "\"1\"", minimum: "2", maximum: "1"),
      words: "has the minimum 2.0 and the maximum 1.0, which is not a range"),
    TableFault(
      name: "range-nan",
      definition: parameter("\"a\"", default: "\"1\"", minimum: "__builtin_nan(\"\")"),
      words: "which is not a range"),
    TableFault(name: "minor", definition: "MINOR=9u", words: "this host"),
    TableFault(
      name: "vendor", definition: "VENDOR=\"Bad Vendor\"", words: "its vendor is 'Bad Vendor'"),
  ]
}

@Suite(
  "Plugins' tables are as the header promises",
  .enabled(if: CCompiler.isPresent, "there is no gcc"))
struct PluginTableTests {
  private static let scanned: Result<(TemporaryFolder, Bench), any Error> = Result {
    let folder = try TemporaryFolder()
    for fault in TableFault.all {
      try CCompiler.fixture(
        "one_optimizer", as: "libqhost-\(fault.name).so", in: folder,
        definitions: [fault.definition])
    }
    for (name, kind) in [("pipe", "p"), ("device", "c")] {
      _ = try Program(
        "mknod", [folder.path + "/libqhost-\(name).so", kind] + (kind == "c" ? ["1", "3"] : []))
    }
    return (folder, try Bench([folder.path]))
  }

  @Test("What is wrong is said, and the plugin is not used", arguments: TableFault.all)
  func faults(_ fault: TableFault) throws {
    let (_, bench) = try Self.scanned.get()
    let broken = bench.withCatalogue { $0.broken }
    let found = try #require(broken.first { $0.path.hasSuffix("/libqhost-\(fault.name).so") })
    #expect(found.reason.contains(fault.words), "\(found.reason)")
    #expect(!found.reason.contains("\n"))
  }

  @Test("A named pipe in a folder of plugins is not a regular file, and nobody waits for it")
  func pipe() throws {
    let (_, bench) = try Self.scanned.get()
    let broken = bench.withCatalogue { $0.broken }
    let found = try #require(broken.first { $0.path.hasSuffix("/libqhost-pipe.so") })
    #expect(found.reason.contains("it is a named pipe and no regular file"))
    // Only root may make a device.
    if let device = broken.first(where: { $0.path.hasSuffix("/libqhost-device.so") }) {
      #expect(device.reason.contains("it is a device and no regular file"))
    }
  }

  @Test("Two components of one name, and a component of the host's own full name")
  func names() throws {
    let folder = try TemporaryFolder()
    try CCompiler.fixture(
      "one_optimizer", as: "libqhost-borrowed.so", in: folder,
      definitions: ["VENDOR=\"qhost\"", "NAME=\"adam\""])
    let run = try HostProgram.run(
      ["run", "--optimizer", "adam", "--max-evals", "5", "--quiet", "--json"],
      plugins: [folder.path])
    #expect(run.ending == .exited(0), "\(run.errors)")
    let list = try HostProgram.run(["plugins"], plugins: [folder.path])
    #expect(list.output.contains("its vendor is 'qhost'"), "\(list.output.suffix(300))")
  }

  @Test("A folder that is missing is refused; a library that is passed over is named")
  func folders() throws {
    let folder = try TemporaryFolder()
    let missing = try HostProgram.run(["plugins", "--plugins", folder.path + "/nowhere"])
    #expect(missing.ending == .exited(2))
    #expect(missing.errors.contains("there is no such folder"))
    try CCompiler.fixture("one_optimizer", as: "libmast.so", in: folder)
    let unknown = try HostProgram.run(
      ["run", "--plugins", folder.path, "--optimizer", "fixture-constant"])
    #expect(unknown.ending == .exited(2))
    #expect(
      unknown.errors.contains("libmast.so' is passed over: plugins are named libqhost-NAME.so"))
  }
}
