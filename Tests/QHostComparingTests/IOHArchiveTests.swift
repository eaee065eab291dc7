import Foundation
import QHostComparing
import QHostRuntime
import Testing

@Suite("Exported archives of IOHprofiler")
struct IOHArchiveTests {
  @Test("have a description and the improvements of each algorithm and problem")
  func archive() throws {
    var journal = try JournalMaking(optimizers: ["a", "b"], seeds: 2)
    journal.add(.init(optimizer: "b", dataset: "other", dimension: 5))
    journal.add(.init(optimizer: "a"))
    journal.add(.init(optimizer: "a", seed: 2, evaluations: [50], losses: [0.5], total: 60))
    let export = try ExportFormat.ioh.export(of: journal.runs())
    let name = "f2_direct_on_functions_dimension=2"
    #expect(
      export.files.map(\.path) == [
        "b/IOHprofiler_f1_direct_on_other.json",
        "b/data_f1_direct_on_other/IOHprofiler_f1_DIM5.dat", "a/IOHprofiler_\(name).json",
        "a/data_\(name)/IOHprofiler_f2_DIM2.dat",
      ])
    let json = try JSONSerialization.jsonObject(
      with: Data(try export.bytes("a/IOHprofiler_\(name).json")))
    let description = try #require(json as? [String: Any])
    #expect(description["function_id"] as? Int == 2)
    #expect(description["function_name"] as? String == "direct on functions[dimension=2]")
    #expect(description["maximization"] as? Bool == false)
    #expect((description["algorithm"] as? [String: String])?["name"] == "a")
    let scenario = try #require((description["scenarios"] as? [[String: Any]])?.first)
    #expect(scenario["dimension"] as? Int == 2)
    #expect(scenario["path"] as? String == "data_\(name)/IOHprofiler_f2_DIM2.dat")
    let runs = try #require(scenario["runs"] as? [[String: Any]])
    #expect(runs.map { $0["instance"] as? Int } == [1, 2])
    #expect(runs.map { $0["evals"] as? Int } == [120, 60])
    let best = try #require(runs[1]["best"] as? [String: Any])
    #expect(best["evals"] as? Int == 50)
    #expect(best["y"] as? Double == 0.5)
    let rows = try export.text("a/data_\(name)/IOHprofiler_f2_DIM2.dat").split(separator: "\n")
    #expect(
      rows == [
        "evaluations raw_y training_passes seconds", "1 50.0 2.0 0.001", "3 2.0 6.0 0.003",
        "10 0.03 20.0 0.01", "100 1e-09 200.0 0.1", "120 \(1e-9.nextDown) 1.0 2.5",
        "evaluations raw_y training_passes seconds", "1 10000000000.0 0.0 0.0",
        "50 0.5 100.0 0.05", "60 \(0.5.nextDown) 1.0 2.5",
      ])
  }

  /// Rows without those of headings, as numbers.
  private func rows(of cells: [JournalMaking.Cell]) throws -> [[Double]] {
    var journal = try JournalMaking(seeds: cells.count)
    for cell in cells { journal.add(cell) }
    let export = try ExportFormat.ioh.export(of: journal.runs())
    let path = try #require(export.files.map(\.path).first { $0.hasSuffix(".dat") })
    return try export.text(path).split(separator: "\n").map {
      $0.split(separator: " ").prefix(2).compactMap { Double($0) }
    }.filter { !$0.isEmpty }
  }

  @Test("No row has the loss of the row before it, which iohinspector 0.0.8 would leave out")
  func distinctRows() throws {
    let rows = try rows(of: [
      // Four runs of one row were two of them, and a budget of 100 one of 1.
      .init(evaluations: [1], losses: [0.5], total: 1),
      .init(seed: 2, evaluations: [1], losses: [0.5], total: 1),
      .init(seed: 3, evaluations: [1], losses: [0.5], total: 100),
      .init(seed: 4, evaluations: [1, 7], losses: [1, 0], total: 100),
      .init(seed: 5, evaluations: [1], losses: [0], total: 100),
    ])
    #expect(rows.map { $0[0] } == [1, 1, 1, 100, 1, 7, 100, 1, 100])
    #expect(zip(rows, rows.dropFirst()).allSatisfy { $0[1] != $1[1] })
    // A logarithm is taken of them by default.
    #expect(rows.allSatisfy { $0[1] >= 0 })
    let losses = [0.5, 0.5, 0.5, 0.5, 1, 0, 0, 0, 0]
    #expect(zip(rows, losses).allSatisfy { abs($0[1] - $1) <= 2 * 0.5.ulp })
  }

  @Test("A dimension is at most what readers take, and this is said")
  func largeDimension() throws {
    var journal = try JournalMaking()
    journal.add(.init(parameterCount: 70_000))
    let export = try ExportFormat.ioh.export(of: journal.runs())
    #expect(export.files[1].path.hasSuffix("IOHprofiler_f1_DIM65535.dat"))
    #expect(export.notes.count == 1 && export.notes[0].contains("has 70000 parameters"))
  }

  @Test("Runs that never had a finite loss are left out, and this is said")
  func infinite() throws {
    var journal = try JournalMaking()
    journal.add(.init(evaluations: [], losses: []))
    journal.add(.init(seed: 2))
    let export = try ExportFormat.ioh.export(of: journal.runs())
    #expect(export.notes == ["1 runs without a finite loss are left out"])
    #expect(export.files.count == 2)
  }
}
