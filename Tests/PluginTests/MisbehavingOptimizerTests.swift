import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

/// Something that an optimizer does wrong, and the words that must say so.
struct Misbehaviour: Sendable, CustomTestStringConvertible {
  let optimizer: String
  let fault: String
  let words: String
  let testDescription: String

  init(_ optimizer: String, _ fault: String, _ words: String) {
    self.optimizer = optimizer
    self.fault = fault
    self.words = words
    testDescription = "\(optimizer) \(fault)"
  }

  static let all = [
    Misbehaviour("misbehaving", "nan", "a point's coordinate 130 that is not finite (nan)"),
    Misbehaviour("misbehaving", "no-points", "asked no point"),
    Misbehaviour("misbehaving", "null-points", "asked no point"),
    Misbehaviour("misbehaving", "cut-index", "asked a cut along parameter 131 of 131"),
    Misbehaviour("misbehaving", "move-index", "asked a move that is out of range"),
    Misbehaviour("misbehaving", "no-base", "without a base point"),
    Misbehaviour("misbehaving", "two-gradients", "asked the gradient at 2 points"),
    Misbehaviour("misbehaving", "unknown-kind", "asked a query of unknown kind 77"),
    Misbehaviour("misbehaving", "unknown-batch", "asked for the unknown batch 9"),
    Misbehaviour("misbehaving", "unknown-status", "returned the unknown status 99 from ask"),
    Misbehaviour("misbehaving", "fail", "the flux capacitor is empty"),
    Misbehaviour("misbehaving", "fail-silently", "failed in ask without saying why"),
    Misbehaviour("misbehaving", "fail-in-create", "the flux capacitor is missing"),
    Misbehaviour("misbehaving", "fail-in-tell", "the flux capacitor is on fire"),
    Misbehaviour("misbehaving", "no-instance", "create succeeded but gave no instance"),
    Misbehaviour("misbehaving", "crash", "crashed in ask (SIGSEGV"),
    Misbehaviour("misbehaving", "crash-in-tell", "crashed in tell (SIGABRT"),
    Misbehaviour("misbehaving", "hang", "has not returned from ask"),
    Misbehaviour("misbehaving", "hang-in-tell", "has not returned from tell"),
    Misbehaviour("misbehaving", "nan-recommended", "recommends a point that is not finite"),
    Misbehaviour("compass", "fail", "the compass has lost its needle"),
    Misbehaviour("compass", "nan", "a point's coordinate 0 that is not finite (nan)"),
    Misbehaviour("compass", "crash", "crashed in run (SIGABRT"),
    Misbehaviour("compass", "hang", "has not returned from run"),
  ]
}

@Suite(
  "Optimizers that misbehave", .enabled(if: CCompiler.isPresent, "there is no gcc"))
struct MisbehavingOptimizerTests {
  private static let plugins: Result<TemporaryFolder, any Error> = Result {
    let folder = try TemporaryFolder()
    try CCompiler.fixture("misbehaving", in: folder)
    try CCompiler.fixture("compass_loop", in: folder)
    return folder
  }

  private func run(_ optimizer: String, _ options: [String]) throws -> Program {
    try HostProgram.run(
      ["run", "--optimizer", "fixture-\(optimizer)", "--max-evals", "300", "--quiet", "--json"]
        + ["--call-timeout", "1"] + options, plugins: [try Self.plugins.get().path],
      timeoutSeconds: 30)
  }

  @Test(
    "Each ends the run with exit code 4 and one sentence that names it",
    arguments: Misbehaviour.all)
  func ends(_ misbehaviour: Misbehaviour) throws {
    let run = try run(
      misbehaviour.optimizer, ["--set", "optimizer.fault=\(misbehaviour.fault)"])
    #expect(run.ending == .exited(4))
    #expect(run.errors.contains(misbehaviour.words))
    #expect(run.errors.contains("optimizer 'fixture-\(misbehaviour.optimizer)'"))
    let lines = run.errors.split(separator: "\n")
    #expect(lines.count == 1, "\(run.errors)")
    #expect(lines.first?.hasPrefix("error: ") == true)
    #expect(run.output == "")
  }

  @Test("Without a fault they run", arguments: ["misbehaving", "compass"])
  func healthy(_ optimizer: String) throws {
    let run = try run(optimizer, [])
    #expect(run.ending == .exited(0), "\(run.errors)")
    #expect(run.output.contains("\"fixture-\(optimizer)\""))
    #expect(run.errors == "")
  }
}
