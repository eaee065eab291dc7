import Foundation
import Testing

@Suite("qhost run --first")
struct FirstModelTests {
  @Test("is one command for what --from takes two")
  func oneCommand() throws {
    let program = try Program()
    let whole =
      [
        "run", "--json", "--quiet", "--scaling", "minmax", "--model", "integer-mlp", "--max-evals",
        "50",
      ]
    let one = try Record(
      try program.run(
        whole + [
          "--first", "mlp[hidden=(16)]", "--first-optimizer", "adam[learning_rate=0.01]",
          "--first-evals", "60", "--first-prior", "5", "--output", "one",
        ]))
    _ = try Record(
      try program.run(
        "run", "--json", "--quiet", "--scaling", "minmax", "--optimizer", "adam", "--set",
        "optimizer.learning_rate=0.01", "--max-evals", "60", "--prior", "5", "--output", "apart"))
    let two = try Record(
      try program.run(whole + ["--from", "apart/model.safetensors", "--output", "two"]))
    #expect(try one.part("metrics") as NSDictionary == two.part("metrics") as NSDictionary)
    #expect((one.object["start"] as? String)?.hasSuffix("one/first/model.safetensors") == true)
    #expect(one.object["prior"] == nil)
  }

  @Test("gives the first minibatches of its own")
  func batches() throws {
    let program = try Program()
    let common = ["run", "--json", "--quiet", "--scaling", "minmax", "--max-evals", "40"]
    let one = try Record(
      try program.run(
        common + [
          "--optimizer", "tunneling", "--model", "integer-mlp", "--batch-size", "64", "--first",
          "mlp",
          "--first-optimizer", "adam", "--first-evals", "60", "--first-batch-size", "16",
          "--output", "one",
        ]))
    #expect(try one.part("cost")["batch_rows"] as? Int == 64)
    _ = try Record(
      try program.run(
        "run", "--json", "--quiet", "--scaling", "minmax", "--optimizer", "adam", "--max-evals",
        "60",
        "--batch-size", "16", "--output", "apart"))
    let two = try Record(
      try program.run(
        common + [
          "--optimizer", "tunneling", "--model", "integer-mlp", "--batch-size", "64", "--from",
          "apart/model.safetensors", "--output", "two",
        ]))
    #expect(try one.part("metrics") as NSDictionary == two.part("metrics") as NSDictionary)
  }

  @Test("shows what the first has come to, beside the result")
  func shown() throws {
    let program = try Program()
    let run = try program.run(
      "run", "--optimizer", "adam", "--first", "mlp", "--first-evals", "20", "--max-evals", "10")
    #expect(run.code == 0)
    #expect(run.error.contains("20 gradients"))
    #expect(run.output.contains("10 gradients"))
    #expect(!run.output.contains("20 gradients"))
  }

  @Test("A network of sign units grows by a layer: at the start it does what the first does")
  func growing() throws {
    let program = try Program()
    let common = ["run", "--json", "--quiet", "--dataset", "digits", "--batch-size", "512"]
    let first = "mlp[hidden=(16),activation=sign]"
    let sign = ["--set", "model.activation=sign", "--set", "optimizer.averaging=0"]
    let one = try Record(
      try program.run(
        common + sign + [
          "--set", "model.hidden=16,16", "--max-evals", "1", "--first", first, "--first-evals",
          "20000",
          "--output", "one",
        ]))
    let small = try Record(
      try program.run(["eval", "one/first/model.safetensors", "--json"]))
    let accuracy = try one.part("metrics")["test"] as? NSDictionary
    #expect(accuracy?["accuracy"] as? Double ?? 0 > 0.5)
    #expect(accuracy == (try small.part("metrics")["test"] as? NSDictionary))
    for (settings, part) in [
      (["--set", "model.hidden=16,16"], "a layer of tanh units cannot hand on"),
      (["--set", "model.hidden=16,15", "--set", "model.activation=sign"], "64-16-15-10"),
    ] {
      let activation = settings.count == 2 ? "tanh" : "sign"
      expectRefusal(
        try program.run(
          common + settings + [
            "--max-evals", "1", "--first", "mlp[hidden=(16),activation=\(activation)]",
            "--first-evals", "1",
          ]), code: 2, "'mlp' of another shape", part)
    }
  }

  @Test("refuses what is missing, twofold or not one model")
  func refusals() throws {
    let program = try Program()
    expectRefusal(try program.run("run", "--first", "mlp"), code: 2, "--first-evals")
    expectRefusal(
      try program.run("run", "--first", "mlp", "--first-evals", "0"), code: 2, "at least 1")
    expectRefusal(
      try program.run("run", "--first-evals", "5"), code: 2, "--first-evals", "name it with --first"
    )
    expectRefusal(
      try program.run("run", "--first-prior", "5"), code: 2, "--first-prior")
    expectRefusal(
      try program.run("run", "--first-batch-size", "5"), code: 2, "--first-batch-size")
    expectRefusal(
      try program.run(
        "run", "--first", "mlp", "--first-evals", "5", "--first-batch-size=-1"), code: 2,
      "--first-batch-size cannot be -1")
    expectRefusal(
      try program.run("run", "--first", "mlp,logistic", "--first-evals", "5"), code: 2,
      "means 2 components")
    expectRefusal(
      try program.run("run", "--first", "mlp", "--first-evals", "5", "--from", "x"), code: 2,
      "two starts")
    expectRefusal(
      try program.run("run", "--first", "mlp", "--first-evals", "5", "--online"), code: 2,
      "--first does not go with --online")
    expectRefusal(
      try program.run("run", "--first", "mpl", "--first-evals", "5"), code: 2, "mpl")
    expectRefusal(
      try program.run("run", "--first", "mlp", "--first-evals", "5", "--resume", "x"), code: 2,
      "--first")
    expectRefusal(
      try program.run(
        "run", "--quiet", "--first", "mlp[hidden=5]", "--first-evals", "5", "--model",
        "integer-mlp",
        "--scaling", "minmax"), code: 2, "cannot start from")
  }
}
