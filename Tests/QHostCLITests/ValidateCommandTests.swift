import Foundation
import Testing

@Suite("qhost validate")
struct ValidateCommandTests {
  /// An optimizer in C with a fault of its own, in a folder that goes when the test ends.
  private final class Fixture {
    let folder: String
    var path: String { folder + "/libqhost-faulty.so" }

    init(fault: Int, of source: String = "faulty.c") throws {
      folder = NSTemporaryDirectory() + "qhost-validate-" + UUID().uuidString
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
      let arguments = [
        "cc", "-shared", "-fPIC", "-fvisibility=hidden", "-I", package + "/SDK/C/include",
        "-DFAULT=\(fault)", package + "/Tests/Fixtures/Plugins/\(source)", "-o", path, "-lm",
        "-lpthread",
      ]
      let compiled = try Child(
        "/usr/bin/env", arguments, ProcessInfo.processInfo.environment, folder
      ).wait()
      try #require(compiled.code == 0, "\(compiled.error)")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The names of the checks that ended so.
    func checks(_ state: String, _ arguments: String...) throws -> (code: Int32, names: Set<String>)
    {
      let result = try Program().run(
        ["validate", path, "--json", "--quiet", "--threads", "1"] + arguments)
      let outcomes = try result.json()["outcomes"] as? [[String: Any]] ?? []
      let found = outcomes.filter { $0["state"] as? String == state }
        .compactMap { $0["check"] as? String }
      return (result.code, Set(found))
    }
  }

  @Test("A plugin without a fault passes all checks that there are for it")
  func good() throws {
    let fixture = try Fixture(fault: 0)
    let failed = try fixture.checks("failed")
    #expect(failed.names.isEmpty && failed.code == 0)
    #expect(try fixture.checks("passed").names.count == 40)
  }

  @Test(
    "Each fault fails the check that is for it, and no other",
    arguments: [
      (1, ["nothing-printed"]), (2, ["rounding"]), (3, ["locale"]), (4, ["signal-handlers"]),
      // The memory of a thread is left with it.
      (5, ["threads-end", "memory-returns"]), (6, ["files-close"]), (7, ["memory-returns"]),
      (8, ["optimizer-bounds"]), (9, ["optimizer-threads"]), (10, ["optimizer-recommends"]),
      (11, ["optimizer-refuses-states"]), (12, ["folder-and-mask"]), (13, ["standard-files"]),
      (14, ["optimizer-resumes"]), (15, ["documentation"]), (16, ["optimizer-kinds"]),
      (18, ["summaries"]), (19, ["plugin-version"]), (20, ["plugin-licence"]),
      (21, ["no-processes"]), (22, ["seed-elsewhere"]),
      (24, ["optimizer-repeats", "optimizer-resumes"]),
      (26, ["stops"]), (28, ["no-sockets"]), (30, ["optimizer-resumes"]),
      (31, ["optimizer-refuses-states"]),
    ] as [(Int, Set<String>)])
  func faults(fault: Int, checks: Set<String>) throws {
    let failed = try Fixture(fault: fault).checks("failed")
    #expect(failed.names == checks && failed.code == 4)
  }

  @Test(
    "What a component does not promise is left out, and what is stopped in time is not a fault",
    arguments: [
      (23, ["optimizer-threads", "seed-elsewhere"]),
      (25, ["optimizer-repeats", "optimizer-threads", "optimizer-resumes", "seed-elsewhere"]),
      (27, []),
    ] as [(Int, Set<String>)])
  func promises(fault: Int, skipped: Set<String>) throws {
    let fixture = try Fixture(fault: fault)
    #expect(try fixture.checks("failed").names.isEmpty)
    #expect(try fixture.checks("skipped").names.isSuperset(of: skipped))
    #expect(try fixture.checks("passed").names.isDisjoint(with: skipped))
  }

  @Test("A folder is refused, with the plugin in it")
  func folder() throws {
    let fixture = try Fixture(fault: 0)
    expectRefusal(
      try Program().run("validate", fixture.folder), code: 2,
      "is a folder; name the plugin's file, for example \(fixture.path)")
  }

