import Foundation
import QHostComparing
import QHostRuntime
import QHostTesting
import Testing

@Suite("Exports")
struct ExportTests {
  @Test("A folder is there with all files or not at all, and none is overwritten")
  func writing() throws {
    let folder = try TemporaryFolder()
    let export = Export(files: [
      .init(path: "a/b.txt", bytes: [1, 2]), .init(path: "c", bytes: []),
    ])
    try export.write(to: folder.path + "/out/")
    let written = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/out/a/b.txt"))
    #expect(written == Data([1, 2]))
    let error = #expect(throws: RunError.self) { try export.write(to: folder.path + "/out") }
    #expect(error?.kind == .usage)
    #expect(error?.message.contains("out' is there already") == true)
    // A file where a folder must be, after another file was written.
    let impossible = Export(files: [
      .init(path: "c", bytes: []), .init(path: "c/d", bytes: []),
    ])
    #expect(throws: RunError.self) { try impossible.write(to: folder.path + "/other") }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out"])
  }

  @Test("A journal that is cut off or not finished is exported as far as it goes, and says so")
  func incomplete() throws {
    var journal = try JournalMaking()
    journal.add(.init())
    journal.add(.init(seed: 2))
    #expect(try journal.runs().notes.isEmpty)
    let cut = try ExportedRuns(journal.read(cutting: 30))
    #expect(cut.finished.map(\.seed) == [1])
    #expect(cut.notes.count == 2)
    #expect(cut.notes[0].contains("is cut off"))
    #expect(cut.notes[1] == "of the plan's 2 cells 1 have a result")
  }

  @Test("A journal without a finished cell is refused")
  func empty() throws {
    var journal = try JournalMaking()
    journal.addFailure(seed: 1, "crashed")
    let error = #expect(throws: RunError.self) { try journal.runs() }
    #expect(error?.kind == .data)
    #expect(error?.message.contains("has no finished cell") == true)
  }
}
