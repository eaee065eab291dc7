import Foundation
import Testing

@Suite("An interrupted run", .serialized)
struct ResumeTests {
  /// A run, and what it needs beside its optimizer.
  struct Case: CustomStringConvertible, Sendable {
    var optimizer: String
    var options: [String]
    var description: String { ([optimizer] + options).joined(separator: " ") }
  }

  static let cases: [Case] = {
    var cases = [
      Case(optimizer: "adam", options: ["--max-evals", "120000"]),
      Case(optimizer: "sgd", options: ["--max-evals", "120000", "--batch-size", "16"]),
      Case(optimizer: "sa", options: ["--max-evals", "120000", "--batch-size", "30"]),
      Case(
        optimizer: "sa",
        options: ["--max-evals", "400000", "--set", "optimizer.proposal=coordinate"]),
      Case(
        optimizer: "sa", options: ["--max-evals", "400000", "--set", "optimizer.polish=between"]),
      Case(optimizer: "ga", options: ["--max-evals", "120000"]),
      Case(optimizer: "random", options: ["--max-evals", "120000", "--batch-size", "30"]),
      Case(optimizer: "adam", options: ["--model", "subspace", "--max-evals", "60000"]),
      Case(optimizer: "sa", options: ["--model", "coordinate-net", "--max-evals", "120000"]),
      Case(optimizer: "adam", options: ["--model", "qnn", "--max-evals", "60000"]),
      Case(
        optimizer: "alternating",
        options: ["--model", "qnn", "--set", "model.mapping=paper", "--max-evals", "60000"]),
    ]
    if Catalogue.optimizers.contains("tunneling") {
      cases.append(Case(optimizer: "tunneling", options: ["--max-forward-equivalents", "30000"]))
      cases.append(
        Case(
          optimizer: "tunneling",
          options: ["--max-forward-equivalents", "60000", "--batch-size", "25"]))
    }
    return cases
  }()

  @Test("continues to the result of an unbroken run, to the last bit", arguments: cases)
  func resumedEqualsUnbroken(run: Case) throws {
    let program = try Program()
    let command = ["run", "--optimizer", run.optimizer, "--json", "--quiet"] + run.options
    let unbroken = try Record(try program.run(command + ["--output", "unbroken"]))
    try Self.interrupt(command + ["--output", "broken"], in: program, "broken")
    let result = try program.run("run", "--resume", "broken", "--json", "--quiet")
    #expect(result.code == 0, "\(result.error)")
    #expect(try Record(result).repeatable() == unbroken.repeatable())
    let models = try ["unbroken", "broken"].map {
      try Data(contentsOf: URL(fileURLWithPath: "\(program.folder)/\($0)/model.safetensors"))
    }
    #expect(models[0] == models[1])
    #expect(!program.has("broken/checkpoint.safetensors"))
  }

  /// Interrupts a run somewhere in its midst: earlier when it had ended, later when it had not begun.
  static func interrupt(_ command: [String], in program: Program, _ folder: String) throws {
    var seconds = 0.25
    for _ in 0..<12 {
      let child = try program.start(command)
      usleep(UInt32(seconds * 1e6))
      // 'timeout' sends it to the process and to its group: that is one wish.
      child.send(SIGINT)
      child.send(SIGINT)
      let result = try child.wait()
      if result.code == 75 {
        #expect(try Record(result).object["stop_reason"] as? String == "cancelled")
        return
      }
      seconds *= result.code == 0 ? 0.6 : 1.5
      try? FileManager.default.removeItem(atPath: program.folder + "/" + folder)
    }
    Issue.record("the run could not be interrupted: \(command)")
  }

  @Test("says how to continue, ends with code 75, and keeps the model it has")
  func itSaysHowToGoOn() throws {
    let program = try Program()
    let child = try program.start([
      "run", "--optimizer", "sa", "--max-time", "30", "--output", "out", "--json",
    ])
    usleep(1_500_000)
    child.send(SIGINT)
    let result = try child.wait()
    #expect(result.code == 75)
    #expect(result.error.contains("resume with: qhost run --resume '\(program.folder)/out'"))
    #expect(
      program.files(in: "out") == ["checkpoint.safetensors", "model.safetensors", "trace.csv"])
    #expect(try program.run("eval", "out/model.safetensors").code == 0)
  }

  @Test("refuses options that would change it")
  func itRefusesOptions() throws {
    for option in [["--seed", "2"], ["--max-evals", "5"], ["--set", "model.hidden=3"]] {
      expectRefusal(
        try Program().run(["run", "--resume", "out"] + option), code: 2, option[0], "--resume")
    }
  }

  @Test("is missing in a folder without a checkpoint")
  func itNeedsACheckpoint() throws {
    let program = try Program()
    expectRefusal(
      try program.run("run", "--resume", "nowhere"), code: 2, "'nowhere'", "checkpoint.safetensors")
    _ = try program.run("run", "--optimizer", "adam", "--output", "done", "--quiet")
    expectRefusal(try program.run("run", "--resume", "done"), code: 2, "'done'")
  }

  @Test("with a damaged checkpoint is refused, and the file is kept")
  func aDamagedCheckpointIsRefused() throws {
    let program = try Program()
    for damage in ["", "short", String(repeating: "x", count: 500)] {
      _ = try program.write(damage, to: "out/checkpoint.safetensors")
      expectRefusal(
        try program.run("run", "--resume", "out"), code: 5, "checkpoint.safetensors")
      #expect(program.has("out/checkpoint.safetensors"))
    }
  }

  @Test("in the user's state folder is moved aside by the same command, not lost")
  func anOwnFolderIsMovedAside() throws {
    let program = try Program()
    let command = ["run", "--optimizer", "sa", "--max-evals", "300000", "--quiet", "--json"]
    try Self.interrupt(command, in: program, "STATE")
    let again = try program.run(command)
    #expect(again.code == 0)
    #expect(again.error.contains("--resume"))
    let runs = program.files(in: "STATE/qhost/runs")
    #expect(runs.count == 2)
    let aside = try #require(runs.first { $0.hasSuffix(".interrupted-1") })
    let resumed = try program.run(
      "run", "--resume", "STATE/qhost/runs/" + aside, "--quiet", "--json")
    #expect(try Record(resumed).repeatable() == Record(again).repeatable())
  }
}
