import Foundation
import Testing

@Suite("Neural quantum states on the command line")
struct NeuralStateCommandTests {
  private func error(_ result: Program.Result) throws -> Double {
    #expect(result.code == 0, "\(result.error)")
    return try Record(result).metric("test", "relative_error")
  }

  @Test("A model alone finds the ground state of the chain that it names, and tells of its chains")
  func companions() throws {
    let result = try Program().run("run", "--model", "rbm", "--json", "--quiet", "--output", "out")
    #expect(try error(result) < 2e-3)
    let record = try Record(result)
    let rHat = try record.metric("test", "r_hat")
    #expect(rHat > 0.9 && rHat < 1.2)
    #expect(try record.metric("test", "energy_error") < 0.01)
  }

  @Test(
    "Any optimizer works on the sum over all states, by losses, gradients or cuts",
    arguments: [
      ("adam", 400), ("tunneling", 20_000), ("cma-es", 6_000), ("stochastic-reconfiguration", 200),
    ])
  func optimizers(name: String, evaluations: Int) throws {
    var command = [
      "run", "--model", "rbm", "--optimizer", name, "--json", "--quiet", "--output", "out",
      "--set", "model.estimator=sum", "--set", "model.hidden=2", "--set", "dataset.spins=4",
      "--max-evals", "\(evaluations)",
    ]
    if name == "adam" { command += ["--set", "optimizer.learning_rate=0.02"] }
    if name.hasPrefix("s") { command += ["--set", "optimizer.estimator=sum"] }
    #expect(try error(try Program().run(command)) < 0.01)
  }

  @Test("Adam follows the gradient of samples, and a run is the same on any number of threads")
  func sampled() throws {
    let command = [
      "run", "--model", "rbm", "--optimizer", "adam", "--json", "--quiet", "--set",
      "optimizer.learning_rate=0.02", "--set", "dataset.spins=6", "--max-evals", "200",
    ]
    let program = try Program()
    let one = try program.run(command + ["--output", "one", "--threads", "1"])
    #expect(try error(one) < 0.02)
    let two = try program.run(command + ["--output", "two", "--threads", "2"])
    #expect(try error(one) == error(two))
  }

  @Test("Chains that do not agree have no loss, and the user is told why")
  func judged() throws {
    let result = try Program().run(
      "run", "--model", "rbm", "--output", "out", "--set", "model.r_hat_limit=0.5", "--set",
      "dataset.spins=4", "--max-evals", "5")
    #expect(result.error.contains("the Markov chains do not agree"))
    #expect(result.error.contains("R-hat"))
  }

  @Test("The plugin passes the checks, but for those of problems that its optimizer does not take")
  func validated() throws {
    let library =
      (Program.path as NSString).deletingLastPathComponent + "/libqhost-quantum-states.so"
    let result = try Program().run("validate", library, "--quiet")
    #expect(result.code == 0, "\(result.output)")
  }

  @Test("What cannot be is refused in one sentence")
  func refusals() throws {
    let program = try Program()
    expectRefusal(
      try program.run(
        "run", "--model", "rbm", "--set", "dataset.spins=24", "--set", "dataset.exact=lanczos"),
      code: 2, "402653184 bytes", "16 spins")
    expectRefusal(
      try program.run("run", "--optimizer", "stochastic-reconfiguration"), code: 2, "--model rbm")
    expectRefusal(
      try program.run("run", "--model", "rbm", "--dataset", "iris", "--optimizer", "adam"), code: 2,
      "--dataset spin-chain")
    expectRefusal(
      try program.run("run", "--model", "rbm", "--set", "model.moves=exchange"), code: 2,
      "moves=exchange")
    expectRefusal(
      try program.run("run", "--model", "rbm", "--set", "model.chains=40"), code: 2, "chains=40")
  }
}
