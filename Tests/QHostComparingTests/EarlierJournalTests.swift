import Foundation
import QHostComparing
import QHostRuntime
import QHostTesting
import Testing

@Suite("Journals of earlier forms")
struct EarlierJournalTests {
  /// Cells with and without a solver as qhost 0.1.0 wrote them; of the improvements some are left out.
  private static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../Fixtures/Journals/first-form.jsonl").standardized

  private func text() throws -> String { try String(contentsOf: Self.fixture, encoding: .utf8) }

  private func read(_ text: String) throws -> JournalContents {
    let path = TemporaryFolder.ofProcess.path + "/\(UUID().uuidString).jsonl"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try JournalContents(reading: path)
  }

  @Test(
    "are read, with solvers as dependencies", arguments: ["qhost.journal/1", "qhost.journal/2"])
  func reading(form: String) throws {
    let journal = try read(try text().replacing("qhost.journal/1", with: form))
    #expect(journal.header.schema == form)
    let places = journal.header.combinations.map(\.dependencies)
    #expect(
      places == [
        ["optimizer.solver": "finite-difference"], ["optimizer.solver": "split-operator"], [:],
      ])
    let summary = ComparisonSummary(journal.header, journal.entries, journal: journal.path)
    #expect(summary.rows.map(\.runs) == [1, 1, 1])
    guard case .finished(let result) = journal.entries[2] else {
      Issue.record("there is no cell 2")
      return
    }
    #expect(result.run.optimizer.dependencies["solver"]?.name == "split-operator")
    #expect(result.run.optimizer.dependencies["solver"]?.parameters.isEmpty == false)
    #expect(result.run.model.parameters["hidden"] == .list([.whole(16)]))
    #expect(result.run.deployment?.cycles?.min ?? 0 > 0)
    #expect(result.run.schema == RunRecord.currentSchema)
  }

  @Test("have cells that are the same in the form of today")
  func sameCells() throws {
    for case .finished(let result) in try read(text()).entries.values {
      let written = try JSONText.of(result)
      #expect(!written.contains("null"))
      #expect(JSONText.value(of: written.utf8) == result)
    }
  }

  @Test("are merged with others into one of today's form")
  func merging() throws {
    let folder = try TemporaryFolder()
    let merged = folder.path + "/merged.jsonl"
    try JournalMerge([Self.fixture.path]).write(to: merged)
    let journal = try JournalContents(reading: merged)
    #expect(journal.header.schema == JournalHeader.currentSchema)
    #expect(journal.entries == (try read(text())).entries)
  }
}
