import Foundation
import Testing

@Suite("A plugin that fails during a run")
struct FaultyPluginTests {
  /// A fault, and what the sentence about it must say.
  static let faults: [(fault: String, words: String)] = [
    ("nan", "asked for a point's coordinate 1 that is not finite"),
    ("error", "it has had enough; rest"),
    ("fatal", "all is lost; despair"),
    ("silent", "failed in ask without saying why"),
    ("no-points", "asked no point"),
    ("unknown", "asked a query of unknown kind 99"),
    ("cut", "asked a cut along parameter 131 of 131"),
  ]

  @Test("is named in one sentence, with code 4", arguments: faults)
  func aFaultIsNamed(fault: String, words: String) throws {
    let plugin = try FaultyPlugin.folder.get()
    let result = try Program().run(
      "run", "--plugins", plugin, "--optimizer", "faulty", "--set", "optimizer.fault=\(fault)",
      "--json")
    expectRefusal(result, code: 4, "optimizer 'faulty'", words)
  }

  @Test("by a crash is named with the function that crashed")
  func aCrashIsNamed() throws {
    let plugin = try FaultyPlugin.folder.get()
    let result = try Program().run(
      "run", "--plugins", plugin, "--optimizer", "faulty", "--set", "optimizer.fault=crash")
    #expect(result.code == 4)
    #expect(result.output.isEmpty)
    #expect(result.errorLines.count == 1)
    #expect(result.error.contains("error: optimizer 'faulty' crashed in ask (SIGSEGV"))
  }

  @Test("by never returning is ended after --call-timeout")
  func aHangIsEnded() throws {
    let plugin = try FaultyPlugin.folder.get()
    let result = try Program().run(
      "run", "--plugins", plugin, "--optimizer", "faulty", "--set", "optimizer.fault=hang",
      "--call-timeout", "1")
    #expect(result.code == 4)
    #expect(result.output.isEmpty)
    #expect(result.errorLines.count == 1)
    #expect(result.error.contains("error: optimizer 'faulty' has not returned from ask"))
  }

  @Test("by asking for a gradient where there is none is named")
  func aGradientThatIsNotThereIsNamed() throws {
    let plugin = try FaultyPlugin.folder.get()
    let result = try Program().run(
      "run", "--plugins", plugin, "--optimizer", "faulty", "--set", "optimizer.fault=gradient",
      "--loss", "error-rate")
    expectRefusal(result, code: 4, "gradient")
  }

  @Test("keeps the checkpoint of a run that was interrupted before")
  func theCheckpointIsKept() throws {
    let plugin = try FaultyPlugin.folder.get()
    let program = try Program()
    let command = ["run", "--optimizer", "sa", "--max-evals", "300000", "-q", "--json"]
    try ResumeTests.interrupt(command + ["--output", "out"], in: program, "out")
    let before = try Data(
      contentsOf: URL(fileURLWithPath: program.folder + "/out/checkpoint.safetensors"))
    let refused = try program.run(
      "run", "--plugins", plugin, "--optimizer", "faulty", "--set", "optimizer.fault=crash",
      "--output", "out")
    expectRefusal(refused, code: 2, "'out' already holds", "--resume 'out'")
    let after = try Data(
      contentsOf: URL(fileURLWithPath: program.folder + "/out/checkpoint.safetensors"))
    #expect(before == after)
  }
}
