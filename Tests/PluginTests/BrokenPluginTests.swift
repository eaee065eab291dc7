import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite(
  "Libraries that cannot be used", .enabled(if: CCompiler.isPresent, "there is no gcc"))
struct BrokenPluginTests {
  /// The folder of all fixtures, scanned once.
  private static let scanned: Result<(TemporaryFolder, Bench), any Error> = Result {
    let folder = try BrokenFixture.makeFolder()
    return (folder, try Bench([folder.path], timeoutSeconds: 3))
  }

  private func reason(_ file: String) throws -> String {
    let (_, bench) = try Self.scanned.get()
    let broken = bench.withCatalogue { catalogue in
      catalogue.broken.first { $0.path.hasSuffix("/" + file) }
    }
    return try #require(broken, "\(file) is not listed as broken").reason
  }

  @Test("Each is refused with its own message", arguments: BrokenFixture.all)
  func refused(_ fixture: BrokenFixture) throws {
    let reason = try reason(fixture.file)
    for words in fixture.words { #expect(reason.contains(words)) }
    #expect(!reason.contains("\n"))
  }

  @Test("A library of something else, a text and an empty file are not plugins")
  func noPlugins() throws {
    #expect(try reason("libqhost-not-a-plugin.so").contains("exports no qhost_plugin_entry_v1"))
    for file in ["libqhost-text.so", "libqhost-empty.so"] {
      let reason = try reason(file)
      #expect(reason.contains("cannot be loaded"))
      #expect(reason.contains("shared library"))
      #expect(!reason.contains(file), "the path is named twice")
    }
  }

  @Test(
    "A folder and a link to nowhere are listed, and keep nothing else from working",
    arguments: ["libqhost-folder.so", "libqhost-dangling.so"])
  func unreadable(_ file: String) throws {
    let reason = try reason(file)
    #expect(reason.contains("is a folder") || reason.contains("cannot read"), "\(reason)")
  }

  @Test("The healthy ones beside them work, even one that writes to standard output")
  func healthy() throws {
    let (_, bench) = try Self.scanned.get()
    #expect(
      bench.components(.optimizer).map(\.name).sorted() == [
        "fixture-constant", "fixture-talkative",
      ])
    for component in bench.components(.optimizer) {
      let optimizer = try ForeignOptimizer(
        component.component, request: try component.request(),
        problem: Problem(queries: .points, initial: [3, 4]))
      var query = Query()
      try optimizer.ask(&query)
      #expect(query.points == [3, 4])
    }
  }

  @Test("The program lists them with their reasons, and runs the healthy one")
  func listed() throws {
    let (folder, _) = try Self.scanned.get()
    let part = try TemporaryFolder()
    for file in ["libqhost-null-table.so", "libqhost-crash-on-load.so", "libqhost-healthy.so"] {
      _ = try Program("cp", [folder.path + "/" + file, part.path])
    }
    let list = try HostProgram.run(["plugins"], plugins: [part.path])
    #expect(list.ending == .exited(0))
    #expect(list.output.contains("\(part.path)/libqhost-null-table.so"))
    #expect(list.output.contains("'fixture-constant' has no table"))
    #expect(list.output.contains("crashed while it was loaded (SIGSEGV)"))
    #expect(list.output.contains("Asks the starting point again and again."))
    let run = try HostProgram.run(
      ["run", "--optimizer", "fixture-constant", "--max-evals", "3", "--json", "--quiet"],
      plugins: [part.path])
    #expect(run.ending == .exited(0), "\(run.errors)")
    #expect(run.output.contains("\"fixture-constant\""))
    #expect(run.errors == "")
  }

  @Test("An unknown name says how many files are broken")
  func hint() throws {
    let (_, bench) = try Self.scanned.get()
    let error = #expect(throws: RunError.self) { try bench.plan(.optimizer, "fixture-null") }
    #expect(error?.kind == .usage)
    #expect(error?.message.contains("lists \(BrokenFixture.all.count + 5) broken") == true)
  }
}
