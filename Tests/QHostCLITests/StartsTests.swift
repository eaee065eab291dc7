import Foundation
import Testing

@Suite("qhost run --starts")
struct StartsTests {
  private let common = ["run", "--json", "--optimizer", "adam", "--max-evals", "60"]

  @Test(
    "keeps the best of the seed's run and those of the seeds after it, and says what all came to")
  func best() throws {
    let program = try Program()
    let several = try program.run(common + ["--starts", "3", "--seed", "7", "--output", "all"])
    let kept = try Record(several)
    let single = try ["7", "8", "9"].map {
      try Record(program.run(common + ["--quiet", "--seed", $0, "--output", "of-\($0)"]))
    }
    let losses = try single.map { try $0.metric("train", "loss") }
    let starts = try #require(kept.object["starts"] as? [[String: Any]])
    #expect(starts.map { $0["seed"] as? Int } == [7, 8, 9])
    #expect(starts.map { $0["loss"] as? Double } == losses)
    #expect(starts.allSatisfy { $0["split"] as? String == "train" })
    let index = try #require(losses.firstIndex(of: losses.min() ?? .nan))
    #expect(Set(losses).count == 3)
    #expect(kept.object["seed"] as? Int == 7 + index)
    #expect(
      try kept.part("metrics") as NSDictionary == single[index].part("metrics") as NSDictionary)
    let all = program.folder + "/all"
    let model = try #require(FileManager.default.contents(atPath: all + "/model.safetensors"))
    #expect(
      model
        == FileManager.default.contents(atPath: all + "/start-\(index + 1)/model.safetensors"))
    #expect(several.error.contains("start 3 of 3, seed 9: train loss"))
  }

  @Test("chooses by the validation split where there is one, and trains a model before each")
  func validation() throws {
    let program = try Program()
    let record = try Record(
      try program.run(
        [
          "run", "--json", "--optimizer", "tunneling", "--max-evals", "60", "--quiet", "--scaling",
          "minmax", "--starts", "2", "--dataset", "digits", "--model", "integer-mlp",
          "--set", "dataset.validation_fraction=0.2", "--first", "mlp[hidden=(16)]",
          "--first-optimizer", "adam",
          "--first-evals", "20", "--output", "all",
        ]))
    let starts = try #require(record.object["starts"] as? [[String: Any]])
    #expect(starts.allSatisfy { $0["split"] as? String == "validation" })
    let lowest = starts.compactMap { $0["loss"] as? Double }.min()
    #expect(try record.metric("validation", "loss") == lowest)
    for index in 1...2 {
      let file = program.folder + "/all/start-\(index)/first/model.safetensors"
      #expect(FileManager.default.fileExists(atPath: file))
    }
  }

  @Test("A folder that is taken is refused before anything is trained")
  func taken() throws {
    let program = try Program()
    _ = try program.run(common + ["--quiet", "--output", "all/start-2"])
    let refusal = try program.run(common + ["--starts", "2", "--output", "all"])
    expectRefusal(refusal, code: 2, "start-2' already holds model.safetensors")
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/all/start-1"))
  }

  @Test("A result for people names all starts and the time of all")
  func summary() throws {
    let program = try Program()
    let run = try program.run("run", "--optimizer", "adam", "--max-evals", "20", "--starts", "2")
    #expect(run.code == 0)
    #expect(run.output.contains("2, the lowest train loss kept (seed 1: "))
  }

  @Test(
    "refuses numbers that are none, seeds beyond the largest, and what it does not go with",
    arguments: [
      (["--starts", "0"], "1 to 1000"), (["--starts", "1001"], "1 to 1000"),
      (["--starts", "2", "--seed", "18446744073709551615"], "lower --seed"),
      (["--starts", "2", "--online"], "--starts does not go with --online"),
      (["--starts", "2", "--resume", "."], "--starts does not go with --resume"),
    ])
  func refusals(options: [String], words: String) throws {
    expectRefusal(try Program().run(["run"] + options), code: 2, words)
  }
}
