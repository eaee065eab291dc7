import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite("Drifts of a dataset in C", .enabled(if: CCompiler.isPresent))
struct DriftsInCTests {
  private func assembly(fault: Int) throws -> OnlineAssembly {
    let folder = try TemporaryFolder()
    try CCompiler.fixture("drifting", in: folder, definitions: ["FAULT=\(fault)"])
    let bench = try Bench([folder.path, BuiltProducts.folder])
    let specification = RunSpecification(
      optimizer: "adam", model: "logistic", dataset: "fixture-drifting")
    var settings = OnlineSettings()
    (settings.warmupRows, settings.blockRows, settings.windowRows) = (10, 7, 20)
    settings.detector = .none
    return try bench.withCatalogue {
      try OnlineAssembly(
        specification, settings, OnlineSource(), catalogue: $0, common: Bench.common())
    }
  }

  @Test("are marked where they are, and measured from there")
  func drifts() throws {
    let record = try OnlineRun(try assembly(fault: 0), folder: nil).run()
    let learner = try #require(record.learners.first)
    #expect(learner.drifts.map(\.row) == [40, 70] && learner.drifts.map(\.width) == [0, 10])
    #expect(record.rows == 100 && record.rowsPredicted == 90 && learner.rowsScored == 90)
    // What was learned is wrong from row 40 on, until it is learned again.
    #expect(try #require(learner.drifts[0].errorAfter) > 0.4)
  }

  @Test(
    "are refused where they cannot be",
    arguments: [
      (1, "not in order within its 100 rows"), (2, "not in order"), (3, "more than 10000"),
    ])
  func faults(fault: Int, words: String) {
    #expect {
      _ = try assembly(fault: fault)
    } throws: {
      guard let error = $0 as? RunError else { return false }
      return error.kind == .plugin && error.message.contains(words)
    }
  }
}
