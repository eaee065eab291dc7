import Foundation
import Testing

@Suite("qhost deploy")
struct DeployCommandTests {
  private let model = "out/model.safetensors"

  private func train(_ program: Program, _ options: String...) throws -> Record {
    try Record(
      try program.run(
        ["run", "--json", "--quiet", "--output", "out", "--optimizer", "adam"] + options))
  }

  @Test("compiles a model, runs the test split there and compares it row by row")
  func compares() throws {
    let program = try Program()
    _ = try train(program)
    let record = try Record(
      try program.run("deploy", model, "--target", "6502", "--json", "--quiet"))
    #expect(record.object["schema"] as? String == "qhost.deploy/1")
    let deployment = try record.part("deployment")
    #expect(deployment["rows"] as? Int == 50)
    #expect(try #require(deployment["agreement"] as? Double) >= 0.9)
    let cycles = try #require(deployment["cycles"] as? [String: Double])
    let times = try #require(deployment["milliseconds"] as? [String: Double])
    let mean = try #require(cycles["mean"])
    #expect(abs(try #require(times["atari800"]) - mean / 1789.773) < 1e-6 * mean)
    let bytes = try Data(
      contentsOf: URL(fileURLWithPath: program.folder + "/out/6502/network.bin"))
    #expect(deployment["bytes"] as? Int == bytes.count)
    let text = try program.run("deploy", model, "--target", "6502", "--quiet")
    #expect(text.code == 0 && text.output.contains("accuracy") && text.output.contains("cycles"))
  }

  @Test("is what 'qhost run --target' does at the end")
  func runs() throws {
    let program = try Program()
    let run = try train(program, "--target", "6502", "--set", "target.weight_bits=4")
    let record = try Record(
      try program.run(
        "deploy", model, "--target", "6502", "--json", "--quiet", "--set", "target.weight_bits=4"))
    let (here, there) = (try run.part("deployment"), try record.part("deployment"))
    for key in ["accuracy", "agreement", "bytes", "cycles", "figures", "milliseconds"] {
      #expect(here[key] as? NSObject == there[key] as? NSObject, "\(key)")
    }
    let target = try run.part("target")
    #expect(target["name"] as? String == "6502")
    #expect((target["parameters"] as? [String: Any])?["weight_bits"] as? Int == 4)
  }

  @Test("refuses what the 6502 target does not support before anything is trained")
  func early() throws {
    let program = try Program()
    let result = try program.run(
      "run", "--optimizer", "adam", "--model", "cnn", "--dataset", "digits", "--target", "6502",
      "--output", "out", "--set", "model.padding=same")
    expectRefusal(result, code: 2, "MaxPool", "6502")
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/out"))
  }

  @Test("refuses targets, settings and budgets that cannot be")
  func refusals() throws {
    let program = try Program()
    _ = try train(program)
    expectRefusal(
      try program.run("deploy", model, "--target", "6520"), code: 2, "6520", "6502")
    expectRefusal(
      try program.run("deploy", model, "--target", "6502", "--set", "target.max_byte=1"), code: 2,
      "target.max_byte", "did you mean")
    expectRefusal(
      try program.run(
        "deploy", model, "--target", "6502", "--quiet", "--set", "target.max_bytes=99"),
      code: 2, "more than target.max_bytes = 99")
  }
}
