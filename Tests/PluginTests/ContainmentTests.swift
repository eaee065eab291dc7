import Foundation
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite(
  "What plugins do in the process of the host",
  .enabled(if: CCompiler.isPresent, "there is no gcc"))
struct ContainmentTests {
  @Test(
    "It ends the run with one sentence that names who did it, never with 0", arguments: Ended.all)
  func ends(_ end: Ended) throws {
    let run = try Trickster.run(end.part, end.trick, end.options)
    #expect(run.ending == .exited(end.code), "\(run.errors)")
    #expect(run.errors.contains(end.words), "\(run.errors)")
    let lines = run.errors.split(separator: "\n").filter { $0.hasPrefix("error: ") }
    #expect(lines.count == 1, "\(run.errors)")
    #expect(run.output == "")
    #expect(!run.errors.contains("destroyed after it was fatal"))
  }

  private static let unharmed: Result<String, any Error> = Result {
    try Trickster.run(.optimizer, "none").output
  }

  @Test(
    "It is undone and said, and the run's result is as without it, to the last digit",
    arguments: Harm.all)
  func undone(_ harm: Harm) throws {
    let run = try Trickster.run(.optimizer, harm.trick)
    #expect(run.ending == .exited(0), "\(run.errors)")
    #expect(harm.words.isEmpty || run.errors.contains(harm.words), "\(run.errors)")
    #expect(run.output.split(separator: "\n").count == 1)
    _ = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    #expect(
      try Trickster.metrics(run.output) == Trickster.metrics(try Self.unharmed.get()))
  }

  @Test("What eval, deploy and run --target do with a plugin that calls exit()")
  func otherCommands() throws {
    let folder = try TemporaryFolder()
    let trained = try Trickster.run(.dataset, "none", ["--output", folder.path + "/run"])
    #expect(trained.ending == .exited(0), "\(trained.errors)")
    let model = folder.path + "/run/model.safetensors"
    for command in [
      ["eval", model, "--set", "dataset.trick=create-exit"],
      ["deploy", model, "--target", "onnx", "--set", "dataset.trick=create-exit"],
    ] {
      let run = try Trickster.command(command)
      #expect(run.ending == .exited(4), "\(run.errors)")
      #expect(run.errors.contains("dataset 'fixture-trick' ended the program in create"))
      #expect(run.output == "")
    }
    let run = try Trickster.run(.model, "exit", ["--target", "onnx"])
    #expect(run.ending == .exited(4) || run.ending == .exited(2), "\(run.errors)")
    #expect(run.output == "")
  }

  @Test("Remarks of ask and tell are shown, each once")
  func remarks() throws {
    let run = try Trickster.run(.optimizer, "warn")
    #expect(run.ending == .exited(0))
    for words in ["asked with doubts", "told with doubts"] {
      #expect(run.errors.components(separatedBy: words).count == 2, "\(run.errors)")
    }
  }

  @Test("The host has no memory for what is larger than there is, and says so by NULL")
  func memory() throws {
    let run = try Trickster.run(.optimizer, "allocate")
    #expect(run.ending == .exited(0))
    #expect(run.errors.contains("memory memory NULL NULL NULL NULL NULL"), "\(run.errors)")
  }

  @Test("Of many candidates only those that the scenario discards are infeasible")
  func discarded() throws {
    let run = try Trickster.run(.dataset, "discard")
    #expect(run.ending == .exited(0), "\(run.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let cost = try #require(object?["cost"] as? [String: Any])
    let infeasible = try #require(cost["infeasible_points"] as? Int)
    // The first of four numbers is negative for about half of the points.
    #expect(infeasible > 60 && infeasible < 240, "\(infeasible)")
  }

  @Test("No point with a finite loss is not a success, and said")
  func nothingFinite() throws {
    let run = try Trickster.command(
      ["run", "--max-evals", "300"] + Trickster.Part.dataset.command("infinity"))
    #expect(run.ending == .exited(0))
    #expect(
      run.errors.contains("warning: none of the 300 points that were tried has a finite loss"))
    #expect(run.output.contains("no finite loss among 300 points"))
    #expect(!run.output.contains("tolerance"))
  }

  @Test("A point that misses a bound by a rounding error is on it; cuts too")
  func roundedBounds() throws {
    let points = try Trickster.run(.optimizer, "nearly-beyond", ["--set", "dataset.trick=outside"])
    #expect(points.ending == .exited(0), "\(points.errors)")
    let cuts = try Trickster.run(
      .dataset, "outside", evaluations: 4000, ["--optimizer", "tunneling"])
    #expect(cuts.ending == .exited(0), "\(cuts.errors)")
  }

  @Test("Tunneling continues at losses below 1e-308")
  func subnormalLosses() throws {
    let run = try Trickster.run(.dataset, "tiny", evaluations: 400, ["--optimizer", "tunneling"])
    #expect(run.ending == .exited(0), "\(run.errors)")
  }

  @Test("A model that is too large for the machine is refused by its size")
  func largeModel() throws {
    let run = try Trickster.command([
      "run", "--optimizer", "adam", "--set", "model.hidden=65536,65536", "--max-evals", "1",
    ])
    #expect(run.ending == .exited(2), "\(run.errors)")
    #expect(
      run.errors.contains("it has 4295557123 parameters, 34.4 GB for each copy"), "\(run.errors)")
  }
}

@Suite(
  "What plugins do in a worker of a comparison",
  .enabled(if: CCompiler.isPresent, "there is no gcc"))
struct ContainedComparisonTests {
  /// The losses of the cells of optimizers, by label and seed, and how the command ended.
  private func compare(
    _ optimizers: String, _ options: [String] = []
  ) throws -> (losses: [String: String], run: Program) {
    let folder = try TemporaryFolder()
    let run = try Trickster.command(
      [
        "compare", "-o", optimizers, "-m", "direct", "-d", "fixture-trick", "--seeds", "3",
        "--max-evals", "100", "--jobs", "1", "--output", folder.path + "/c",
      ] + options)
    let text =
      (try? String(contentsOfFile: folder.path + "/c/journal.jsonl", encoding: .utf8)) ?? ""
    var losses: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      guard object?["record"] as? String == "cell", let seed = object?["seed"] as? Int,
        let name = object?["optimizer"] as? String,
        let result = object?["run"] as? [String: Any],
        let metrics = result["metrics"] as? [String: Any],
        let train = metrics["train"] as? [String: Any]
      else { continue }
      losses["\(name) \(seed)"] = "\(train["loss"] ?? "none")"
    }
    return (losses, run)
  }

  @Test(
    "No other optimizer's figures change, and all its cells are there",
    arguments: ["round", "fork", "confuse", "stop", "exit", "locale", "close"])
  func others(trick: String) throws {
    let alone = try compare("random,sa")
    #expect(alone.losses.count == 6, "\(alone.run.errors)")
    let beside = try compare(
      "fixture-trick[trick=\(trick)],random,sa", ["--call-timeout", "2"])
    for (name, loss) in alone.losses {
      #expect(beside.losses[name] == loss, "\(name): \(beside.run.errors)")
    }
    let harmless = ["round", "fork", "locale", "close"].contains(trick)
    #expect(beside.run.ending == .exited(harmless ? 0 : 4), "\(beside.run.errors)")
    #expect(beside.losses.count == (harmless ? 9 : 6))
  }
}
