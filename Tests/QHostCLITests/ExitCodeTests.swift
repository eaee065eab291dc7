import Foundation
import Testing

@Suite("Exit codes")
struct ExitCodeTests {
  @Test("0: done as asked, also when a target is missed that is not required")
  func zero() throws {
    let program = try Program()
    let options = ["run", "--optimizer", "sa", "--max-evals", "300", "--quiet", "--json"]
    #expect(try program.run(options + ["--until-loss", "0"]).code == 0)
  }

  @Test("0: a required target that is reached")
  func zeroForATarget() throws {
    let program = try Program()
    for target in [["--until-loss", "0.5"], ["--until-accuracy", "0.9"]] {
      let result = try program.run(
        ["run", "--optimizer", "adam", "--quiet", "--json", "--require"] + target)
      #expect(result.code == 0)
      #expect(try Record(result).object["stop_reason"] as? String == "targetReached")
    }
  }

  @Test("0: a target that is reached by the last points of a budget")
  func zeroForTheLastPoints() throws {
    // The query is larger than the budget: only its first points are answered.
    let result = try Program().run(
      "run", "--optimizer", "random", "--until-loss", "5", "--max-evals", "3", "--require",
      "--quiet", "--json")
    #expect(result.code == 0)
    #expect(try Record(result).object["stop_reason"] as? String == "targetReached")
  }

  @Test("2: an option or a value that does not exist")
  func two() throws {
    #expect(try Program().run("run", "--optimizer", "nobody").code == 2)
  }

  @Test("3: a required target that is missed; the record is printed all the same")
  func three() throws {
    let result = try Program().run(
      "run", "--optimizer", "sa", "--max-evals", "300", "--until-loss", "0", "--require",
      "--quiet", "--json")
    #expect(result.code == 3)
    #expect(try Record(result).object["stop_reason"] as? String == "budgetSpent")
    #expect(result.errorLines.count == 1)
    #expect(result.error.contains("the target was not reached"))
  }

  @Test("4: a plugin failed")
  func four() throws {
    let plugin = try FaultyPlugin.folder.get()
    #expect(
      try Program().run(
        "run", "--plugins", plugin, "--optimizer", "faulty", "--set", "optimizer.fault=error"
      ).code == 4)
  }

  @Test("5: data is absent")
  func five() throws {
    #expect(
      try Program().run("run", "--dataset", "csv", "--set", "dataset.path=none.csv").code == 5)
  }

  @Test("75: interrupted, and can be resumed")
  func seventyFive() throws {
    let program = try Program()
    let command = [
      "run", "--optimizer", "sa", "--max-time", "20", "--output", "out", "--json", "-q",
    ]
    try ResumeTests.interrupt(command, in: program, "out")
    #expect(program.has("out/checkpoint.safetensors"))
  }

  @Test("130: interrupted, and the optimizer cannot save its state")
  func oneHundredAndThirty() throws {
    let plugin = try FaultyPlugin.folder.get()
    let program = try Program()
    let child = try program.start([
      "run", "--plugins", plugin, "--optimizer", "faulty", "--set", "optimizer.fault=none",
      "--max-time", "20", "--json", "-q", "--output", "out",
    ])
    usleep(1_500_000)
    child.send(SIGINT)
    let result = try child.wait()
    #expect(result.code == 130)
    #expect(try Record(result).object["stop_reason"] as? String == "cancelled")
    #expect(!program.has("out/checkpoint.safetensors"))
  }
}
