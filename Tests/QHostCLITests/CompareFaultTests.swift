import Foundation
import Testing

@Suite("A comparison with a plugin that fails")
struct CompareFaultTests {
  private func program() throws -> Program {
    try Program(["QHOST_PLUGIN_PATH": try FaultyPlugin.folder.get()])
  }

  @Test(
    "loses its cells alone, and records why",
    arguments: [
      ("crash", "crashed in ask (SIGSEGV"), ("error", "it has had enough"), ("nan", "not finite"),
    ])
  func failures(fault: String, says: String) throws {
    let program = try program()
    let result = try program.run(
      "compare", "-o", "faulty[fault=none,\(fault)],ga", "--seeds", "3", "--max-evals", "200",
      "--quiet", "--json", "--output", "out", "--jobs", "2")
    #expect(result.code == 4)
    #expect(result.errorLines.count == 1, "\(result.error)")
    #expect(result.error.contains("3 of 9 cells failed"))
    #expect(result.error.contains(says), "\(result.error)")
    #expect(try result.json()["finished"] as? Int == 6)
    let failures = try JournalFile(program, "out").records("failure")
    #expect(failures.count == 3)
    for failure in failures {
      #expect(failure["optimizer"] as? String == "faulty[fault=\(fault)]")
      #expect(failure["kind"] as? String == "plugin")
      #expect((failure["message"] as? String)?.contains(says) == true)
    }
  }

  @Test("by hanging gives the cell up after --call-timeout", .tags(.slow))
  func hanging() throws {
    let program = try program()
    let result = try program.run(
      "compare", "-o", "faulty[fault=hang],ga", "--max-evals", "200", "--quiet", "--json",
      "--output", "out", "--call-timeout", "1")
    #expect(result.code == 4)
    #expect(result.error.contains("has not returned from ask"), "\(result.error)")
    #expect(try result.json()["finished"] as? Int == 1)
  }

  @Test("keeps failed cells on --resume, and does them again with --retry-failures")
  func resuming() throws {
    let program = try program()
    let command = [
      "compare", "-o", "faulty[fault=crash],ga", "--max-evals", "200", "--quiet", "--json",
      "--output", "out",
    ]
    #expect(try program.run(command).code == 4)
    #expect(try program.run(command + ["--resume"]).code == 4)
    #expect(try JournalFile(program, "out").records("failure").count == 1)
    #expect(try program.run(command + ["--resume", "--retry-failures"]).code == 4)
    #expect(try JournalFile(program, "out").records("failure").count == 2)
    #expect(try JournalFile(program, "out").records("cell").count == 1)
  }
}
