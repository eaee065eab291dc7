import Foundation
import Testing

@Suite("qhost run --snapshots", .serialized)
struct SnapshotTests {
  private func kept(_ program: Program, _ folder: String) throws -> [String: Data] {
    let path = program.folder + "/\(folder)/snapshots"
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    return try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try Data(contentsOf: URL(fileURLWithPath: "\(path)/\($0)")))
      })
  }

  @Test("keeps models with every optimizer", arguments: Catalogue.optimizers)
  func everyOptimizer(optimizer: String) throws {
    let program = try Program()
    let result = try program.run(
      "run", "--optimizer", optimizer, "--snapshots", "3", "--max-evals", "400", "--json",
      "--quiet", "--output", "out")
    #expect(result.code == 0, "\(result.error)")
    let names = try kept(program, "out").keys.sorted()
    #expect(names.first == "start.safetensors")
    // One that is done at once has nothing on the way.
    if optimizer != "none" { #expect(names.count > 1, "\(names)") }
    let artifacts = try #require(try result.json()["artifacts"] as? [[String: Any]])
    let listed = artifacts.compactMap { $0["name"] as? String }.filter {
      $0.hasPrefix("snapshots/")
    }
    #expect(listed.sorted() == names.map { "snapshots/\($0)" })
    let evaluated = try program.run("eval", "out/snapshots/\(names[names.count - 1])", "--json")
    #expect(evaluated.code == 0, "\(evaluated.error)")
  }

  @Test("does not change the run")
  func unchanged() throws {
    let program = try Program()
    let command = ["run", "--optimizer", "adam", "--max-evals", "500", "--json", "--quiet"]
    let plain = try Record(try program.run(command + ["--output", "plain"]))
    let kept = try Record(try program.run(command + ["--output", "kept", "--snapshots", "5"]))
    #expect(
      try plain.part("metrics") as NSDictionary == (try kept.part("metrics")) as NSDictionary)
  }

  @Test("continues with --resume to the models of an unbroken run", arguments: ["adam", "sa"])
  func resumed(optimizer: String) throws {
    let program = try Program()
    let command = [
      "run", "--optimizer", optimizer, "--max-evals", "120000", "--batch-size", "30", "--snapshots",
      "4", "--json", "--quiet",
    ]
    #expect(try program.run(command + ["--output", "unbroken"]).code == 0)
    try ResumeTests.interrupt(command + ["--output", "broken"], in: program, "broken")
    #expect(try program.run("run", "--resume", "broken", "--json", "--quiet").code == 0)
    let (one, other) = (try kept(program, "unbroken"), try kept(program, "broken"))
    #expect(one.count > 5 && one == other)
  }

  @Test("A number that is none is refused, and so is an online run")
  func refusals() throws {
    let program = try Program()
    expectRefusal(try program.run("run", "--snapshots", "0"), code: 2, "--snapshots", "1 to 1000")
    expectRefusal(
      try program.run("run", "--online", "--dataset", "drifting", "--snapshots", "2"), code: 2,
      "--snapshots does not go with --online")
    expectRefusal(
      try program.run("run", "--resume", "out", "--snapshots", "2"), code: 2, "--snapshots")
  }
}
