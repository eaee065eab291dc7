import Foundation
import Testing

@Suite("The record of a run")
struct RecordTests {
  @Test("It has every field of qhost.run/2 that there is something for")
  func itHasEveryField() throws {
    let program = try Program()
    let record = try Record(
      try program.run("run", "--optimizer", "sa", "--max-evals", "500", "--json", "--output", "out")
    )
    #expect(
      Set(record.object.keys) == [
        "schema", "stop_reason", "seed", "loss", "optimizer", "model", "dataset", "metrics", "cost",
        "artifacts",
      ])
    #expect(record.object["schema"] as? String == "qhost.run/2")
    #expect(record.object["seed"] as? Int == 1)
    #expect(try record.part("optimizer")["dependencies"] == nil)
    #expect(
      Set(try record.part("cost").keys) == [
        "loss_evaluations", "gradient_evaluations", "forward_equivalents", "batch_rows",
        "infeasible_points", "seconds", "cpu_seconds", "optimizer_seconds", "watching_seconds",
        "peak_bytes",
      ])
    #expect(try record.cost("loss_evaluations") == 500)
    #expect(try record.cost("peak_bytes") > 1_000_000)
  }

  @Test("It says which components took part, and with which parameters")
  func itNamesComponents() throws {
    let record = try Record(
      try Program().run(
        "run", "--optimizer", "sa", "--max-evals", "200", "--json", "--set", "model.hidden=5,4"))
    for name in ["optimizer", "model", "dataset"] {
      let keys = Set(try record.part(name).keys)
      #expect(keys.isSuperset(of: ["name", "plugin", "version", "parameters"]), "\(name)")
    }
    let model = try record.part("model")
    #expect((model["parameters"] as? [String: Any])?["hidden"] as? [Int] == [5, 4])
    #expect(model["parameter_count"] as? Int == 4 * 5 + 5 + 5 * 4 + 4 + 4 * 3 + 3)
    let dataset = try record.part("dataset")
    #expect(dataset["rows"] as? [String: Int] == ["train": 100, "test": 50])
    #expect((dataset["sha256"] as? String)?.count == 64)
  }

  @Test("Its artifacts are files of the sizes that it gives")
  func artifactsAreThere() throws {
    let program = try Program()
    let record = try Record(
      try program.run("run", "--optimizer", "adam", "--json", "--output", "deep/er"))
    let artifacts = try #require(record.object["artifacts"] as? [[String: Any]])
    #expect(artifacts.map { $0["name"] as? String } == ["model.safetensors", "trace.csv"])
    for artifact in artifacts {
      let path = try #require(artifact["path"] as? String)
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
      #expect(path.hasPrefix("/"))
      #expect(size == artifact["bytes"] as? Int)
    }
    #expect(program.files(in: "deep/er") == ["model.safetensors", "trace.csv"])
  }

  @Test("It is the same on one and on two threads", arguments: Catalogue.optimizers)
  func itDoesNotDependOnThreads(optimizer: String) throws {
    let program = try Program()
    // More than one block of 1,024 rows, so that threads have something to share.
    let command = [
      "run", "--optimizer", optimizer, "--dataset", "digits", "--batch-size", "0", "--seed", "7",
      "--max-forward-equivalents", "60", "--json", "--quiet", "--threads",
    ]
    let one = try Record(try program.run(command + ["1"])).repeatable()
    let two = try Record(try program.run(command + ["2"])).repeatable()
    #expect(one == two)
  }

  @Test("Another seed gives another record", arguments: Catalogue.optimizers)
  func itDependsOnTheSeed(optimizer: String) throws {
    let program = try Program()
    let records = try ["3", "4"].map { seed in
      try Record(
        try program.run(
          "run", "--optimizer", optimizer, "--max-forward-equivalents", "100", "--json", "--quiet",
          "--seed", seed))
    }
    #expect(try records[0].metric("train", "loss") != records[1].metric("train", "loss"))
  }
}