  @Test("A promise that is none is a plugin that the host does not take")
  func badPromise() throws {
    let failed = try Fixture(fault: 29).checks("failed")
    #expect(failed.names.contains("entry") && failed.code == 4)
  }

  @Test(
    "A model whose flips are wrong fails their check, which names the row",
    arguments: [
      (0, nil), (1, "in row 3 unit 0"), (2, "in row 3 a move of parameter 0"),
      (3, "not in ascending order"),
    ] as [(Int, String?)])
  func flips(fault: Int, message: String?) throws {
    let fixture = try Fixture(fault: fault, of: "flips_model.c")
    let result = try Program().run([
      "validate", fixture.path, "--only", "model-flips", "--threads", "1",
    ])
    #expect(result.code == (message == nil ? 0 : 4))
    if let message {
      #expect((result.output + result.error).contains(message), "\(result.output)\(result.error)")
    }
  }

  @Test(
    "A model whose potentials are wrong fails their check, which names the row",
    arguments: [
      (0, nil), (4, "in row 3 the output is"), (5, "in row 3 the output at parameter"),
      (6, "after unit 0 was closed"),
    ] as [(Int, String?)])
  func potentials(fault: Int, message: String?) throws {
    let fixture = try Fixture(fault: fault, of: "flips_model.c")
    let result = try Program().run([
      "validate", fixture.path, "--only", "model-potentials", "--threads", "1",
    ])
    #expect(result.code == (message == nil ? 0 : 4))
    if let message {
      #expect((result.output + result.error).contains(message), "\(result.output)\(result.error)")
    }
  }

  @Test("A default that is out of range is a plugin that the host does not take")
  func badDefault() throws {
    let failed = try Fixture(fault: 17).checks("failed")
    #expect(failed.names.contains("entry") && failed.code == 4)
  }

  @Test("Text says what must hold and what to do; JUnit's form counts the same")
  func reports() throws {
    let fixture = try Fixture(fault: 12)
    let program = try Program()
    let result = try program.run(
      "validate", fixture.path, "--level", "contract", "--junit", "report.xml", "--quiet")
    #expect(result.code == 4)
    #expect(result.output.contains("FAIL  folder-and-mask optimizer 'fixture-faulty'"))
    #expect(result.output.contains("to fix:"))
    let xml = try String(contentsOfFile: program.folder + "/report.xml", encoding: .utf8)
    #expect(xml.contains("failures=\"1\"") && xml.contains("name=\"folder-and-mask\""))
    let skipped = try program.run(
      "validate", fixture.path, "--level", "contract", "--skip", "folder-and-mask", "--quiet")
    #expect(skipped.code == 0)
  }

  @Test("The page of all checks is what the program prints, and each failure names its part of it")
  func reference() throws {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let page = try String(
      contentsOfFile: package + "/Documentation/Reference/Checks.md", encoding: .utf8)
    let printed = try Program().run("validate", "--list", "--markdown").output
    #expect(
      printed == page,
      "write it again: qhost validate --list --markdown >Documentation/Reference/Checks.md")
    let fixture = try Fixture(fault: 12)
    let result = try Program().run(
      ["validate", fixture.path, "--only", "folder-and-mask", "--json", "--quiet"])
    #expect(try result.json()["reference"] as? String == "Documentation/Reference/Checks.md")
  }

  @Test("Files that are not a plugin fail checks; wrong options are refused by name")
  func refusals() throws {
    let program = try Program()
    try "no library".write(
      toFile: program.folder + "/libqhost-text.so", atomically: true, encoding: .utf8)
    let text = try program.run("validate", "libqhost-text.so", "--quiet")
    #expect(text.code == 4 && text.output.contains("FAIL  loads"))
    expectRefusal(try program.run("validate", "absent.so"), code: 2, "'absent.so'")
    expectRefusal(try program.run("validate"), code: 2, "name the plugin's file")
    let fixture = try Fixture(fault: 0)
    expectRefusal(
      try program.run("validate", fixture.path, "--only", "rouding"), code: 2, "'rouding'",
      "rounding")
    expectRefusal(
      try program.run("validate", fixture.path, "--level", "deep"), code: 2, "'deep'", "numeric")
    #expect(try program.run("validate", "--list").output.contains("load ("))
  }
}
